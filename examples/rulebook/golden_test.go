package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What each rule writes, to the byte: the answers with their reasons.
func TestGolden(t *testing.T) {
	for _, c := range []struct {
		name, table string
		args        []string
	}{
		{"receipt-announced", receiptCases, []string{"receipt", "-closures", registryClosures}},
		{"receipt-statutory", receiptCases, []string{"receipt", "-closures", registryClosures, "-reading", "statutory"}},
		{"limit", limitCases, []string{"limit", "-closures", registryClosures, "-warnings", signals}},
		{"fee", feeCases, []string{"fee"}},
		{"claim", claimCases, []string{"claim"}},
		{"holidays-2026", "", []string{"holidays", "-year", "2026"}},
		{"holidays-2033", "", []string{"holidays", "-year", "2033", "-lenient"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, _, status := invoke(c.table, c.args...)
			require.Equal(t, done, status)
			file := filepath.Join("testdata", c.name+".golden")
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(out), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			wanted, written := strings.Split(string(want), "\n"), strings.Split(out, "\n")
			require.Len(t, written, len(wanted))
			for i := range wanted {
				require.Equal(t, wanted[i], written[i], "%s, line %d: if a package words its reasons anew, run go test ./examples/rulebook -update", file, i+1)
			}
		})
	}
}

const receiptCases = `received
2026-03-02T13:30
2026-04-02T18:00
2024-11-14T09:00
2020-08-19T10:00
2030-02-01T18:00
tomorrow
`

const limitCases = `event,days,rule
2026-03-02,7,court
2026-03-20,14,ord
2020-07-15,7,court
2024-10-31,14,court
2028-01-20,7,court
2026-03-02,7,civil
`

const feeCases = `court,item,amount,mode,at
sct,filing,5000.01,electronic,2026-03-02T10:00
sct,search,,electronic,2026-03-02T10:00
sct,filing,60000,electronic,2024-10-30T23:59
sct,filing,1000,paper,2015-01-01T10:00
`

const claimCases = `claimant,category,amount,at
醫院管理局,other,900,2026-03-02T10:00
MTR Corporation Limited,surcharge,900,2026-03-02T10:00
Nobody Limited,other,80000,2020-01-01T10:00
Sun Mobile Limited,other,nothing,2026-03-02T10:00
`
