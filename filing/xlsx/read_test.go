package xlsx_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/filing/xlsx"
	"courts.example/eservices/icms/money"
)

// set puts cells into a row of a workbook.
func set(t testing.TB, f *excelize.File, sheet string, row int, cells ...any) {
	t.Helper()
	at, err := excelize.CoordinatesToCellName(1, row)
	require.NoError(t, err)
	require.NoError(t, f.SetSheetRow(sheet, at, &cells))
}

func style(t testing.TB, f *excelize.File, sheet, cell, format string) {
	t.Helper()
	id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	require.NoError(t, err)
	require.NoError(t, f.SetCellStyle(sheet, cell, cell, id))
}

func TestReadsWholeClaim(t *testing.T) {
	data := workbook(t, func(f *excelize.File, s string) {
		set(t, f, s, 2, "0012", "Medical Charges", 1234.56, "Defendant 被告人", "1 Road\nKowloon", "=1+1 & <b>", "C", 46083)
		style(t, f, s, "H2", "dd/mm/yyyy")
		require.NoError(t, f.SetCellRichText(s, "D2", []excelize.RichTextRun{{Text: "Defendant "}, {Text: "被告人", Font: &excelize.Font{Bold: true}}}))
	})
	r := read(xlsx.Format{}, data, filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Empty(t, r.header)
	require.Empty(t, found(r.rows))
	require.Equal(t, filing.Claim{
		Reference: "0012", Category: "medical_charges", Amount: money.New(123456, money.MustCurrency("HKD")),
		Defendants:  []filing.Party{{Name: "Defendant 被告人", Address: "1 Road\nKowloon"}},
		Particulars: "=1+1 & <b>", Calculation: "C", AroseOn: calendar.MustDate("2026-03-02"),
	}, r.rows[0].Claim)
	require.Equal(t, 2, r.rows[0].Line)
	require.Equal(t, "defendant_address", r.rows[0].Column("/defendants/0/address"))
}

// TestWhatSpreadsheetsDo has a row for each harm that a spreadsheet does to a file.
func TestWhatSpreadsheetsDo(t *testing.T) {
	data := workbook(t, func(f *excelize.File, s string) {
		set(t, f, s, 2, 12, "c", 5, "D", "A", "P", "C")                      // a number for a reference
		set(t, f, s, 3, 123456789012345678, "c", 5, "D", "A", "P", "C")      // one with more digits than a number keeps
		set(t, f, s, 4, 42, "c", "1.234,50", "D", "A", "P", "C", "03/04/26") // an amount and a date as text
		style(t, f, s, "A4", "00000000")
		set(t, f, s, 5, 46083, "c", 46083, "D", "A", "P", "C", 46083) // dates everywhere
		style(t, f, s, "A5", "yyyy-mm-dd")
		style(t, f, s, "C5", "d mmm yyyy")
		set(t, f, s, 6, "A6", "c", 5.005, true, "A", "P", "C", 0.5)
		set(t, f, s, 9, "A9", "c", 5, "D", "A", "P", "C")
		require.NoError(t, f.SetRowVisible(s, 9, false))
		set(t, f, s, 10, " ", nil, "")
	})
	r := read(xlsx.Format{}, data, filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Equal(t, []string{
		"2 reference cell.reference.number",
		"3 reference cell.reference.scientific",
		"4 amount cell.amount.ambiguous", "4 arose_on cell.date.invalid",
		"5 reference cell.not-text", "5 amount cell.amount.invalid", "5 arose_on cell.date.serial",
		"6 amount cell.amount.decimals", "6 arose_on cell.date.invalid",
		"9  row.hidden",
	}, found(r.rows))
	require.Equal(t, "12", r.rows[0].Claim.Reference)
	require.Equal(t, "00000042", r.rows[2].Claim.Reference, "the zeros that the format shows are in the reference")
	require.Equal(t, "TRUE", r.rows[4].Claim.Defendants[0].Name)
	require.Len(t, r.rows, 6)
}

func TestFormulas(t *testing.T) {
	data := rawBook(t, `<row r="1"><c r="A1" t="inlineStr"><is><t>reference</t></is></c><c r="B1" t="inlineStr"><is><t>amount</t></is></c><c r="C1" t="inlineStr"><is><t>nature</t></is></c></row>
		<row r="2"><c r="A2" t="str"><f>"A"&amp;1</f><v>A1</v></c><c r="B2"><f>2+3</f><v>5</v></c><c r="C2" t="str"><f>""</f><v></v></c></row>
		<row r="3"><c r="A3" t="str"><v>A2</v></c><c r="B3"><f>2+3</f></c></row>
		<row r="4"><c r="A4" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B4" t="e"><v>#N/A</v></c><c r="C4"><f t="shared" si="0"/><v>7</v></c></row>`)
	r := read(xlsx.Format{}, data, filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Equal(t, []string{
		"2 reference cell.formula", "2 amount cell.formula",
		"3 amount cell.formula.uncalculated",
		"4 reference cell.error", "4 amount cell.error", "4 nature cell.formula",
	}, found(r.rows))
	require.Equal(t, "HKD 5.00", r.rows[0].Claim.Amount.String())
	require.Empty(t, r.rows[0].Claim.Nature, "a formula that gives the empty text leaves the cell empty")
}

func TestMergedCells(t *testing.T) {
	data := workbook(t, func(f *excelize.File, s string) {
		for row := 2; row <= 5; row++ {
			set(t, f, s, row, "A", "c", 5, "D", "A", "P", "C")
		}
		require.NoError(t, f.MergeCell(s, "E2", "E4"))  // one address for three claims
		require.NoError(t, f.MergeCell(s, "F5", "G5"))  // particulars over calculation
		require.NoError(t, f.MergeCell(s, "A7", "H9"))  // an empty block below
		require.NoError(t, f.MergeCell(s, "J1", "M20")) // beside the headings
	})
	r := read(xlsx.Format{}, data, filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Equal(t, []string{"3 defendant_address cell.merged", "4 defendant_address cell.merged", "5 calculation cell.merged"}, found(r.rows))
	require.Len(t, r.rows, 4)
}

func TestHiddenColumns(t *testing.T) {
	data := workbook(t, func(f *excelize.File, s string) {
		set(t, f, s, 2, "A", "c", 5, "D", "A", "P", "C")
		require.NoError(t, f.SetColVisible(s, "C:D", false))
	})
	r := read(xlsx.Format{}, data, filing.ReadOptions{})
	require.NoError(t, r.err)
	var codes []string
	for _, f := range r.header {
		codes = append(codes, f.Path.Column+" "+string(f.Code))
	}
	require.Equal(t, []string{"amount header.column.hidden", "defendant_name header.column.hidden"}, codes)
}

// TestDateSystems reads the same days from workbooks of both systems, and the days before March 1900 which one of them miscounts.
func TestDateSystems(t *testing.T) {
	for name, c := range map[string]struct {
		system1904 bool
		stored     any
		want       string
	}{
		"1900":          {false, 46083, "2026-03-02"},
		"1904":          {true, 46083 - 1462, "2026-03-02"},
		"with a time":   {false, 46083.75, "2026-03-02"},
		"first of 1900": {false, 1, "1900-01-01"},
		"28 Feb 1900":   {false, 59, "1900-02-28"},
		"29 Feb 1900":   {false, 60, ""},
		"1 Mar 1900":    {false, 61, "1900-03-01"},
		"too large":     {false, 99999999, ""},
	} {
		t.Run(name, func(t *testing.T) {
			data := workbook(t, func(f *excelize.File, s string) {
				require.NoError(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &c.system1904}))
				set(t, f, s, 2, "A", "c", 5, "D", "A", "P", "C", c.stored)
				style(t, f, s, "H2", "yyyy-mm-dd")
			})
			r := read(xlsx.Format{}, data, filing.ReadOptions{})
			require.NoError(t, r.err)
			require.Equal(t, c.want, r.rows[0].Claim.AroseOn.String())
			require.Equal(t, c.want == "", len(r.rows[0].Findings) > 0)
		})
	}
}

// TestDateFormats tells the formats of dates from those of numbers and times.
func TestDateFormats(t *testing.T) {
	for format, isDate := range map[string]bool{
		"yyyy-mm-dd": true, "d/m/yy": true, `[$-404]e"年"m"月"d"日"`: true, "[$-zh-HK]yyyy年m月d日;@": true, "DD MMM YYYY": true, "mmm-yy": true,
		"0.00": false, "General": false, `0.00"day"`: false, "[Red]0": false, "hh:mm:ss": false, `\d0`: false, "#,##0_);[Red](#,##0)": false, "0.00E+00": false, "@": false,
	} {
		data := workbook(t, func(f *excelize.File, s string) {
			set(t, f, s, 2, "A", "c", 5, "D", "A", "P", "C", 46083)
			style(t, f, s, "H2", format)
		})
		r := read(xlsx.Format{}, data, filing.ReadOptions{})
		require.NoError(t, r.err)
		require.Equal(t, isDate, len(r.rows[0].Findings) == 0, format)
		require.Equal(t, "2026-03-02", r.rows[0].Claim.AroseOn.String())
	}
}

func TestSheets(t *testing.T) {
	book := func(hideFirst bool, names ...string) []byte {
		f := excelize.NewFile()
		defer f.Close()
		for i, name := range names {
			if i == 0 {
				require.NoError(t, f.SetSheetName("Sheet1", name))
			} else {
				_, err := f.NewSheet(name)
				require.NoError(t, err)
			}
			if strings.EqualFold(name, "control") {
				set(t, f, name, 1, "claims", 1)
				set(t, f, name, 3, "total", "HK$5")
				continue
			}
			set(t, f, name, 1, "reference", "amount")
			set(t, f, name, 2, name, 5)
		}
		if hideFirst {
			f.SetActiveSheet(1)
			require.NoError(t, f.SetSheetVisible(names[0], false))
		}
		out, err := f.WriteToBuffer()
		require.NoError(t, err)
		return out.Bytes()
	}
	for name, c := range map[string]struct {
		data  []byte
		sheet string
		want  string
	}{
		"first":        {book(false, "One", "Two"), "", "One"},
		"first shown":  {book(true, "One", "Two"), "", "Two"},
		"by its name":  {book(false, "One", "Claims"), "", "Claims"},
		"in Chinese":   {book(false, "One", "申索"), "", "申索"},
		"hidden":       {book(true, "claims", "One"), "", "claims"},
		"asked for":    {book(false, "claims", "Other"), "other", "Other"},
		"with control": {book(false, "Control", "One"), "", "One"},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(xlsx.Format{Sheet: c.sheet}, c.data, filing.ReadOptions{})
			require.NoError(t, r.err)
			require.Equal(t, c.want, r.rows[0].Claim.Reference)
			require.Equal(t, name == "with control", r.control.HasClaims)
			if r.control.HasClaims {
				require.Equal(t, 1, r.control.Claims)
				require.Equal(t, "HKD 5.00", r.control.Total.String())
			}
		})
	}
	r := read(xlsx.Format{Sheet: "None"}, book(false, "One", "Two"), filing.ReadOptions{})
	require.ErrorContains(t, r.err, `has no sheet "None"; it has "One", "Two"`)
	r = read(xlsx.Format{}, book(false, "Control"), filing.ReadOptions{})
	require.ErrorContains(t, r.err, `has no sheet with claims`)
}

