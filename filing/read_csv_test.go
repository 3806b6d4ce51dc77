package filing_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/money"
)

func TestCSVReadsWholeClaim(t *testing.T) {
	text := "Reference,Category,Amount claimed,Amount abandoned,Defendant name,DEFENDANT_CHINESE_NAME,Defendant Address,Defendant kind," +
		"Defendant 2 name,被告人2地址,Nature of claim,Particulars of claim,Calculation of amount,Date cause of action arose,Legal representative,Language,Documents,,\n" +
		"A-1,Medical Charges,\"1,234.50\",HK$10,Defendant 0001,被告人一,\"Flat 1\n2 Road\",公司,Defendant 0002,3 Road,services,\"He said \"\"no\"\"\",2 x 617.25,2026-03-02,,中文,a.pdf; b.pdf,,\n"
	r := readText(filing.CSV{}, text, filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Empty(t, r.places())
	hkd := money.MustCurrency("HKD")
	require.Equal(t, filing.Claim{
		Reference: "A-1", Category: "medical_charges", Amount: money.New(123450, hkd), Abandoned: money.New(1000, hkd),
		Defendants: []filing.Party{
			{Name: "Defendant 0001", Chinese: "被告人一", Address: "Flat 1\n2 Road", Kind: filing.Company},
			{Name: "Defendant 0002", Address: "3 Road"},
		},
		Nature: "services", Particulars: `He said "no"`, Calculation: "2 x 617.25", AroseOn: calendar.MustDate("2026-03-02"),
		Language: "zh-Hant", Documents: []string{"a.pdf", "b.pdf"},
	}, r.rows[0].Claim)
	require.Equal(t, 2, r.rows[0].Line)
	require.Equal(t, "DEFENDANT_CHINESE_NAME", r.rows[0].Column("/defendants/0/chineseName"))
	require.Equal(t, "被告人2地址", r.rows[0].Column("/defendants/1/address"))
	require.Empty(t, r.rows[0].Column("/defendants/1/kind"))
}

// TestCSVRowsAsSpreadsheetsCount has rows in every form that programs write; each is at the row where a spreadsheet shows it.
func TestCSVRowsAsSpreadsheetsCount(t *testing.T) {
	row := func(reference string) string { return reference + ",c,5" + rest }
	for name, c := range map[string]struct {
		text string
		want []int
	}{
		"LF":                       {heading + "\n" + row("A") + "\n" + row("B") + "\n", []int{2, 3}},
		"CRLF":                     {heading + "\r\n" + row("A") + "\r\n" + row("B") + "\r\n", []int{2, 3}},
		"CR":                       {heading + "\r" + row("A") + "\r" + row("B") + "\r", []int{2, 3}},
		"no end of the last line":  {heading + "\n" + row("A") + "\n" + row("B"), []int{2, 3}},
		"blank rows between":       {heading + "\n\n" + row("A") + "\n,,,,,,\n  \n" + row("B") + "\n\n\n", []int{3, 6}},
		"blank rows before":        {"\n,,\n" + heading + "\n" + row("A"), []int{4}},
		"a row of several lines":   {heading + "\nA,c,5,D,\"1\r\n2\n3\r4\",P,C\n" + row("B"), []int{2, 3}},
		"a quoted row":             {heading + "\n\"A\",\"c\",\"5\",\"D\",\"E\",\"P\",\"C\"\n" + row("B"), []int{2, 3}},
		"spaces around quotes":     {heading + "\nA, \"c\" ,5, \"D, E\" ,\"E\",P,C\n" + row("B"), []int{2, 3}},
		"trailing blank columns":   {heading + ",,\n" + row("A") + ",,\n" + row("B") + ",\n", []int{2, 3}},
		"a quote inside a cell":    {heading + "\n" + `5" pipe,c,5,D,E,P 3" wide,C` + "\n" + row("B"), []int{2, 3}},
		"an empty quoted cell":     {heading + ",nature\n" + row("A") + ",\"\"\n", []int{2}},
		"the separator stated":     {"sep=;\n" + strings.ReplaceAll(heading+"\n"+row("A"), ",", ";"), []int{2}},
		"semicolons":               {strings.ReplaceAll(heading+"\n"+row("A"), ",", ";"), []int{2}},
		"tabs":                     {strings.ReplaceAll(heading+"\n"+row("A"), ",", "\t"), []int{2}},
		"a byte order mark":        {"\ufeff" + heading + "\n" + row("A"), []int{2}},
		"only the headings":        {heading + "\n", nil},
		"only the headings, no LF": {heading, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := readText(filing.CSV{}, c.text, filing.ReadOptions{})
			require.NoError(t, r.err)
			require.Empty(t, r.places())
			require.Equal(t, c.want, r.lines())
			for _, row := range r.rows {
				require.Equal(t, "HKD 5.00", row.Claim.Amount.String())
			}
		})
	}
}

