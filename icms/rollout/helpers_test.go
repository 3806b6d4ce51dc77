package rollout_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/rollout"
)

var zone = time.FixedZone("", 3600)

func read(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return string(data)
}

func harbour(t testing.TB) *rollout.Table {
	t.Helper()
	table, err := rollout.Load([]byte(read(t, "harbour.json")))
	require.NoError(t, err)
	return table
}

func directory(t testing.TB) *rollout.Directory {
	t.Helper()
	d, err := rollout.LoadDirectory([]byte(read(t, "harbour-info.json")), zone)
	require.NoError(t, err)
	return d
}

func day(text string) calendar.Date { return calendar.MustDate(text) }

// codes gives the codes of the steps of a reason.
func codes(r law.Reason) string {
	var out []string
	for _, s := range r.Steps {
		out = append(out, s.Code)
	}
	return strings.Join(out, " ")
}
