package payment_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/payment"
)

// Numbers that card companies publish for tests; no card has them.
var testCards = []string{
	"4242424242424242", "4222222222222", "5555555555554444", "2223003122003222", "378282246310005", "3530111333300000", "6200000000000005",
	"6011111111111117", "30569309025904", "6205500000000000004",
}

const removed = "[card number removed]"

func TestScrub(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"paid by Visa 4242", "paid by Visa 4242"},
		{"4242424242424242", removed},
		{"card=4242424242424242;cvv=123", "card=" + removed + ";cvv=123"},
		{"4242 4242 4242 4242", removed},
		{"4242-4242-4242-4242", removed},
		{"4 2-4 2 4 2 4 2 4 2 4 2 4 2 4 2.", removed + "."},
		{"3782 822463 10005", removed},
		{"４２４２ ４２４２　４２４２－4242", removed},
		{"卡號４２４２４２４２４２４２４２４２，謝謝", "卡號" + removed + "，謝謝"},
		{"4242\u00a04242\u20114242\u20134242", removed},
		{"ref4242424242424242x", "ref" + removed + "x"},
		{"ch-000017-4242424242424242", "ch-000017-" + removed},
		{"1-4242424242424242", "1-" + removed},
		{"4242424242424242/5555555555554444", removed + "/" + removed},
		{`{"pan":"4242424242424242"}`, `{"pan":"` + removed + `"}`},
		{"000004242424242424242", removed},
		{"\xff4242424242424242\xef\xbc", "\xff" + removed + "\xef\xbc"},

		{"4242424242424241", "4242424242424241"},
		{"42424242424242421", "42424242424242421"},
		{"14242424242424242", "14242424242424242"},
		{"4242  4242  4242  4242", "4242  4242  4242  4242"},
		{"4242,4242,4242,4242", "4242,4242,4242,4242"},
		{"424242424242", "424242424242"},
		{strings.Repeat("4242", 6), strings.Repeat("4242", 6)},
		{strings.Repeat("0", 16), strings.Repeat("0", 16)},
		{"00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000"},
		{"6ba7b810-9dad-11d1-80b4-00c04fd430c8", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"},
		{"HKD 1,234,567,890.12 and 98765432.10", "HKD 1,234,567,890.12 and 98765432.10"},
		{"2026-11-23T09:07:04.123456789+08:00", "2026-11-23T09:07:04.123456789+08:00"},
		{"2026-11-23 09:07:04", "2026-11-23 09:07:04"},
		{"SCTC000123/2026 order/2026-11-23/000017", "SCTC000123/2026 order/2026-11-23/000017"},
		{"+852 2123 4567", "+852 2123 4567"},
	} {
		require.Equal(t, tt.want, payment.Scrub(tt.in), "%q", tt.in)
		require.Equal(t, tt.want != tt.in, payment.HasCard(tt.in), "%q", tt.in)
	}
	for _, card := range testCards {
		require.Equal(t, "<"+removed+">", payment.Scrub("<"+card+">"))
	}
}

// TestScrubCoversWhatOverlaps has numbers that share digits: no part of the true one is left because an accident came first.
func TestScrubCoversWhatOverlaps(t *testing.T) {
	hits := 0
	for lead := range 1000 {
		in := fmt.Sprintf("%03d 4242 4242 4242 4242 %03d", lead, 999-lead)
		out := payment.Scrub(in)
		require.Contains(t, out, removed)
		require.NotContains(t, out, "4242", in)
		if strings.HasPrefix(out, "[") {
			hits++
		}
	}
	require.Less(t, hits, 400, "numbers beside a card stay, unless by accident they make a number too")
}

func TestScrubID(t *testing.T) {
	require.Equal(t, "pi_3MtwBwLkdIwHu7ix28a3tqPa", payment.ScrubID("pi_3MtwBwLkdIwHu7ix28a3tqPa"))
	require.Empty(t, payment.ScrubID(""))
	one, other := payment.ScrubID("pay-4242424242424242"), payment.ScrubID("pay-5555555555554444")
	require.Regexp(t, "^sha256:[0-9a-f]{32}$", one)
	require.NotEqual(t, one, other)
	require.Equal(t, one, payment.ScrubID("pay-4242424242424242"))

	again := 0
	for i := range 20_000 {
		id := fmt.Sprintf("4242424242424242-%c%d", 'a'+i%26, i)
		sum := sha256.Sum256([]byte(id))
		plain := "sha256:" + hex.EncodeToString(sum[:16])
		got := payment.ScrubID(id)
		require.False(t, payment.HasCard(got))
		require.Equal(t, got, payment.ScrubID(got))
		if got != plain {
			require.True(t, payment.HasCard(plain))
			again++
		}
	}
	t.Logf("%d of 20,000 digests were digested again", again)
	require.NotZero(t, again)
}

