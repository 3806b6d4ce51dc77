package filing_test

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
)

// manyClaims is a CSV file of equal rows that is nowhere held whole.
type manyClaims struct {
	head []byte
	row  []byte
	n    int64
}

func (m manyClaims) size() int64 { return int64(len(m.head)) + m.n*int64(len(m.row)) }

func (m manyClaims) ReadAt(p []byte, at int64) (int, error) {
	n := 0
	for n < len(p) && at < m.size() {
		var piece []byte
		if at < int64(len(m.head)) {
			piece = m.head[at:]
		} else {
			piece = m.row[(at-int64(len(m.head)))%int64(len(m.row)):]
		}
		copied := copy(p[n:], piece)
		n += copied
		at += int64(copied)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// TestReadingHoldsOneClaim reads a file of 60 MB; the live heap stays what it was.
func TestReadingHoldsOneClaim(t *testing.T) {
	m := manyClaims{head: []byte(heading + "\n"), row: []byte("A,c,5,D," + string(bytes.Repeat([]byte("x"), 280)) + ",P,C\n"), n: 200_000}
	heap := func() uint64 {
		runtime.GC()
		var s runtime.MemStats
		runtime.ReadMemStats(&s)
		return s.HeapAlloc
	}
	before, rows, most := heap(), 0, uint64(0)
	for row, err := range (filing.CSV{}).Read(t.Context(), filing.File{Name: "many.csv", Bytes: m, Size: m.size()}, filing.ReadOptions{Currency: "HKD"}) {
		if err != nil || row.Findings != nil {
			t.Fatal(err, row.Findings)
		}
		if rows++; rows%50_000 == 0 {
			most = max(most, heap())
		}
	}
	require.Equal(t, int(m.n), rows)
	require.Less(t, int64(most)-int64(before), int64(4<<20), fmt.Sprint(before, most))
}
