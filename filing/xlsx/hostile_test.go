package xlsx_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"courts.example/eservices/filing"
	"courts.example/eservices/filing/xlsx"
)

// The parts of the smallest workbook.
const (
	rootRelations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookRelations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>`
	bookPart      = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="claims" sheetId="1" r:id="rId1"/></sheets></workbook>`
	sheetOpen     = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	sheetClose    = `</sheetData></worksheet>`
)

// parts packs the parts of a workbook, those of the smallest one where they are not given.
func parts(t testing.TB, given map[string]string) []byte {
	t.Helper()
	all := map[string]string{"_rels/.rels": rootRelations, "xl/_rels/workbook.xml.rels": bookRelations, "xl/workbook.xml": bookPart}
	for name, text := range given {
		all[name] = text
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range all {
		if text == "" {
			continue
		}
		part, err := w.Create(name)
		require.NoError(t, err)
		_, err = part.Write([]byte(text))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

// rawBook packs a workbook of these rows.
func rawBook(t testing.TB, rows string) []byte {
	return parts(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOpen + rows + sheetClose})
}

const rawHeadings = `<row><c t="inlineStr"><is><t>reference</t></is></c><c t="inlineStr"><is><t>amount</t></is></c></row>`

func TestOtherPrograms(t *testing.T) {
	for name, rows := range map[string]string{
		"without places": rawHeadings + `<row><c t="inlineStr"><is><t>A</t></is></c><c><v>5</v></c></row>`,
		"a gap":          rawHeadings + `<row r="2"/><row r="7"><c r="A7" t="inlineStr"><is><r><t>A</t></r><rPh sb="0" eb="1"><t>えー</t></rPh></is></c><c r="B7" t="n"><v>5</v></c></row>`,
		"escapes":        rawHeadings + `<row><c t="str"><v>A_x000D__x005F_x0041_</v></c><c><v>5</v></c></row>`,
		"an ISO date":    rawHeadings + `<row><c t="inlineStr"><is><t>A</t></is></c><c t="str"><v>5</v></c><c t="d"><v>2026-03-02T00:00:00</v></c></row>`,
	} {
		t.Run(name, func(t *testing.T) {
			r := read(xlsx.Format{}, rawBook(t, rows), filing.ReadOptions{})
			require.NoError(t, r.err)
			require.Len(t, r.rows, 1)
			require.Equal(t, "HKD 5.00", r.rows[0].Claim.Amount.String())
			switch name {
			case "a gap":
				require.Equal(t, 7, r.rows[0].Line)
			case "escapes":
				require.Equal(t, "A\r_x0041_", r.rows[0].Claim.Reference)
			case "an ISO date":
				require.Equal(t, []string{"2  row.long"}, found(r.rows))
			}
		})
	}
}

// TestPrefixedNames reads a workbook whose elements all have a prefix, as some programs write them.
func TestPrefixedNames(t *testing.T) {
	sheet := strings.NewReplacer("<row", "<x:row", "</row", "</x:row", "<c", "<x:c", "</c", "</x:c", "<v", "<x:v", "</v", "</x:v", "<is", "<x:is", "</is", "</x:is",
		"<t>", "<x:t>", "</t>", "</x:t>").Replace(rawHeadings + `<row><c t="inlineStr"><is><t>A</t></is></c><c><v>5</v></c></row>`)
	data := parts(t, map[string]string{"xl/worksheets/sheet1.xml": `<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData>` + sheet + `</x:sheetData></x:worksheet>`})
	r := read(xlsx.Format{}, data, filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Len(t, r.rows, 1)
}

// TestDamaged has workbooks that are not whole. Each is an error that says what is wrong: a claim is never left out in silence.
func TestDamaged(t *testing.T) {
	whole := workbook(t, func(f *excelize.File, s string) {
		for row := 2; row < 500; row++ {
			set(t, f, s, row, "A", "c", 5, "D", "A", "P", "C")
		}
	})
	good := rawHeadings + `<row><c t="inlineStr"><is><t>A</t></is></c></row>`
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"empty":           {nil, "is empty"},
		"text":            {[]byte("reference,amount\n"), "no Excel workbook"},
		"password":        {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "password"},
		"cut short":       {whole[:len(whole)/2], "damaged or cut short"},
		"another zip":     {parts(t, map[string]string{"_rels/.rels": ""}), "zip archive"},
		"no workbook":     {parts(t, map[string]string{"xl/workbook.xml": ""}), `lacks the part "xl/workbook.xml"`},
		"no sheet part":   {parts(t, nil), "lacks the part"},
		"binary":          {parts(t, map[string]string{"_rels/.rels": strings.ReplaceAll(rootRelations, "workbook.xml", "workbook.bin")}), ".xlsb"},
		"rows cut":        {parts(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOpen + good + `<row><c t="inl`}), "near row"},
		"end cut":         {parts(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOpen + good}), "near row"},
		"not XML":         {parts(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOpen + good + `</x>`}), "near row"},
		"rows backwards":  {rawBook(t, good+`<row r="2"></row>`), `a row numbered "2"`},
		"rows too many":   {rawBook(t, good+`<row r="1048577"></row>`), `a row numbered "1048577"`},
		"rows in number":  {parts(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOpen + rawHeadings + strings.Repeat("<row/>", 1<<20) + sheetClose}), "more than 1048576 rows"},
		"cells backwards": {rawBook(t, good+`<row><c r="B3"/><c r="A3"/></row>`), `a cell named "A3"`},
		"cell nowhere":    {rawBook(t, good+`<row><c r="ZZZZ3"/></row>`), `a cell named "ZZZZ3"`},
		"cell of digits":  {rawBook(t, good+`<row><c r="33"/></row>`), `a cell named "33"`},
		"unknown text":    {rawBook(t, good+`<row><c t="s"><v>7</v></c></row>`), `text "7" of 0`},
		"unknown kind":    {rawBook(t, good+`<row><c t="q"><v>7</v></c></row>`), `a cell of kind "q"`},
		"value of things": {rawBook(t, good+`<row><c><v><x/></v></c></row>`), `an element "x"`},
		"part twice":      {twice(t), "twice"},
		"merged too much": {parts(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOpen + good + `</sheetData><mergeCells>` +
			strings.Repeat(`<mergeCell ref="A1:B2"/>`, 5000) + `</mergeCells></worksheet>`}), "merged areas"},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(xlsx.Format{}, c.data, filing.ReadOptions{})
			require.ErrorIs(t, r.err, filing.ErrUnreadable)
			require.ErrorContains(t, r.err, c.says)
			require.ErrorContains(t, r.err, `"claims.xlsx"`)
		})
	}
}