// TestWhatIsHiddenByAccident measures what the filter costs, on things that are no card numbers. The bounds are what the comments promise.
func TestWhatIsHiddenByAccident(t *testing.T) {
	at := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name string
		make func(i int, random [32]byte) string
		most float64
	}{
		{"milliseconds", func(i int, _ [32]byte) string { return strconv.FormatInt(at.UnixMilli()+int64(i)*977, 10) }, 0.11},
		{"nanoseconds", func(i int, _ [32]byte) string { return strconv.FormatInt(at.UnixNano()+int64(i)*977_123, 10) }, 0.11},
		{"instants", func(i int, _ [32]byte) string { return at.Add(time.Duration(i) * 977_123_457).Format(time.RFC3339Nano) }, 0},
		{"amounts", func(i int, r [32]byte) string { return cents(int64(binary.BigEndian.Uint32(r[:]))).String() }, 0},
		{"uuids", func(_ int, r [32]byte) string {
			return fmt.Sprintf("%x-%x-%x-%x-%x", r[:4], r[4:6], r[6:8], r[8:10], r[10:16])
		}, 0.004},
		{"digests", func(_ int, r [32]byte) string { return hex.EncodeToString(r[:]) }, 0.01},
	} {
		const n = 20_000
		hidden := 0
		for i := range n {
			if payment.HasCard(tt.make(i, sha256.Sum256([]byte(strconv.Itoa(i))))) {
				hidden++
			}
		}
		t.Logf("%s: %.2f %%", tt.name, 100*float64(hidden)/n)
		require.LessOrEqual(t, float64(hidden)/n, tt.most, tt.name)
	}
}

// spelled draws a test card's number in some spelling.
func spelled(t *rapid.T) string {
	var b strings.Builder
	wide := rapid.Bool().Draw(t, "wide")
	for i, d := range rapid.SampledFrom(testCards).Draw(t, "card") {
		if i > 0 {
			b.WriteString(rapid.SampledFrom([]string{"", "", "", " ", "-", "\u3000", "\uff0d"}).Draw(t, "separator"))
		}
		if wide {
			d += '０' - '0'
		}
		b.WriteRune(d)
	}
	return b.String()
}

// TestNoSpellingPasses puts a number among words without digits: nothing of it is left, and the words are.
func TestNoSpellingPasses(t *testing.T) {
	words := rapid.StringMatching(`([a-zA-Z:=/, 入稟費用{}"]*[a-zA-Z:=/,費用{}"])?`)
	after := rapid.StringMatching(`([a-zA-Z:=/,費用{}"][a-zA-Z:=/, 入稟費用{}"]*)?`)
	rapid.Check(t, func(t *rapid.T) {
		before, behind := words.Draw(t, "before"), after.Draw(t, "after")
		in := before + spelled(t) + behind
		require.True(t, payment.HasCard(in))
		require.Equal(t, before+removed+behind, payment.Scrub(in))
	})
}

// TestScrubLong takes texts of two million bytes made of the worst pieces; were the work not linear, it would not end.
func TestScrubLong(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	for _, piece := range []string{"4", "0", "4 ", "0 ", "4242 ", "-", "　", "\xef", "4242424242424242 ", "42424242424242421", "a1"} {
		in := strings.Repeat(piece, 2_000_000/len(piece))
		out := payment.Scrub(in)
		require.False(t, payment.HasCard(out), "%q", piece)
	}
}

func BenchmarkScrub(b *testing.B) {
	for name, piece := range map[string]string{
		"words": "the attempt is unknown, asked again in 5m0s; ", "digits": "4", "spaced": "4 ", "groups": "1234 ", "cards": "4242 4242 4242 4242, ",
	} {
		for _, size := range []int{1 << 10, 1 << 20} {
			in := strings.Repeat(piece, size/len(piece))
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				b.SetBytes(int64(len(in)))
				b.ReportAllocs()
				for b.Loop() {
					payment.Scrub(in)
				}
			})
		}
	}
}
