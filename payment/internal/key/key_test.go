package key_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/payment/internal/key"
)

func TestChecks(t *testing.T) {
	require.NoError(t, key.CheckID("the id", "FT 2026/1 #7 é", 20))
	require.EqualError(t, key.CheckID("the id", "", 20), "the id is empty")
	require.EqualError(t, key.CheckID("the id", "a|b", 20), `the id "a|b" has a "|"`)
	require.ErrorContains(t, key.CheckID("the id", "abc", 2), "3 bytes, at most 2")
	require.ErrorContains(t, key.CheckID("the id", "\xff", 2), "not valid UTF-8")
	require.ErrorContains(t, key.CheckID("the id", "a\tb", 9), "control character")

	require.NoError(t, key.CheckName("the court", "A-z.0_9"))
	for _, bad := range []string{"", "a b", "a:b", "a/b", "a|b", "é", "a\x00", strings.Repeat("x", 61)} {
		require.Error(t, key.CheckName("the court", bad), "%q", bad)
	}

	require.NoError(t, key.CheckText("the note", "", 0))
	require.Error(t, key.CheckText("the note", "\n", 9))

	require.NoError(t, key.CheckTime("the instant", time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)))
	require.Error(t, key.CheckTime("the instant", time.Time{}))
	require.Error(t, key.CheckTime("the instant", time.Date(9999, 12, 31, 23, 59, 59, 0, time.FixedZone("W", -3600))))
}

func TestInstantIsWhatIsReadBack(t *testing.T) {
	zone := time.Date(2026, 3, 2, 9, 0, 0, 123, time.FixedZone("E", 8*3600))
	b, err := key.Instant(zone).MarshalText()
	require.NoError(t, err)
	var back time.Time
	require.NoError(t, back.UnmarshalText(b))
	require.Equal(t, key.Instant(zone), back)
	require.True(t, key.Instant(time.Time{}.In(time.FixedZone("E", 3600))).IsZero())
}

// TestTimesSortAsBytes compares two instants and their keys.
func TestTimesSortAsBytes(t *testing.T) {
	instant := rapid.Custom(func(t *rapid.T) time.Time {
		zone := time.FixedZone("Z", rapid.IntRange(-14*3600, 14*3600).Draw(t, "zone"))
		return time.Unix(rapid.Int64Range(-62135596800+86400, 253402300799-86400).Draw(t, "s"), rapid.Int64Range(0, 999999999).Draw(t, "ns")).In(zone)
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := instant.Draw(t, "a"), instant.Draw(t, "b")
		require.Equal(t, a.Compare(b), strings.Compare(key.Time(a), key.Time(b)))
	})
}

// TestAfterEndsThePrefix sorts keys of neighbouring names: what begins with the prefix and "|" lies between it and After, nothing else does.
func TestAfterEndsThePrefix(t *testing.T) {
	keys := []string{"a", "a|", "a|1", "a|\uffff", "a0", "az|1", "a.|1", "b|1", "A|1"}
	slices.Sort(keys)
	var in []string
	for _, k := range keys {
		if k >= key.Join("a", "") && k < key.After("a") {
			in = append(in, k)
		}
	}
	require.Equal(t, []string{"a|", "a|1", "a|\uffff"}, in)
}
