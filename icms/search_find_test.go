package icms_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/store"
)

// called writes a claim against each of the names as CSV: "Name", "Name/中文", two parties as "One+Two".
func called(prefix string, all ...string) string {
	var b strings.Builder
	b.WriteString("reference,category,amount,defendant_name,defendant_chinese_name,defendant_address,defendant2_name,defendant2_address,nature,particulars,calculation,arose_on\n")
	for i, name := range all {
		first, second, _ := strings.Cut(name, "+")
		first, chinese, _ := strings.Cut(first, "/")
		where := ""
		if second != "" {
			where = "\"2 Example Road\""
		}
		fmt.Fprintf(&b, "%s-%05d,other,%d,%s,%s,\"Flat %d, Sample House, Example Road\",%s,%s,services,Unpaid charges,Sum of invoices,2026-01-02\n",
			prefix, i+1, 1000+i, first, chinese, i+1, second, where)
	}
	return b.String()
}

// book is a counter with cases of three days, some restricted and some sealed, and what is in its book, in its order.
type book struct {
	*counter
	all []booked
}

type booked struct {
	number, day string
	names       []string
	access      icms.CaseAccess
}

func newBook(t testing.TB, perDay int) *book {
	c := newCounter(t, "2026-03-02 10:00:00", 10_000)
	b := &book{counter: c}
	words := []string{"Sample", "Pat", "Alex", "Example", "Limited"}
	chinese := []string{"", "", "甲乙", "乙丙丁", "丙甲"}
	n := 0
	for _, day := range []string{"2026-03-02", "2026-03-03", "2026-03-04"} {
		c.set(day + " 10:00:00")
		var all []string
		for i := range perDay {
			name := words[(n+i)%5] + " " + words[(n+i*i)%5]
			if zh := chinese[(n+2*i)%5]; zh != "" {
				name += "/" + zh
			}
			if i%4 == 0 {
				name += "+" + words[i%3] + " Second"
			}
			all = append(all, name)
		}
		r, err := c.Registry().File(t.Context(), batch(called(day, all...)))
		require.NoError(t, err)
		require.Equal(t, icms.Registered, r.State, "%v", r.Findings)
		for _, name := range all {
			n++
			access := []icms.CaseAccess{icms.CaseOpen, icms.CaseOpen, icms.CaseRestricted, icms.CaseSealed, icms.CaseOpen}[n%5]
			number := fmt.Sprintf("SCTC%06d/2026", n)
			if access != icms.CaseOpen {
				_, err := c.Registry().SetAccess(t.Context(), icms.CaseAct{Court: "SCT", Case: number, By: registrar}, access)
				require.NoError(t, err)
			}
			parties := strings.Split(strings.ReplaceAll(name, "/", " "), "+")
			b.all = append(b.all, booked{number, day, append(parties, "Sample Utilities Limited 範例公用事業有限公司"), access})
		}
	}
	c.court.Inspection.Item = "" // free, so that tests ask often
	c.open()
	return b
}

// naive is what a search finds, by looking at every case.
func (b *book) naive(t require.TestingT, q icms.BookQuery) []string {
	out := []string{}
	for _, c := range b.all {
		is := true
		if q.Party != "" {
			var err error
			is, err = names.Matches(q.Party, q.Typing, c.names...)
			require.NoError(t, err)
		}
		if is && c.access == icms.CaseOpen && (q.From.IsZero() || c.day >= q.From.String()) && (q.Until.IsZero() || c.day <= q.Until.String()) {
			out = append(out, c.number)
		}
	}
	return out
}

func drawDay(t *rapid.T, what string) calendar.Date {
	text := rapid.SampledFrom([]string{"", "", "2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"}).Draw(t, what)
	if text == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(text)
	require.NoError(t, err)
	return d
}

