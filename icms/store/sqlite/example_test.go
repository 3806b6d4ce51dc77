package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
)

// folder makes a folder for an example.
func folder() (dir string, remove func()) {
	dir, err := os.MkdirTemp("", "sqlite")
	if err != nil {
		log.Fatal(err)
	}
	return dir, func() { os.RemoveAll(dir) }
}

// A change is committed once, however often it is tried.
func Example() {
	dir, remove := folder()
	defer remove()
	ctx := context.Background()
	s, err := sqlite.Open(ctx, sqlite.Options{Path: filepath.Join(dir, "court.db")})
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()

	filing := store.Change{
		ID: "file/B-1", At: time.Date(2031, time.May, 6, 9, 0, 0, 0, time.UTC),
		Puts: []store.Put{{
			Kind: "batch", ID: "B-1", Body: []byte(`{"claims":2}`),
			Index:  []store.Entry{{Index: "batch/by-claimant", Key: "Claimant 0001"}},
			Unique: []store.Entry{{Index: "batch/reference", Key: "Claimant 0001/2031-17"}},
		}},
		Draw:  []store.Draw{{Sequence: "cases/2031", Count: 2}},
		Chain: "audit/2031",
	}
	for range 2 {
		a, err := s.Apply(ctx, filing)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("first case number", a.First[0], "link", a.Link.Seq, "replayed", a.Replayed)
	}

	again := filing
	again.ID, again.Puts[0].ID = "file/B-2", "B-2"
	_, err = s.Apply(ctx, again)
	var taken *store.TakenError
	fmt.Println(errors.As(err, &taken), taken)
	// Output:
	// first case number 1 link 1 replayed false
	// first case number 1 link 1 replayed true
	// true store: key taken: "Claimant 0001/2031-17" in batch/reference belongs to batch "B-1"
}

// The store lives beside the embedder's own tables, and a change joins the embedder's transaction.
func ExampleStore_ApplyTx() {
	dir, remove := folder()
	defer remove()
	ctx := context.Background()
	dsn, err := sqlite.DSN(sqlite.Options{Path: filepath.Join(dir, "mine.db")})
	if err != nil {
		log.Fatal(err)
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("CREATE TABLE letters (id TEXT PRIMARY KEY) STRICT"); err != nil {
		log.Fatal(err)
	}
	s, err := sqlite.New(ctx, db, nil, sqlite.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()

	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec("INSERT INTO letters VALUES ('L-1')"); err != nil {
		log.Fatal(err)
	}
	_, err = s.ApplyTx(ctx, tx, store.Change{
		ID: "post/L-1", At: time.Date(2031, time.May, 6, 9, 0, 0, 0, time.UTC),
		Puts: []store.Put{{Kind: "message", ID: "M-1", Body: []byte(`{"letter":"L-1"}`)}},
	})
	if err != nil {
		log.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		log.Fatal(err)
	}
	var letters, messages int
	if err := db.QueryRow("SELECT (SELECT count(*) FROM letters), (SELECT count(*) FROM icms_record)").Scan(&letters, &messages); err != nil {
		log.Fatal(err)
	}
	fmt.Println(letters, "letter,", messages, "message")
	// Output: 1 letter, 1 message
}
