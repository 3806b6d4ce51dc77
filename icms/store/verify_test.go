package store_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"

	"courts.example/eservices/icms/store"
	"github.com/stretchr/testify/require"
)

// chained is a store of one chain, in which a test can change anything.
type chained struct {
	store.Store
	links   []store.Link
	records [][]store.Record
	err     error
	// torn is the place of a link that can't be read, 0 for none.
	torn int64
}

func (c *chained) Links(_ context.Context, _ string, after int64, n int) ([]store.Link, error) {
	if after < c.torn && c.torn <= after+int64(n) {
		return nil, fmt.Errorf("%w: it has no hash", store.ErrCorrupt)
	}
	return c.links[min(int(after), len(c.links)):min(int(after)+n, len(c.links))], c.err
}

func (c *chained) Changed(_ context.Context, l store.Link) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		for i := range c.links {
			if c.links[i].ChangeSeq == l.ChangeSeq {
				for _, r := range c.records[i] {
					if !yield(r, nil) {
						return
					}
				}
				return
			}
		}
		yield(store.Record{}, store.ErrNotFound)
	}
}

// chain makes a chain of n links, of i records each.
func chain(n int) *chained {
	c := &chained{}
	var before store.Link
	for i := range n {
		l := store.Link{Chain: "c", Seq: int64(i) + 1, ChangeID: "x", ChangeSeq: int64(2*i) + 1, At: noon, Before: before.Hash}
		var d store.Digest
		var records []store.Record
		for k := range i {
			r := store.Record{Kind: "k", ID: string(rune('a' + k%26)), Version: int64(k), Body: []byte("{}")}
			d.Add(r.Kind, r.ID, r.Version, r.Body)
			records = append(records, r)
		}
		l.Records, l.Content = d.Sum()
		l.Hash = l.Sum()
		c.links, c.records, before = append(c.links, l), append(c.records, records), l
	}
	return c
}

func TestVerifyAcceptsAWholeChain(t *testing.T) {
	for _, n := range []int{0, 1, 5, 401} {
		require.NoError(t, store.Verify(context.Background(), chain(n), "c"))
	}
}

func TestVerifyNamesTheFirstBadLink(t *testing.T) {
	rehash := func(c *chained, i int) { c.links[i].Hash = c.links[i].Sum() }
	for name, test := range map[string]struct {
		damage  func(c *chained)
		seq     int64
		record  string
		problem string
	}{
		"a note":                {func(c *chained) { c.links[2].Note = []byte("x") }, 3, "", "its hash is not that of what it says"},
		"a note and its hash":   {func(c *chained) { c.links[2].Note = []byte("x"); rehash(c, 2) }, 4, "", "does not follow"},
		"a link is missing":     {func(c *chained) { c.links = append(c.links[:2:2], c.links[3:]...) }, 3, "", "missing"},
		"links change places":   {func(c *chained) { c.links[2], c.links[3] = c.links[3], c.links[2] }, 3, "", "missing"},
		"a link of another":     {func(c *chained) { c.links[2].Chain = "d"; rehash(c, 2) }, 3, "", "of chain d"},
		"a change that is back": {func(c *chained) { c.links[2].ChangeSeq = 1; rehash(c, 2) }, 3, "", "comes after change"},
		"a body":                {func(c *chained) { c.records[3][1].Body = []byte("[]") }, 4, "", "not as they were written"},
		"the only body":         {func(c *chained) { c.records[1][0].Body = []byte("[]") }, 2, "a", "not as they were written"},
		"a record too few":      {func(c *chained) { c.records[3] = c.records[3][1:] }, 4, "", "wrote 3 records, 2 are there"},
	} {
		c := chain(6)
		test.damage(c)
		err := store.Verify(context.Background(), c, "c")
		var bad *store.ChainError
		require.ErrorAs(t, err, &bad, name)
		require.ErrorIs(t, err, store.ErrCorrupt, name)
		require.Equal(t, test.seq, bad.Seq, "%s: %v", name, err)
		require.Equal(t, test.record, bad.ID, "%s: %v", name, err)
		require.ErrorContains(t, err, test.problem, name)
	}
}

func TestVerifyNamesALinkThatCannotBeRead(t *testing.T) {
	for _, torn := range []int64{1, 150, 201, 401} {
		c := chain(401)
		c.torn = torn
		err := store.Verify(context.Background(), c, "c")
		var bad *store.ChainError
		require.ErrorAs(t, err, &bad)
		require.Equal(t, torn, bad.Seq)
		require.ErrorContains(t, err, "it has no hash")
	}
}

func TestVerifyPassesOnTheErrorsOfReading(t *testing.T) {
	c := chain(3)
	c.err = errors.New("the line is cut")
	require.ErrorIs(t, store.Verify(context.Background(), c, "c"), c.err)
}