func TestTooLongRows(t *testing.T) {
	data := workbook(t, func(f *excelize.File, s string) {
		set(t, f, s, 2, "A", "c", 5, "D", strings.Repeat("x", 3000), "P", "C")
		set(t, f, s, 3, "B", "c", 5, "D", "A", "P", "C")
	})
	r := read(xlsx.Format{}, data, filing.ReadOptions{MaxClaimBytes: 2000})
	require.NoError(t, r.err)
	require.Equal(t, []string{"2  row.too-large"}, found(r.rows))
	require.Equal(t, "A", r.rows[0].Claim.Reference)
	require.Equal(t, "B", r.rows[1].Claim.Reference)
}

func TestNoHeadings(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	out, err := f.WriteToBuffer()
	require.NoError(t, err)
	r := read(xlsx.Format{}, out.Bytes(), filing.ReadOptions{})
	require.ErrorIs(t, r.err, filing.ErrUnreadable)
	require.ErrorContains(t, r.err, `the sheet "Sheet1" has no row of headings`)

	set(t, f, "Sheet1", 3, "x", "y")
	set(t, f, "Sheet1", 4, "1", "2")
	out, err = f.WriteToBuffer()
	require.NoError(t, err)
	r = read(xlsx.Format{}, out.Bytes(), filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Empty(t, r.rows)
	require.Equal(t, filing.Code("header.none"), r.header[0].Code)
	require.Equal(t, 3, r.header[0].Path.Line)
}
