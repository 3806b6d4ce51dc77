package icms_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/store/sqlite"
)

// BenchmarkCauseBook asks for the first 20 entries of a cause book by name and by day, and for the first results of a search by the name of a
// party, on SQLite; what is reported are medians. ICMS_CASES is the number of cases, 20,000 where it is not set: a million takes most of an
// hour, nearly all of it to file them.
func BenchmarkCauseBook(b *testing.B) {
	n, err := strconv.Atoi(cmp.Or(os.Getenv("ICMS_CASES"), "20000"))
	require.NoError(b, err)
	c := &counter{t: b, blobs: openFolder(b), court: smallClaims(b)}
	db, err := sqlite.Open(b.Context(), sqlite.Options{Path: filepath.Join(b.TempDir(), "court.db"), Durability: sqlite.Process})
	require.NoError(b, err)
	defer db.Close()
	c.store = db
	c.set("2026-03-02 10:00:00")
	c.court.Inspection.Item = ""
	c.open()
	c.topUp(100_000_000)
	people := rand.New(rand.NewPCG(1, 2))
	var asked []string
	for done := 0; done < n; {
		names := make([]string, min(10_000, n-done))
		for i := range names {
			names[i] = invented(people)
		}
		asked = append(asked, names[0], names[len(names)/2])
		c.at = c.at.AddDate(0, 0, 1)
		_, err := c.Registry().File(b.Context(), batch(called(fmt.Sprint("B", done), names...)))
		require.NoError(b, err)
		done += len(names)
	}
	for b.Loop() {
		var byName, bySearch, byDay []time.Duration
		for i, name := range asked[:min(len(asked), 40)] {
			english, chinese, _ := strings.Cut(name, "/")
			for _, text := range []string{english, chinese} {
				byName = append(byName, timed(func() {
					page, _, err := c.CauseBook().Find(b.Context(), icms.BookQuery{Court: "SCT", Party: text, Limit: 20})
					require.NoError(b, err)
					require.NotEmpty(b, page)
				}))
			}
			q := c.look(icms.Search{Court: "SCT", By: searcher, Reference: fmt.Sprint(b.N, i), Party: english})
			bySearch = append(bySearch, timed(func() {
				_, _, err := c.Inspection().Results(b.Context(), q.ID, "", 20)
				require.NoError(b, err)
			}))
			byDay = append(byDay, timed(func() {
				_, _, err := c.CauseBook().Find(b.Context(), icms.BookQuery{Court: "SCT", From: q.From, Limit: 20})
				require.NoError(b, err)
			}))
		}
		for what, all := range map[string][]time.Duration{"name": byName, "search": bySearch, "day": byDay} {
			slices.Sort(all)
			b.ReportMetric(all[len(all)/2].Seconds()*1e3, "ms/"+what)
			b.ReportMetric(all[len(all)-1].Seconds()*1e3, "ms/slowest-"+what)
		}
	}
	b.ReportMetric(0, "ns/op")
}

func timed(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

// invented is an invented name, in English and in Chinese.
func invented(r *rand.Rand) string {
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	given := pick("Pat", "Alex", "Sam", "Kim", "Lee", "Robin") + " " + fmt.Sprintf("No%03d", r.IntN(600))
	hans := []rune("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黃宇宙洪荒日月盈昃")
	chinese := string([]rune{hans[r.IntN(len(hans))], hans[r.IntN(len(hans))], hans[r.IntN(len(hans))]})
	return pick("Sample", "Example", "Model", "Pattern", "Demo") + " " + given + "/" + chinese
}
