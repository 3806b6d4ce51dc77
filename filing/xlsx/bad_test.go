package xlsx_test

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"courts.example/eservices/filing"
	"courts.example/eservices/filing/xlsx"
)

var update = flag.Bool("update", false, "write the bad workbook and its findings anew")

// badBook makes a workbook with every mistake that a row of a workbook can have and a row of text can't.
func badBook(t *testing.T) []byte {
	return workbook(t, func(f *excelize.File, s string) {
		require.NoError(t, f.SetSheetName(s, "claims"))
		s = "claims"
		row := func(n int, reference any) {
			set(t, f, s, n, reference, "medical_charges", 1200, "Defendant 0001", "1 Example Road", "Services given in January 2026; not paid", "12 days at 100.00", "2026-01-31")
		}
		row(2, "BAD-0001")
		row(3, 3)
		row(4, 46053)
		style(t, f, s, "A4", "yyyy-mm-dd")
		row(5, "BAD-0004")
		require.NoError(t, f.SetRowVisible(s, 5, false))
		row(6, "BAD-0005")
		require.NoError(t, f.SetCellFormula(s, "C6", "1000+200"))
		row(7, "BAD-0006")
		row(8, "BAD-0007")
		require.NoError(t, f.MergeCell(s, "E7", "E8"))
		row(9, "BAD-0008")
		require.NoError(t, f.SetCellDefault(s, "C9", "1200.005"))
		row(10, "BAD-0009")
		require.NoError(t, f.SetCellValue(s, "H10", 46053))
		row(11, "BAD-0010")
		require.NoError(t, f.SetCellValue(s, "F11", nil))
		require.NoError(t, f.SetCellFormula(s, "F11", `"Services "&"given"`))
		require.NoError(t, f.SetColVisible(s, "G", false))
	})
}

func TestBadWorkbook(t *testing.T) {
	const path = "testdata/bad.xlsx"
	if *update {
		require.NoError(t, os.WriteFile(path, badBook(t), 0o644))
	}
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	r := read(xlsx.Format{}, data, filing.ReadOptions{MaxClaimBytes: 2000})
	require.NoError(t, r.err)
	var got strings.Builder
	for _, f := range r.findings() {
		got.WriteString(f.String() + "\n    " + f.Text()["zh-Hant"] + "\n")
	}
	if *update {
		require.NoError(t, os.WriteFile(path+".golden", []byte(got.String()), 0o644))
	}
	want, err := os.ReadFile(path + ".golden")
	require.NoError(t, err)
	require.Equal(t, string(want), got.String())
}

// TestBadFilesHoldEveryMistake reads the bad files of all formats: together they hold every mistake that reading can find in a row.
func TestBadFilesHoldEveryMistake(t *testing.T) {
	held := make(map[filing.Code]bool)
	for path, format := range map[string]filing.Format{
		"../testdata/bad.csv": filing.CSV{}, "../testdata/bad.jsonl": filing.JSONLines{}, "testdata/bad.xlsx": xlsx.Format{},
	} {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, f := range read(format, data, filing.ReadOptions{MaxClaimBytes: 2000}).findings() {
			held[f.Code] = true
		}
	}
	for _, e := range filing.Catalogue() {
		about, _, _ := strings.Cut(string(e.Code), ".")
		if slices.Contains([]string{"row", "cell", "json"}, about) {
			require.True(t, held[e.Code], "no bad file holds %s", e.Code)
		}
	}
}
