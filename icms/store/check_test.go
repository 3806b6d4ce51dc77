package store_test

import (
	"strings"
	"testing"
	"time"

	"courts.example/eservices/icms/store"
	"github.com/stretchr/testify/require"
)

var noon = time.Date(2031, time.May, 6, 12, 0, 0, 0, time.UTC)

func TestCheckNamesThePlace(t *testing.T) {
	good := store.Put{Kind: "k", ID: "1", Body: []byte("1")}
	for place, c := range map[string]store.Change{
		"change.ID is empty":      {},
		"change.ID is 501 bytes":  {ID: strings.Repeat("x", 501)},
		"change.At is in":         {ID: "1", At: time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)},
		"change.Puts[1]":          {ID: "1", At: noon, Puts: []store.Put{good, {ID: "1"}}},
		"\"\\xff\" is not UTF-8":  {ID: "\xff"},
		"control character at":    {ID: "a\u0085b"},
		"change.Deletes[0]":       {ID: "1", At: noon, Deletes: []store.Key{{Kind: "k", ID: "1"}}},
		"change.Require[0]":       {ID: "1", At: noon, Require: []store.Key{{Kind: "k", ID: "1", Expect: -1}}},
		"change.Sums[0].Name":     {ID: "1", At: noon, Sums: []store.Sum{{}}},
		"change.Draw[0].Sequence": {ID: "1", At: noon, Draw: []store.Draw{{}}},
		"change.Draw[0].Count":    {ID: "1", At: noon, Draw: []store.Draw{{Sequence: "s"}}},
		"change.Events[0]":        {ID: "1", At: noon, Events: []store.Event{{ID: "e", Type: "t", Stream: "a\nb"}}},
		"change.Work[0]":          {ID: "1", At: noon, Work: []store.Work{{Kind: "k", ID: "1", Body: []byte("\xff"), Due: noon}}},
		"change.Done[0]":          {ID: "1", At: noon, Done: []store.Work{{Kind: "k", ID: "1"}}},
		"change.Note":             {ID: "1", At: noon, Note: []byte("{}")},
		"change.Chain":            {ID: "1", At: noon, Chain: "\x00"},
		`k "1" Unique[0]: store: invalid: Key`: {ID: "1", At: noon, Puts: []store.Put{
			{Kind: "k", ID: "1", Body: []byte("1"), Unique: []store.Entry{{Index: "i", Key: strings.Repeat("k", 501)}}}}},
	} {
		err := c.Check()
		require.ErrorIs(t, err, store.ErrInvalid, place)
		require.ErrorContains(t, err, place)
	}
	require.NoError(t, store.Change{ID: "1", Puts: []store.Put{good}}.Check(), "the zero instant can be kept")
	require.NoError(t, store.Change{ID: "案件 1", At: noon, Chain: "審計", Note: []byte(`{"by":"甲"}`)}.Check())
}

func TestValidKey(t *testing.T) {
	for key, valid := range map[string]bool{
		"": true, "a": true, "a\x01b": true, "法庭": true, strings.Repeat("x", store.MaxKey): true,
		"a\x00": false, "\xff": false, "\xed\xa0\x80": false, strings.Repeat("x", store.MaxKey+1): false,
	} {
		require.Equal(t, valid, store.ValidKey(key), "%.20q", key)
	}
}