// TestCSVGoesOnAfterBrokenQuotes loses one row to a stray quote and no more.
func TestCSVGoesOnAfterBrokenQuotes(t *testing.T) {
	good := "B,c,5" + rest + "\n"
	long := strings.Repeat("x", 3000)
	for name, c := range map[string]struct {
		broken string
		want   []string
		lines  []int
	}{
		"never closed":           {"A,c,5,\"D,1 Road,P,C\n", []string{"2 row.quote.open"}, []int{2, 3}},
		"closed in the next row": {"A,c,5,\"D,1 Road,P,C\nX,c,5,\"D\",R,P,C\n", []string{"2 row.quote.inside"}, []int{2, 3, 4}},
		"text after the quote":   {"A,c,5,\"D\"x,1 Road,P,C\n", []string{"2 row.quote.inside"}, []int{2, 3}},
		"first cell, never":      {"\"A,c,5,D,1 Road,P,C\r\n", []string{"2 row.quote.open"}, []int{2, 3}},
		"too long":               {"A,c,5,D," + long + ",P,C\n", []string{"2 row.too-large"}, []int{2, 3}},
		"too long in quotes":     {"A,c,5,D,\"" + long + "\",P,C\n", []string{"2 row.quote.open"}, []int{2, 3}},
		"too long with CRLF":     {"A,c,5,D," + long + ",P,C\r\n", []string{"2 row.too-large"}, []int{2, 3}},
	} {
		t.Run(name, func(t *testing.T) {
			r := readText(filing.CSV{}, heading+"\n"+c.broken+good, filing.ReadOptions{MaxClaimBytes: 2000})
			require.NoError(t, r.err)
			require.Equal(t, c.want, r.places())
			require.Equal(t, c.lines, r.lines())
			require.Equal(t, []string{""}, r.rows[0].Unread, "nothing of a broken row is read")
			require.Equal(t, "B", r.rows[len(r.rows)-1].Claim.Reference)
			if !strings.HasPrefix(c.broken, `"`) {
				require.Equal(t, "A", r.rows[0].Findings[0].Path.Reference, "the cells before the broken one are good")
			}
		})
	}
}

