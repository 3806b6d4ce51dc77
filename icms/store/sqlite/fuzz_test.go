package sqlite_test

import (
	"encoding/json"
	"errors"
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"github.com/stretchr/testify/require"
)

// A cursor comes back from strangers: any text is a page within the query or ErrInvalid.
func FuzzCursor(f *testing.F) {
	s := open(f, sqlite.Options{Path: file(f), Durability: sqlite.Process})
	_, err := s.Apply(ctx, change(1, 10))
	require.NoError(f, err)
	p, err := s.List(ctx, store.Query{Index: "all", Limit: 1})
	require.NoError(f, err)
	for _, seed := range []string{p.Next, "MDo", "LTE6YQ", "!", "OTk5OTk5OTk5OTk5OTk5OTk5OTk6YQ", "MTr_"} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, cursor string, descending bool) {
		p, err := s.List(ctx, store.Query{Index: "all", Prefix: "1-", From: "1-3", Until: "1-6", After: cursor, Descending: descending})
		if err != nil {
			require.True(t, errors.Is(err, store.ErrInvalid), err)
			return
		}
		for _, r := range p.Records {
			require.Contains(t, []string{"1-3", "1-4", "1-5"}, r.ID)
		}
	})
}

// The entries beside a record are read as they were written, and anything else is an error.
func FuzzEntries(f *testing.F) {
	for _, seed := range []string{"[]", `[[1,"a"]]`, `[[1,"a",1],[2,"\u0001é"]]`, `[[]]`, `[["a",1]]`, `{}`, `[[1,"a",1,1]]`, ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if again, err := sqlite.Recode(text); err == nil {
			twice, err := sqlite.Recode(again)
			require.NoError(t, err)
			require.Equal(t, again, twice)
		}
		if !store.ValidKey(text) {
			return
		}
		for _, unique := range []bool{false, true} {
			encoded := sqlite.EncodeKey(7, text, unique)
			require.True(t, json.Valid([]byte(encoded)))
			again, err := sqlite.Recode(encoded)
			require.NoError(t, err)
			require.Equal(t, encoded, again)
		}
	})
}
