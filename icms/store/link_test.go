package store_test

import (
	"crypto/sha256"
	"testing"
	"time"

	"courts.example/eservices/icms/store"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestTheDigestTellsEveryDifference(t *testing.T) {
	type record struct {
		kind, id string
		version  int64
		body     string
	}
	sum := func(records ...record) [sha256.Size]byte {
		var d store.Digest
		for _, r := range records {
			d.Add(r.kind, r.id, r.version, []byte(r.body))
		}
		n, sum := d.Sum()
		require.EqualValues(t, len(records), n)
		return sum
	}
	a, b := record{"k", "1", 1, "x"}, record{"k", "2", 1, "y"}
	seen := map[[sha256.Size]byte]string{}
	for name, s := range map[string][sha256.Size]byte{
		"nothing": sum(), "one": sum(a), "two": sum(a, b), "the other order": sum(b, a), "twice": sum(a, a), "another kind": sum(record{"l", "1", 1, "x"}),
		"a boundary moved": sum(record{"k1", "", 1, "x"}), "another version": sum(record{"k", "1", 2, "x"}), "another body": sum(record{"k", "1", 1, "z"}),
		"no body": sum(record{"k", "1", 1, ""}),
	} {
		require.NotContains(t, seen, s, "%s is as %s", name, seen[s])
		seen[s] = name
	}
}

// No two links that differ in anything have the same hash.
func TestTheHashCoversTheWholeLink(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) store.Link {
			return store.Link{
				Chain: rapid.StringN(0, 3, -1).Draw(t, name+" chain"), Seq: rapid.Int64Range(0, 3).Draw(t, name+" seq"),
				ChangeID: rapid.StringN(0, 3, -1).Draw(t, name+" change"), ChangeSeq: rapid.Int64Range(0, 3).Draw(t, name+" number"),
				At: time.UnixMicro(rapid.Int64Range(0, 3).Draw(t, name+" at")).UTC(), Note: []byte(rapid.StringN(0, 3, -1).Draw(t, name+" note")),
				Records: rapid.Int64Range(0, 3).Draw(t, name+" records"), Content: [32]byte{rapid.ByteRange(0, 3).Draw(t, name+" content")},
				Before: [32]byte{rapid.ByteRange(0, 3).Draw(t, name+" before")},
			}
		}
		a, b := draw("a"), draw("b")
		a.Hash = [32]byte{1} // not covered by itself
		same := a.Chain == b.Chain && a.Seq == b.Seq && a.ChangeID == b.ChangeID && a.ChangeSeq == b.ChangeSeq && a.At.Equal(b.At) &&
			string(a.Note) == string(b.Note) && a.Records == b.Records && a.Content == b.Content && a.Before == b.Before
		if (a.Sum() == b.Sum()) != same {
			t.Fatalf("same %v, hashes %x and %x", same, a.Sum(), b.Sum())
		}
	})
}
