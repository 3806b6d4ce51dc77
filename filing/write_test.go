package filing_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// runsAsFormula is the judge of this test: whether a spreadsheet could run a cell with this text as a formula, whatever
// separator it is set to. It knows nothing of how Guard works.
func runsAsFormula(cell string) bool {
	for i, piece := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(";\t\r\n\v\f", r) }) {
		if i == 0 && strings.HasPrefix(cell, piece) {
			piece = strings.TrimLeft(piece, " \u00a0\u200b\ufeff\u3000\x00\x01")
		}
		if piece != "" && strings.ContainsAny(firstRune(piece), "=+-@＝＋－＠") {
			return true
		}
	}
	return cell != "" && strings.ContainsAny(cell[:1], "\t\r\n\v\f")
}

func firstRune(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

// hostile draws texts made of what matters to spreadsheets.
func hostile() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{"=", "+", "-", "@", "＝", "＋", "－", "＠", "'", "''", ";", ",", "\t", "\r", "\n", "\r\n", "\v", "\f", " ", "\u00a0", "\u3000",
		"\u200b", "\ufeff", "\x00", "\x01", `"`, "0", "7", "a", "被", "1+1", "cmd|' /C calc'!A0", "HYPERLINK(\"x\")", "\xff"})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 0, 8).Draw(t, "pieces"), "")
	})
}

func TestGuardIsSafeAndReversible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := hostile().Draw(t, "text")
		guarded := filing.Guard(text)
		if runsAsFormula(guarded) {
			t.Fatalf("%q is guarded as %q and runs", text, guarded)
		}
		if back := filing.Unguard(guarded); back != text {
			t.Fatalf("%q is guarded as %q and comes back as %q", text, guarded, back)
		}
	})
}

func TestGuardLeavesOrdinaryTextAlone(t *testing.T) {
	for _, text := range []string{"", "A-1", "Defendant 0001", "被告人一", "2 x 617.25 = 1234.50", "a; b", "line 1\nline 2", "'Abd", "O'Brien", "1,234.50", "a;b"} {
		require.Equal(t, text, filing.Guard(text))
		require.Equal(t, text, filing.Unguard(text))
	}
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "-5": "'-5", "\t=1": "'\t'=1", "a;=1": "a;'=1", " @x": "' @x", "＝1": "'＝1", "'=1": "''=1", "'007": "''007",
	} {
		require.Equal(t, want, filing.Guard(text))
	}
	require.Equal(t, "007", filing.Unguard("'007"), "people keep the zeros of a number so")
}

func FuzzGuard(f *testing.F) {
	for _, s := range []string{"=1", "a;=1", "''+", "\r\n-1", "'\t'="} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		guarded := filing.Guard(text)
		if runsAsFormula(guarded) || filing.Unguard(guarded) != text {
			t.Fatalf("%q is guarded as %q, which gives %q", text, guarded, filing.Unguard(guarded))
		}
	})
}

// anyClaim draws claims that every format can hold: text without spaces around it and without control characters.
func anyClaim() *rapid.Generator[filing.Claim] {
	words := rapid.Custom(func(t *rapid.T) string {
		pieces := rapid.SliceOfN(rapid.SampledFrom([]string{"=", "-", "@", "'", `"`, ",", ";", "\n", "\r\n", " ", "a", "B", "7", "0.5", "被", "埗", "😀", "\t", "_x0041_", "<&>", "#"}), 0, 6).Draw(t, "words")
		return strings.TrimSpace(strings.Join(pieces, ""))
	})
	filled := words.Filter(func(s string) bool { return s != "" && !strings.HasPrefix(s, "#") })
	name := rapid.StringMatching(`[a-z被][a-z0-9 ._-]{0,8}[a-z]\.pdf`)
	amount := rapid.Custom(func(t *rapid.T) money.Amount {
		return money.New(rapid.Int64().Draw(t, "minor"), money.MustCurrency(rapid.SampledFrom([]string{"HKD", "JPY", "KWD"}).Draw(t, "currency")))
	})
	return rapid.Custom(func(t *rapid.T) filing.Claim {
		c := filing.Claim{
			Reference: "R" + filled.Draw(t, "reference"), Category: filing.Category(rapid.StringMatching(`[a-z]{1,5}(_[a-z]{1,3})?`).Draw(t, "category")),
			Amount: amount.Draw(t, "amount"), Nature: filled.Draw(t, "nature"), Particulars: filled.Draw(t, "particulars"),
			Calculation: filled.Draw(t, "calculation"), Representative: filled.Draw(t, "representative"),
			Language:  rapid.SampledFrom([]string{"", "en", "zh-Hant", "fr"}).Draw(t, "language"),
			Documents: rapid.SliceOfN(name, 1, 3).Draw(t, "documents"),
			AroseOn:   calendar.MustDate("2020-01-01").AddDays(rapid.IntRange(-9000, 9000).Draw(t, "arose")),
		}
		if rapid.Bool().Draw(t, "abandons") {
			c.Abandoned = amount.Filter(func(a money.Amount) bool { return !a.IsZero() }).Draw(t, "abandoned")
		}
		for range rapid.IntRange(1, 3).Draw(t, "defendants") {
			c.Defendants = append(c.Defendants, filing.Party{
				Name: "D" + filled.Draw(t, "name"), Chinese: filled.Draw(t, "chinese"), Address: filled.Draw(t, "address"),
				Kind: rapid.SampledFrom([]filing.PartyKind{"", filing.Person, filing.Company, filing.Body}).Draw(t, "kind"),
			})
		}
		return c
	})
}

