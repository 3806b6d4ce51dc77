package filing

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// scanAll gives all records of a text, with the code of the problem as their only cell where there is one.
func scanAll(t require.TestingT, in io.Reader, limit int) (records [][]string) {
	s := newCSVScanner(in, limit)
	for {
		cells, p, err := s.next()
		if errors.Is(err, io.EOF) {
			return records
		}
		require.NoError(t, err)
		record := []string{string(p.code)}
		for _, c := range cells {
			record = append(record, c.Text)
		}
		records = append(records, record)
	}
}

func csvText() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{`"`, `"`, `""`, ",", ",", "\n", "\r\n", "\r", " ", "a", "bc", "被", strings.Repeat("x", 40)})
	return rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(piece, 0, 30).Draw(t, "pieces"), "") })
}

// TestScanInPieces reads a text as it comes from a slow source, byte by byte: the records are the same.
func TestScanInPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := csvText().Draw(t, "text")
		limit := rapid.SampledFrom([]int{20, 100, 10_000}).Draw(t, "limit")
		whole := scanAll(t, strings.NewReader(text), limit)
		require.Equal(t, whole, scanAll(t, iotest.OneByteReader(strings.NewReader(text)), limit))
		require.Equal(t, whole, scanAll(t, iotest.DataErrReader(strings.NewReader(text)), limit))
	})
}

// TestScanAgreesWithTheStandardLibrary compares with encoding/csv wherever that takes the text at all. It drops empty lines, reads a CRLF
// inside quotes as LF and doesn't take a CR for a line end; there are none here.
func TestScanAgreesWithTheStandardLibrary(t *testing.T) {
	agreed := 0
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ReplaceAll(csvText().Draw(t, "text"), "\r", "")
		standard := csv.NewReader(strings.NewReader(text))
		standard.FieldsPerRecord = -1
		want, err := standard.ReadAll()
		if err != nil {
			return
		}
		var got [][]string
		for _, record := range scanAll(t, strings.NewReader(text), 10_000) {
			require.Empty(t, record[0])
			if len(record) > 2 || record[1] != "" {
				got = append(got, record[1:])
			}
		}
		var filled [][]string
		for _, record := range want {
			if len(record) > 1 || record[0] != "" {
				filled = append(filled, record)
			}
		}
		require.Equal(t, filled, got)
		agreed++
	})
	require.NotZero(t, agreed)
}
