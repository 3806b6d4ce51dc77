package xlsx_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/filing/xlsx"
	"courts.example/eservices/icms/money"
)

// anyClaim draws claims that a row can hold: texts without spaces around them.
func anyClaim() *rapid.Generator[filing.Claim] {
	words := rapid.Custom(func(t *rapid.T) string {
		pieces := rapid.SliceOfN(rapid.SampledFrom([]string{"=1+1", "-", "'", `"`, ";", "\n", "\r\n", "\r", " ", "a", "B", "0007", "被", "埗", "😀", "\t", "_x0041_", "_x005F_", "_", "x", "&amp;", "<b>"}), 0, 6).Draw(t, "words")
		return strings.TrimSpace(strings.Join(pieces, ""))
	})
	return rapid.Custom(func(t *rapid.T) filing.Claim {
		c := filing.Claim{
			Reference: "R" + words.Draw(t, "reference"), Category: "medical_charges",
			Amount:      money.New(rapid.Int64().Draw(t, "minor"), money.MustCurrency("HKD")),
			Particulars: words.Draw(t, "particulars"), Calculation: words.Draw(t, "calculation"),
			AroseOn: calendar.MustDate("2020-01-01").AddDays(rapid.IntRange(-9000, 9000).Draw(t, "arose")),
		}
		for range rapid.IntRange(1, 3).Draw(t, "defendants") {
			c.Defendants = append(c.Defendants, filing.Party{Name: "D" + words.Draw(t, "name"), Address: words.Draw(t, "address")})
		}
		return c
	})
}

// TestClaimsComeBack writes claims and reads the same claims.
func TestClaimsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		claims := rapid.SliceOfN(anyClaim(), 1, 4).Draw(t, "claims")
		o := filing.WriteOptions{Defendants: 3, Control: filing.Control{Claims: len(claims), HasClaims: true}, Languages: []string{"zh-Hant", "en"}}
		var out bytes.Buffer
		w, err := (xlsx.Format{}).NewWriter(&out, o)
		require.NoError(t, err)
		for _, c := range claims {
			require.NoError(t, w.Write(c))
		}
		require.NoError(t, w.Close())
		require.NoError(t, w.Close(), "closing twice does nothing")
		r := read(xlsx.Format{}, out.Bytes(), filing.ReadOptions{})
		require.NoError(t, r.err)
		require.Equal(t, o.Control, r.control)
		var back []filing.Claim
		for _, row := range r.rows {
			require.Empty(t, row.Findings)
			back = append(back, row.Claim)
		}
		require.Equal(t, claims, back)
	})
}

func TestWhatAWorkbookCantHold(t *testing.T) {
	_, err := (xlsx.Format{}).NewWriter(&bytes.Buffer{}, filing.WriteOptions{Control: filing.Control{Hash: "sha256:00"}})
	require.ErrorContains(t, err, "hash")

	w, err := (xlsx.Format{}).NewWriter(&bytes.Buffer{}, filing.WriteOptions{})
	require.NoError(t, err)
	require.ErrorContains(t, w.Write(filing.Claim{Reference: "A", Particulars: strings.Repeat("x", 32768)}), "32767")
	require.NoError(t, w.Write(filing.Claim{Reference: "A", Particulars: strings.Repeat("被", 32767)}))
	require.ErrorContains(t, w.Write(filing.Claim{Reference: "A", Particulars: "a\x00"}), "U+0000")
	require.ErrorContains(t, w.Write(filing.Claim{Reference: "A", Defendants: make([]filing.Party, 2)}), "2 defendants")
	require.NoError(t, w.Close())
}

// TestTemplate fills the template in as a person does with a spreadsheet, and reads it.
func TestTemplate(t *testing.T) {
	for _, languages := range [][]string{nil, {"en"}, {"zh-Hant"}} {
		var out bytes.Buffer
		require.NoError(t, xlsx.Format{}.Template(&out, languages...))
		empty := read(xlsx.Format{}, out.Bytes(), filing.ReadOptions{})
		require.NoError(t, empty.err)
		require.Empty(t, empty.header)
		require.Empty(t, empty.rows)

		f, err := excelize.OpenReader(&out)
		require.NoError(t, err)
		set(t, f, "claims", 2, "0012", "medical_charges", 1234.5, nil, "Defendant 0001", nil, "1 Road", "person", nil, "P", "C", 46083)
		filled, err := f.WriteToBuffer()
		require.NoError(t, err)
		require.NoError(t, f.Close())
		r := read(xlsx.Format{}, filled.Bytes(), filing.ReadOptions{})
		require.NoError(t, r.err)
		require.Empty(t, found(r.rows), "the column of dates is formatted as dates")
		require.Equal(t, "0012", r.rows[0].Claim.Reference)
		require.Equal(t, "2026-03-02", r.rows[0].Claim.AroseOn.String())
	}
}

// TestAgreesWithExcelize reads texts as the other library does.
func TestAgreesWithExcelize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		claim := anyClaim().Draw(t, "claim")
		var out bytes.Buffer
		w, err := (xlsx.Format{}).NewWriter(&out, filing.WriteOptions{Defendants: 3})
		require.NoError(t, err)
		require.NoError(t, w.Write(claim))
		require.NoError(t, w.Close())
		f, err := excelize.OpenReader(&out)
		require.NoError(t, err)
		defer f.Close()
		rows, err := f.GetRows("claims")
		require.NoError(t, err)
		cells, err := filing.Cells(claim, 3)
		require.NoError(t, err)
		for i, text := range rows[1] {
			require.Equal(t, cells[i], text)
		}
	})
}
