package names_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
)

// listing is a record of an invented cause book.
type listing struct {
	Day, Number string
	Sealed      bool
	Parties     []string
}

// entry says under what a listing is found, and by whom.
func (l listing) entry() names.Entry {
	scope := "CB/open"
	if l.Sealed {
		scope = "CB/sealed"
	}
	return names.Entry{Scope: scope, Sort: l.Day + "/" + l.Number, Names: l.Parties}
}

// A cause book that is searched by the names of the parties, in two languages, and a case that is sealed.
func Example() {
	dir, err := os.MkdirTemp("", "names")
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

	index := names.Index{Name: "cause-book.names", Read: func(r store.Record) ([]names.Entry, error) {
		var l listing
		err := json.Unmarshal(r.Body, &l)
		return []names.Entry{l.entry()}, err
	}}
	write := func(l listing, version int64) {
		keys, err := index.Entries(l.entry())
		if err != nil {
			log.Fatal(err)
		}
		body, err := json.Marshal(l)
		if err != nil {
			log.Fatal(err)
		}
		_, err = s.Apply(ctx, store.Change{
			ID: fmt.Sprintf("%s/%d", l.Number, version), At: time.Date(2031, time.May, 6, 9, 0, 0, 0, time.UTC),
			Puts: []store.Put{{Kind: "case", ID: l.Number, Expect: version, Body: body, Index: keys}},
		})
		if err != nil {
			log.Fatal(err)
		}
	}
	search := func(text string, scopes ...string) {
		page, err := index.Search(ctx, s, names.Query{Scopes: scopes, Text: text, Typing: true})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s:", text)
		for _, r := range page.Records {
			fmt.Print(" ", r.ID)
		}
		fmt.Println()
	}

	write(listing{Day: "2031-05-06", Number: "CB-2", Parties: []string{"Sample Trading Limited 示例貿易有限公司"}}, 0)
	write(listing{Day: "2031-05-05", Number: "CB-1", Parties: []string{"Defendant One 被告甲", "Defendant Two 被告乙"}}, 0)
	write(listing{Day: "2031-05-07", Number: "CB-3", Parties: []string{"Trading Samples Company"}}, 0)
	search("samp", "CB/open")
	search("limited 示例", "CB/open")
	search("乙 defendant", "CB/open")
	search("one 乙", "CB/open")

	write(listing{Day: "2031-05-05", Number: "CB-1", Sealed: true, Parties: []string{"Defendant One 被告甲", "Defendant Two 被告乙"}}, 1)
	search("defendant", "CB/open")
	search("defendant", "CB/open", "CB/sealed")
	// Output:
	// samp: CB-2 CB-3
	// limited 示例: CB-2
	// 乙 defendant: CB-1
	// one 乙:
	// defendant:
	// defendant: CB-1
}