func TestCSVLongRowsInSmallPieces(t *testing.T) {
	text := heading + "\nA,c,5,D," + strings.Repeat("y", 300_000) + ",P,C\r\nB,c,5" + rest + "\r\n"
	r := readText(filing.CSV{}, text, filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Equal(t, []string{"2 row.too-large"}, r.places())
	require.Equal(t, []int{2, 3}, r.lines())
	r = readText(filing.CSV{}, text, filing.ReadOptions{MaxClaimBytes: 1 << 20})
	require.NoError(t, r.err)
	require.Empty(t, r.places())
	require.Len(t, r.rows[0].Claim.Defendants[0].Address, 300_000)
}

func TestCSVShortRows(t *testing.T) {
	r := readText(filing.CSV{}, heading+",nature,documents\nA,c,5"+rest+"\nB,c,5,D\n", filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Equal(t, []string{"3 row.short"}, r.places(), "a row that lacks optional cells is whole: spreadsheets drop empty cells at the end")
	require.Equal(t, []string{"/defendants/0/address", "/particulars", "/calculation"}, r.rows[1].Unread)
	require.Equal(t, "B", r.rows[1].Findings[0].Path.Reference)
}

func TestCSVHeaderFindings(t *testing.T) {
	r := readText(filing.CSV{}, "reference,Amount,AMOUNT claimed,colour,defendant_name,defendant21_name\nA,5,6,red,D,E\n", filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Equal(t, []string{
		"1 AMOUNT claimed header.column.duplicate", "1 colour header.column.unknown", "1 defendant21_name header.column.unknown",
		"1 /category header.column.missing", "1 /defendants/0/address header.column.missing",
		"1 /particulars header.column.missing", "1 /calculation header.column.missing",
	}, r.places())
	require.Equal(t, []string{"/category", "/defendants/0/address", "/particulars", "/calculation"}, r.rows[0].Unread)
	require.Equal(t, "HKD 5.00", r.rows[0].Claim.Amount.String(), "the first of two columns counts")
}

func TestCSVWithoutKnownHeadings(t *testing.T) {
	r := readText(filing.CSV{}, "1,2,3\nA,5,6\n", filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Equal(t, []string{"1 header.none"}, r.places())
	require.Empty(t, r.rows)
}

func TestCSVHeaderAlwaysComes(t *testing.T) {
	calls := 0
	o := filing.ReadOptions{Currency: "HKD", Header: func(filing.Control, []filing.Finding) { calls++ }}
	for range (filing.CSV{}).Read(context.Background(), fileOf("a.csv", heading), o) {
		t.Fatal("a row")
	}
	require.Equal(t, 1, calls)
}

func TestCSVUnreadable(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"empty":             {"", "is empty"},
		"blank":             {"\n\n", "no row of headings"},
		"workbook":          {"PK\x03\x04....", "Excel workbook"},
		"old workbook":      {"\xd0\xcf\x11\xe0\xa1\xb1", "old kind"},
		"PDF":               {"%PDF-1.7", "PDF"},
		"HTML":              {"\ufeff <html><table>", "HTML"},
		"UTF-32":            {"\xff\xfe\x00\x00a\x00\x00\x00", "UTF-32"},
		"UTF-16, no mark":   {"r\x00e\x00f\x00", "UTF-16"},
		"broken headings":   {"reference,\"amount\"x\n", "row 1"},
		"headings too long": {strings.Repeat("x", 300_000), "row 1"},
	} {
		t.Run(name, func(t *testing.T) {
			r := readText(filing.CSV{}, c.text, filing.ReadOptions{})
			require.ErrorIs(t, r.err, filing.ErrUnreadable)
			require.ErrorContains(t, r.err, c.says)
			require.ErrorContains(t, r.err, `"claims.csv"`)
		})
	}
}

// brokenDisk fails behind its text.
type brokenDisk struct{ text string }

var errDisk = errors.New("disk error")

func (b brokenDisk) ReadAt(p []byte, at int64) (int, error) {
	if at >= int64(len(b.text)) {
		return 0, errDisk
	}
	n := copy(p, b.text[at:])
	if n < len(p) {
		return n, errDisk
	}
	return n, nil
}

func TestCSVReadErrors(t *testing.T) {
	text := heading + "\nA,c,5" + rest + "\n"
	f := filing.File{Name: "a.csv", Bytes: brokenDisk{text}, Size: 1 << 20}
	var err error
	for _, err = range (filing.CSV{}).Read(context.Background(), f, filing.ReadOptions{}) {
		if err != nil {
			break
		}
	}
	require.ErrorIs(t, err, errDisk)

	short := filing.File{Name: "a.csv", Bytes: strings.NewReader(text), Size: int64(len(text)) + 1}
	for _, err = range (filing.CSV{}).Read(context.Background(), short, filing.ReadOptions{}) {
		if err != nil {
			break
		}
	}
	require.ErrorContains(t, err, "before its size", "a file shorter than its size is noticed")

	r := readText(filing.CSV{}, text, filing.ReadOptions{Currency: "Dollar"})
	require.ErrorIs(t, r.err, money.ErrCurrency)
}

func TestCSVStops(t *testing.T) {
	var text strings.Builder
	text.WriteString(heading + "\n")
	for range 2000 {
		text.WriteString("A,c,5" + rest + "\n")
	}
	rows := 0
	for range (filing.CSV{}).Read(context.Background(), fileOf("a.csv", text.String()), filing.ReadOptions{}) {
		rows++
		if rows == 10 {
			break
		}
	}
	require.Equal(t, 10, rows)

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var err error
	rows = 0
	for _, err = range (filing.CSV{}).Read(ctx, fileOf("a.csv", text.String()), filing.ReadOptions{}) {
		cancel()
		rows++
	}
	require.ErrorIs(t, err, context.Canceled)
	require.Less(t, rows, 1000)

	for _, format := range []filing.Format{filing.CSV{}, filing.JSONLines{}} {
		for _, err := range format.Read(ctx, fileOf("a", text.String()), filing.ReadOptions{}) {
			require.ErrorIs(t, err, context.Canceled)
			require.NotErrorIs(t, err, filing.ErrUnreadable, "nothing is wrong with the file")
		}
	}
}

// TestFindingsAreBounded reads files that hold a mistake in every few bytes.
func TestFindingsAreBounded(t *testing.T) {
	var columns, members strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&columns, ",c%d", i)
		fmt.Fprintf(&members, `,"m%d":1`, i)
	}
	r := readText(filing.CSV{}, heading+columns.String()+"\nA,c,5"+rest+"\n", filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Len(t, r.header, 250)
	require.Len(t, r.rows, 1)
	r = readText(filing.JSONLines{}, `{"reference":"A"`+members.String()+"}", filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Len(t, r.rows[0].Findings, 250)
	r = readText(filing.CSV{}, strings.Repeat("#x\n", 5000)+heading+"\n", filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Len(t, r.header, 250)
}