// TestClaimsComeBack writes claims and reads the same claims, in every format of text.
func TestClaimsComeBack(t *testing.T) {
	for name, format := range map[string]filing.Format{"csv": filing.CSV{}, "jsonl": filing.JSONLines{}} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				claims := rapid.SliceOfN(anyClaim(), 1, 4).Draw(t, "claims")
				o := filing.WriteOptions{Defendants: 3, Control: filing.Control{Claims: len(claims), HasClaims: true}}
				o.Languages = rapid.SliceOfN(rapid.SampledFrom([]string{"en", "zh-Hant", "fr"}), 0, 3).Draw(t, "languages")
				var out bytes.Buffer
				write(t, format, &out, o, claims...)
				r := readText(format, out.String(), filing.ReadOptions{})
				require.NoError(t, r.err)
				require.Equal(t, o.Control, r.control)
				var back []filing.Claim
				for _, row := range r.rows {
					require.False(t, filing.Refuses(row.Findings), "%v", row.Findings)
					back = append(back, row.Claim)
				}
				require.Equal(t, claims, back)
			})
		})
	}
}

func write(t require.TestingT, format filing.Format, out *bytes.Buffer, o filing.WriteOptions, claims ...filing.Claim) {
	var w filing.ClaimWriter
	var err error
	switch f := format.(type) {
	case filing.CSV:
		w, err = f.NewWriter(out, o)
	case filing.JSONLines:
		w, err = f.NewWriter(out, o)
	}
	require.NoError(t, err)
	for _, c := range claims {
		require.NoError(t, w.Write(c))
	}
	require.NoError(t, w.Close())
}

func TestControlTotalsComeBack(t *testing.T) {
	control := filing.Control{Claims: 1, HasClaims: true, Total: money.New(500, money.MustCurrency("HKD")), HasTotal: true, Hash: hashOf("x")}
	for _, format := range []filing.Format{filing.CSV{}, filing.JSONLines{}} {
		var out bytes.Buffer
		write(t, format, &out, filing.WriteOptions{Control: control}, filing.Claim{Reference: "A"})
		r := readText(format, out.String(), filing.ReadOptions{})
		require.NoError(t, r.err)
		require.Equal(t, control, r.control)
		require.Contains(t, strings.Join(r.places(), " "), "control.hash.mismatch")
	}
}

func TestWhatARowCantHold(t *testing.T) {
	w, err := (filing.CSV{}).NewWriter(&bytes.Buffer{}, filing.WriteOptions{})
	require.NoError(t, err)
	require.ErrorContains(t, w.Write(filing.Claim{Reference: "A", Defendants: make([]filing.Party, 2)}), `claim "A" has 2 defendants, the file has columns for 1`)
	require.ErrorContains(t, w.Write(filing.Claim{Reference: "A", Documents: []string{"a;b.pdf"}}), `"a;b.pdf"`)
}

// TestTemplates opens what a claimant fills in: with the mark that makes spreadsheets read Chinese, and headings that are read back.
func TestTemplates(t *testing.T) {
	for _, languages := range [][]string{nil, {"en"}, {"zh-Hant"}, {"zh-Hant", "en"}} {
		var out bytes.Buffer
		require.NoError(t, filing.CSV{}.Template(&out, languages...))
		require.True(t, strings.HasPrefix(out.String(), "\ufeff"))
		r := readText(filing.CSV{}, out.String(), filing.ReadOptions{})
		require.NoError(t, r.err)
		require.Empty(t, r.places())
		require.Empty(t, r.rows)
	}
}

func TestResults(t *testing.T) {
	r := readText(filing.CSV{}, withRow("=HYPERLINK(1)", "1.234"), filing.ReadOptions{})
	require.NoError(t, r.err)
	var out bytes.Buffer
	w, err := filing.NewResultWriter(&out)
	require.NoError(t, err)
	fee := money.New(4000, money.MustCurrency("HKD"))
	require.NoError(t, w.Write(filing.Outcome{Line: 2, Reference: "=HYPERLINK(1)", Status: "refused", Findings: append(r.rows[0].Findings, r.rows[0].Findings...)}))
	require.NoError(t, w.Write(filing.Outcome{Line: 3, Reference: "A", Status: "filed", CaseNumber: "SCTC 1/2026", Fee: fee}))
	require.NoError(t, w.Flush())

	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll()
	require.NoError(t, err)
	sentence := r.rows[0].Findings[0].Text()
	require.Equal(t, [][]string{
		{"line", "reference", "status", "case_number", "fee", "codes", "findings", "findings_zh"},
		{"2", "'=HYPERLINK(1)", "refused", "", "", "cell.amount.ambiguous;cell.amount.ambiguous",
			"[amount] " + sentence[law.English] + "\n[amount] " + sentence[law.English],
			"[amount] " + sentence[law.TraditionalChinese] + "\n[amount] " + sentence[law.TraditionalChinese]},
		{"3", "A", "filed", "SCTC 1/2026", "HKD 40.00", "", "", ""},
	}, rows)
	for _, row := range rows {
		for _, cell := range row {
			require.False(t, runsAsFormula(cell), cell)
		}
	}
	require.Equal(t, "=HYPERLINK(1)", filing.Unguard(rows[1][1]))
}

// brokenPipe refuses everything.
type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errDisk }

func TestWriteErrors(t *testing.T) {
	require.ErrorIs(t, filing.CSV{}.Template(brokenPipe{}), errDisk)
	_, err := filing.NewResultWriter(brokenPipe{})
	require.ErrorIs(t, err, errDisk)
	_, err = (filing.JSONLines{}).NewWriter(brokenPipe{}, filing.WriteOptions{Control: filing.Control{HasClaims: true}})
	require.ErrorIs(t, err, errDisk)
}