// twice packs a workbook with two parts of one name, of which two programs might read different ones.
func twice(t testing.TB) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range []string{"xl/a.xml", "XL\\a.xml"} {
		_, err := w.CreateRaw(&zip.FileHeader{Name: name})
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

// TestDamagedBits changes single bytes of the packed rows: the check sum of the part shows it, at its end at the latest.
func TestDamagedBits(t *testing.T) {
	data := rawBook(t, rawHeadings+strings.Repeat(`<row><c t="inlineStr"><is><t>A</t></is></c><c><v>5</v></c></row>`, 200))
	whole := read(xlsx.Format{}, data, filing.ReadOptions{})
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	for _, part := range archive.File {
		if part.Name != "xl/worksheets/sheet1.xml" {
			continue
		}
		from, err := part.DataOffset()
		require.NoError(t, err)
		broke := 0
		for at := from; at < from+int64(part.CompressedSize64); at++ {
			broken := bytes.Clone(data)
			broken[at] ^= 0x10
			r := read(xlsx.Format{}, broken, filing.ReadOptions{})
			if r.err == nil { // a bit that means nothing
				require.Equal(t, found(whole.rows), found(r.rows), "byte %d", at)
				require.Len(t, r.rows, len(whole.rows))
				continue
			}
			broke++
		}
		require.Greater(t, broke, int(part.CompressedSize64)-2)
	}
}

// endless is XML without end.
type endless struct{ text string }

func (e endless) Read(p []byte) (int, error) {
	n := 0
	for n+len(e.text) <= len(p) {
		n += copy(p[n:], e.text)
	}
	if n == 0 {
		n = copy(p, e.text)
	}
	return n, nil
}

// TestBombs reads workbooks that unpack to far more than they are. Reading ends, with little memory, at an error.
func TestBombs(t *testing.T) {
	for name, c := range map[string]struct {
		part, open, fill, says string
		bytes                  int64
	}{
		"one text":    {"xl/worksheets/sheet1.xml", sheetOpen + `<row><c t="inlineStr"><is><t>`, "x", "a text of more than", 20 << 20},
		"one tag":     {"xl/worksheets/sheet1.xml", sheetOpen + `<row a="`, "x", "a text of more than", 20 << 20},
		"deep":        {"xl/worksheets/sheet1.xml", sheetOpen, "<a>", "100 deep", 6 << 20},
		"deep styles": {"xl/workbook.xml", "<workbook><sheets>", "<a>", "100 deep", 6 << 20},
		"skipped":     {"xl/worksheets/sheet1.xml", sheetOpen + `<row><x>`, "<a>", "100 deep", 6 << 20},
		"workbook":    {"xl/workbook.xml", "<workbook>", " ", "too large", 20 << 20},
		"one value":   {"xl/worksheets/sheet1.xml", sheetOpen + `<row><c><v>`, "1<!-- -->", "a text of more than", 20 << 20},
		"many pieces": {"xl/worksheets/sheet1.xml", sheetOpen + `<row><c t="inlineStr"><is><t>`, "x<!-- -->", "a text of more than", 20 << 20},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			w := zip.NewWriter(&out)
			for part, text := range map[string]string{"_rels/.rels": rootRelations, "xl/_rels/workbook.xml.rels": bookRelations, "xl/workbook.xml": bookPart} {
				if part == c.part {
					continue
				}
				p, err := w.Create(part)
				require.NoError(t, err)
				_, err = p.Write([]byte(text))
				require.NoError(t, err)
			}
			p, err := w.Create(c.part)
			require.NoError(t, err)
			_, err = io.Copy(p, io.MultiReader(strings.NewReader(c.open), io.LimitReader(endless{c.fill}, c.bytes)))
			require.NoError(t, err)
			require.NoError(t, w.Close())
			r := read(xlsx.Format{}, out.Bytes(), filing.ReadOptions{MaxClaimBytes: 10_000})
			require.ErrorIs(t, r.err, filing.ErrUnreadable)
			require.ErrorContains(t, r.err, c.says)
		})
	}
}