// Whatever is searched for, in pages of whatever size, is what looking at every case finds, without the sealed and the restricted ones: by the
// cause book and by a search, each once and in the order of the book.
func TestSearchesFindWhatLookingAtEveryCaseFinds(t *testing.T) {
	b := newBook(t, 25)
	asked := 0
	rapid.Check(t, func(t *rapid.T) {
		q := icms.BookQuery{
			Court: "SCT", Limit: rapid.IntRange(1, 30).Draw(t, "limit"), From: drawDay(t, "from"), Until: drawDay(t, "until"),
			Party: rapid.SampledFrom([]string{
				"", "sample", "pat", "limited", "pat example", "sample limited", "甲", "乙丙", "公用", "second", "sample utilities", "alex 甲乙", "nobody",
			}).Draw(t, "party"),
		}
		if !q.From.IsZero() && !q.Until.IsZero() && q.Until.Before(q.From) {
			q.From, q.Until = q.Until, q.From
		}
		if q.Typing = rapid.Bool().Draw(t, "typing") && len(q.Party) > 3 && q.Party < "z"; q.Typing {
			q.Party = q.Party[:len(q.Party)-1]
		}
		want := b.naive(t, q)
		require.Equal(t, want, b.inBook(t, q))
		if q.Typing || q.Party == "" && q.From.IsZero() && q.Until.IsZero() {
			return
		}
		asked++
		s, err := b.Inspection().Search(b.t.Context(), icms.Search{
			Court: "SCT", By: searcher, Reference: fmt.Sprint(asked), Party: q.Party, From: q.From, Until: q.Until,
		})
		require.NoError(t, err)
		require.Equal(t, want, b.found(s, q.Limit))
	})
}

// inBook lists what the cause book finds, page by page.
func (b *book) inBook(t require.TestingT, q icms.BookQuery) []string {
	out := []string{}
	for {
		page, next, err := b.CauseBook().Find(b.t.Context(), q)
		require.NoError(t, err)
		require.LessOrEqual(t, len(page), q.Limit)
		for _, e := range page {
			out = append(out, e.Number)
		}
		if q.After = next; next == "" {
			return out
		}
		require.Less(t, len(out), 1000)
	}
}

func TestAPageOfNoSize(t *testing.T) {
	b := newBook(t, 3)
	for _, q := range []icms.BookQuery{{Limit: -1}, {Limit: 100_000}, {After: "?"}, {After: "e30x"}, {After: "eyJhdCI6Ilx1MDAwMCJ9", Party: "pat"}, {After: "eyJuYW1lcyI6Ij8ifQ", Party: "pat"}} {
		q.Court = "SCT"
		_, _, err := b.CauseBook().Find(t.Context(), q)
		require.ErrorIs(t, err, icms.ErrInvalid, "%v", q)
	}
	_, _, err := b.CauseBook().Find(t.Context(), icms.BookQuery{Court: "XX"})
	require.ErrorIs(t, err, icms.ErrUnknownCourt)
}

// counting is a store that counts the records that are listed.
type counting struct {
	store.Store
	listed atomic.Int64
}

func (x *counting) List(ctx context.Context, q store.Query) (store.Page, error) {
	p, err := x.Store.List(ctx, q)
	x.listed.Add(int64(len(p.Records)))
	return p, err
}

// A page costs what is on it, however many cases there are before and behind.
func TestAPageReadsNoMoreThanItself(t *testing.T) {
	b := newBook(t, 100)
	x := &counting{Store: b.store}
	b.store = x
	b.open()
	for _, most := range []struct {
		icms.BookQuery
		reads int64
	}{
		{icms.BookQuery{}, 10},
		{icms.BookQuery{From: calendar.MustDate("2026-03-04")}, 10},
		{icms.BookQuery{Party: "sample"}, 70},
		{icms.BookQuery{Party: "公用事業"}, 80},
		{icms.BookQuery{Party: "nobody"}, 0},
	} {
		most.Court, most.Limit = "SCT", 10
		x.listed.Store(0)
		page, next, err := b.CauseBook().Find(t.Context(), most.BookQuery)
		require.NoError(t, err)
		require.LessOrEqual(t, x.listed.Load(), most.reads, most.Party)
		most.After = next
		if len(page) == 10 {
			x.listed.Store(0)
			_, _, err = b.CauseBook().Find(t.Context(), most.BookQuery)
			require.NoError(t, err)
			require.LessOrEqual(t, x.listed.Load(), most.reads, "the second page of %q", most.Party)
		}
	}
}
