package fees_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones of testdata, on machines without them

	"courts.example/eservices/fees"
	"courts.example/eservices/icms/money"
	"github.com/stretchr/testify/require"
)

// harbour reads the invented court whose file the package documentation shows.
func harbour(t testing.TB) *fees.Schedule {
	t.Helper()
	data, err := os.ReadFile("testdata/harbour.json")
	require.NoError(t, err)
	s, err := fees.Load(data)
	require.NoError(t, err)
	return s
}

// file is a whole schedule in HKD at UTC+8 around the given items and further fields, all of which cite the provision "p".
func file(items string, more ...string) string {
	rest := ""
	if len(more) > 0 {
		rest = ", " + strings.Join(more, ", ")
	}
	return fmt.Sprintf(`{"format": "fees/1", "name": "test", "version": "1", "title": {"en": "Test"},
		"currency": "HKD", "zone": "+08:00", "provisions": {"p": {"instrument": "Test Act", "status": "confirmed"}},
		"items": [%s]%s}`, items, rest)
}

// item is an item "x" with the given editions, bands an edition that is always in force.
func item(editions string) string {
	return fmt.Sprintf(`{"name": "x", "title": {"en": "X"}, "editions": [%s]}`, editions)
}

func bands(list string) string {
	return item(fmt.Sprintf(`{"provision": "p", "bands": [%s]}`, list))
}

func load(t testing.TB, text string) *fees.Schedule {
	t.Helper()
	s, err := fees.Load([]byte(text))
	require.NoError(t, err)
	return s
}

// refused loads a file that must not load and gives what the error says.
func refused(t testing.TB, text string) string {
	t.Helper()
	s, err := fees.Load([]byte(text))
	var problems *fees.LoadError
	require.ErrorAs(t, err, &problems)
	require.Nil(t, s)
	require.NotEmpty(t, problems.Problems)
	return err.Error()
}

func amount(t testing.TB, s *fees.Schedule, text string) money.Amount {
	t.Helper()
	a, err := money.Parse(text, s.Currency())
	require.NoError(t, err)
	return a
}

// at reads an instant, with an offset, or in UTC+8 without one.
func at(t testing.TB, text string) time.Time {
	t.Helper()
	if v, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return v
	}
	v, err := time.ParseInLocation("2006-01-02T15:04:05", text, time.FixedZone("", 8*3600))
	require.NoError(t, err)
	return v
}

func pricer(t testing.TB, s *fees.Schedule, item string, mode fees.Mode, when string) *fees.Pricer {
	t.Helper()
	p, err := s.Pricer(item, mode, at(t, when))
	require.NoError(t, err)
	return p
}

// replace changes one place of a file, which must be there.
func replace(t testing.TB, text, old, new string) string {
	t.Helper()
	require.Contains(t, text, old)
	return strings.Replace(text, old, new, 1)
}