func TestStops(t *testing.T) {
	data := rawBook(t, rawHeadings+strings.Repeat(`<row><c t="inlineStr"><is><t>A</t></is></c></row>`, 2000))
	f := filing.File{Name: "a.xlsx", Bytes: bytes.NewReader(data), Size: int64(len(data))}
	rows := 0
	for _, err := range (xlsx.Format{}).Read(context.Background(), f, filing.ReadOptions{}) {
		require.NoError(t, err)
		if rows++; rows == 10 {
			break
		}
	}
	require.Equal(t, 10, rows)

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var last error
	for _, err := range (xlsx.Format{}).Read(ctx, f, filing.ReadOptions{}) {
		cancel()
		last = err
	}
	require.ErrorIs(t, last, context.Canceled)
	for _, err := range (xlsx.Format{}).Read(ctx, f, filing.ReadOptions{}) {
		require.ErrorIs(t, err, context.Canceled)
		require.NotErrorIs(t, err, filing.ErrUnreadable, "nothing is wrong with the file")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(rawBook(f, rawHeadings+`<row><c t="inlineStr"><is><t>A</t></is></c><c><v>5</v></c></row>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := read(xlsx.Format{}, data, filing.ReadOptions{MaxClaimBytes: 1000})
		checkRows(t, r)
	})
}

// FuzzSheet changes the rows inside a good archive.
func FuzzSheet(f *testing.F) {
	f.Add(rawHeadings + `<row><c t="inlineStr"><is><t>A</t></is></c><c><v>5</v></c></row>`)
	f.Add(rawHeadings + `<row r="3" hidden="1"><c r="B3" t="e"><f>1</f><v>#N/A</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B9"/></mergeCells><sheetData>`)
	f.Add(`<cols><col min="1" max="2" hidden="1"/></cols>` + rawHeadings + `<row><c t="d"><v>2026</v></c><c t="b"><v>1</v></c></row>`)
	f.Fuzz(func(t *testing.T, rows string) {
		checkRows(t, read(xlsx.Format{}, rawBook(t, rows), filing.ReadOptions{MaxClaimBytes: 1000}))
	})
}

// checkRows asserts what holds for every workbook.
func checkRows(t *testing.T, r reading) {
	t.Helper()
	line := 0
	for _, row := range r.rows {
		require.Greater(t, row.Line, line)
		line = row.Line
		for _, f := range row.Findings {
			_, known := filing.Describe(f.Code)
			require.True(t, known, f.Code)
			require.Equal(t, row.Line, f.Path.Line)
		}
	}
}
