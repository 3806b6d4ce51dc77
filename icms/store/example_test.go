package store_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
)

// A link's hash covers what it says and the link before it; whoever has a link can compute it again.
func ExampleLink() {
	var d store.Digest
	d.Add("batch", "B-1", 1, []byte(`{"claims":2}`))
	n, content := d.Sum()
	first := store.Link{
		Chain: "audit/2031", Seq: 1, ChangeID: "file/B-1", ChangeSeq: 7, At: time.Date(2031, time.May, 6, 9, 0, 0, 0, time.UTC),
		Note: []byte(`{"by":"clerk-1"}`), Records: n, Content: content,
	}
	first.Hash = first.Sum()

	forged := first
	forged.Note = []byte(`{"by":"clerk-2"}`)
	fmt.Println(first.Hash == first.Sum(), forged.Hash == forged.Sum())
	// Output: true false
}

// A page of records, oldest first, and a version check: the two things most callers need.
func ExampleStore() {
	dir, err := os.MkdirTemp("", "store")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	s, err := sqlite.Open(ctx, sqlite.Options{Path: filepath.Join(dir, "court.db")})
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	now := time.Date(2031, time.May, 6, 9, 0, 0, 0, time.UTC)
	put := func(id string, expect int64, state string) error {
		_, err := s.Apply(ctx, store.Change{ID: fmt.Sprintf("%s/%d", id, expect), At: now, Puts: []store.Put{{
			Kind: "order", ID: id, Expect: expect, Body: fmt.Appendf(nil, `{"state":%q}`, state),
			Index: []store.Entry{{Index: "order/by-state", Key: state}},
		}}})
		return err
	}
	for _, err := range []error{put("O-1", 0, "open"), put("O-2", 0, "open"), put("O-1", 1, "paid")} {
		if err != nil {
			log.Fatal(err)
		}
	}
	_, err = s.Apply(ctx, store.Change{ID: "late", At: now, Require: []store.Key{{Kind: "order", ID: "O-1", Expect: 1}}})
	fmt.Println(errors.Is(err, store.ErrVersion), err)

	page, err := s.List(ctx, store.Query{Index: "order/by-state", Prefix: "open"})
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range page.Records {
		fmt.Println(r.Kind, r.ID, r.Version, string(r.Body))
	}
	// Output:
	// true sqlite: apply late: store: the record has changed: order "O-1" is at version 2, expected 1
	// order O-2 1 {"state":"open"}
}

// Verify walks a chain, and says which link is the first that is not as it was written.
func ExampleVerify() {
	dir, err := os.MkdirTemp("", "store")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	s, err := sqlite.Open(ctx, sqlite.Options{Path: filepath.Join(dir, "court.db")})
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	for i := range 3 {
		_, err := s.Apply(ctx, store.Change{
			ID: fmt.Sprint(i), At: time.Date(2031, time.May, 6, 9, i, 0, 0, time.UTC), Chain: "audit/2031",
			Puts: []store.Put{{Kind: "note", ID: fmt.Sprint(i), Body: []byte(`"as it was"`)}},
		})
		if err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println(store.Verify(ctx, s, "audit/2031"))

	links, err := s.Links(ctx, "audit/2031", 0, 10)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(links), "links, the last of change", links[2].ChangeID, "at", links[2].At.Format(time.TimeOnly))
	// Output:
	// <nil>
	// 3 links, the last of change 2 at 09:02:00
}
