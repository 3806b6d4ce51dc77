package rollout_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/rollout"
)

// FuzzLoad holds that what loads answers every question about what it lists, and that what does not load says why.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(read(f, "harbour.json")))
	f.Add([]byte(change(f, "harbour.json", `"since": "2030-03-01"`, `"unknown": {"en": "?"}`)))
	f.Add([]byte(`{"courts": [{"types": [{"services": [{"of": ["filing"], "never": {}}]}]}], "mandates": [{"stages": [{}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := rollout.Load(data)
		if err != nil {
			var problems *rollout.LoadError
			require.ErrorAs(t, err, &problems)
			require.NotEmpty(t, problems.Problems)
			require.Nil(t, table)
			return
		}
		for _, c := range table.Courts() {
			for _, k := range c.Types {
				for _, on := range []string{"0001-01-01", "2030-06-01", "9999-12-31"} {
					ask(t, table, c.Code, k, on)
				}
			}
		}
	})
}

func ask(t *testing.T, table *rollout.Table, court string, k rollout.Type, on string) {
	for _, s := range rollout.Services() {
		a, err := table.Covers(court, k.Code, s, day(on))
		require.NoError(t, err)
		require.NotEmpty(t, a.Reason.Steps)
		require.False(t, a.Verdict == rollout.Unknown && !k.Offer(s).Since.IsZero(), "a known first day leaves nothing unknown")
	}
	d, err := table.Mandate(rollout.Question{Court: court, Type: k.Code, Date: day(on), Represented: rollout.Yes})
	require.NoError(t, err)
	require.NotEmpty(t, d.Reason.Steps)
}

// FuzzLoadDirectory holds the same of directories.
func FuzzLoadDirectory(f *testing.F) {
	f.Add([]byte(read(f, "harbour-info.json")))
	f.Add([]byte(`{"everywhere": {"hours": [{"opens": "24:00"}]}, "courts": [{"maintenance": [{}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := rollout.LoadDirectory(data, zone)
		if err != nil {
			var problems *rollout.LoadError
			require.ErrorAs(t, err, &problems)
			require.NotEmpty(t, problems.Problems)
			require.Nil(t, d)
			return
		}
		for _, c := range d.Courts() {
			for _, at := range []int64{0, 1_906_000_000, 1 << 40} {
				a, err := d.Serves(c, time.Unix(at, 0))
				require.NoError(t, err)
				require.NotEmpty(t, a.Reason.Steps)
			}
		}
	})
}
