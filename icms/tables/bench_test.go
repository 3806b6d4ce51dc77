package tables_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/tables"
)

// Reading and proving a court of 70 kB.
func BenchmarkLoad(b *testing.B) {
	data, err := os.ReadFile("../hk/districtcourt.json")
	require.NoError(b, err)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		_, err := tables.Load(data)
		require.NoError(b, err)
	}
}
