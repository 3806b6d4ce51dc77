package filing_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/traditionalchinese"

	"courts.example/eservices/filing"
)

// cellCases produces the codes about reading files, one bad file each.
func cellCases() map[filing.Code]codeCase {
	long := strings.Repeat("x", 300_000)
	return map[filing.Code]codeCase{
		"file.encoding.big5": func(t *testing.T) []filing.Finding {
			return inCSV(encode(t, traditionalchinese.Big5, "檔案編號,申索款額\n甲一,5\n"))(t)
		},
		"header.none":               inCSV("A,B\n1,2\n"),
		"header.column.missing":     inCSV("reference\nA\n"),
		"header.column.unknown":     inCSV("reference,colour\nA,red\n"),
		"header.column.duplicate":   inCSV("reference,Reference\nA,B\n"),
		"header.column.hidden":      inHeadings(filing.Cell{Text: "reference", Hidden: true}),
		"control.unknown":           inCSV("#colour,red\n" + withRow("A", "5")),
		"control.invalid":           inCSV("#claims,many\n" + withRow("A", "5")),
		"control.duplicate":         inCSV("#claims,1\n#claims,1\n" + withRow("A", "5")),
		"control.hash.mismatch":     inCSV("#hash," + hashOf("") + "\n" + withRow("A", "5")),
		"control.hash.unsupported":  inControlSheet("hash", hashOf("")),
		"row.too-large":             inCSV(withRow("A", long)),
		"row.short":                 inCSV(heading + "\nA,c,5\n"),
		"row.long":                  inCSV(heading + "\nA,c,5" + rest + ",more\n"),
		"row.quote.open":            inCSV(heading + "\nA,c,\"5" + rest + "\n"),
		"row.quote.inside":          inCSV(heading + "\nA,c,\"5\"x" + rest + "\n"),
		"row.hidden":                inRow(filing.TableRow{Hidden: true, Cells: []filing.Cell{textCell("A")}}),
		"json.syntax":               inJSON(`{"reference":`),
		"json.not-object":           inJSON(`{}` + "\n5"),
		"json.member.unknown":       inJSON(`{"colour":"red"}`),
		"json.member.duplicate":     inJSON(`{"reference":"A","reference":"B"}`),
		"json.member.type":          inJSON(`{"reference":5}`),
		"cell.encoding":             inCSV(withRow("A\xff", "5")),
		"cell.error":                inCSV(withRow("#REF!", "5")),
		"cell.formula":              inCell("reference", formulaCell(textCell("A"))),
		"cell.formula.uncalculated": inCell("reference", formulaCell(textCell(""))),
		"cell.merged":               inCell("reference", filing.Cell{Merged: true}),
		"cell.not-text":             inCell("reference", dateCell("2026-03-02")),
		"cell.amount.invalid":       inCSV(withRow("A", "five")),
		"cell.amount.ambiguous":     inCSV(withRow("A", "1.234")),
		"cell.amount.scientific":    inCSV(withRow("A", "1.2E+05")),
		"cell.amount.decimals":      inCSV(withRow("A", "5.0001")),
		"cell.amount.currency":      inCSV(withRow("A", "¥5")),
		"cell.amount.range":         inCSV(withRow("A", "99999999999999999999")),
		"cell.date.invalid":         inCSV(withColumn("arose_on", "soon")),
		"cell.date.ambiguous":       inCSV(withColumn("arose_on", "03/04/2026")),
		"cell.date.serial":          inCSV(withColumn("arose_on", "46083")),
		"cell.reference.scientific": inCSV(withRow("8.12E+11", "5")),
		"cell.reference.number":     inCell("reference", numberCell("12")),
		"cell.reference.zeros":      inCSV(heading + "\n100001,c,5" + rest + "\n100002,c,5" + rest + "\n100003,c,5" + rest + "\n10004,c,5" + rest + "\n"),
		"cell.reference.date":       inCSV(withRow("2-Jan", "5")),
	}
}

func inCSV(text string) codeCase  { return inFile(filing.CSV{}, text) }
func inJSON(text string) codeCase { return inFile(filing.JSONLines{}, text) }

func inFile(format filing.Format, text string) codeCase {
	return func(t *testing.T) []filing.Finding {
		r := readText(format, text, filing.ReadOptions{})
		require.NoError(t, r.err)
		return r.findings()
	}
}

func inHeadings(cells ...filing.Cell) codeCase {
	return func(t *testing.T) []filing.Finding {
		_, found, err := filing.NewTable(filing.TableRow{Line: 1, Cells: cells}, filing.ReadOptions{Currency: "HKD"})
		require.NoError(t, err)
		return found
	}
}

func inRow(row filing.TableRow) codeCase {
	return func(t *testing.T) []filing.Finding {
		table, _, err := filing.NewTable(filing.TableRow{Line: 1, Cells: []filing.Cell{textCell("reference")}}, filing.ReadOptions{Currency: "HKD"})
		require.NoError(t, err)
		got, _ := table.Read(row)
		return got.Findings
	}
}

func inCell(column string, cell filing.Cell) codeCase {
	return func(t *testing.T) []filing.Finding {
		row, _ := readCells(t, []string{column, "nature"}, cell, textCell("services"))
		return row.Findings
	}
}

func inControlSheet(name, value string) codeCase {
	return func(*testing.T) []filing.Finding {
		_, found := filing.ReadControl([]filing.TableRow{{Line: 1, Cells: []filing.Cell{textCell(name), textCell(value)}}}, filing.ReadOptions{})
		return found
	}
}
