package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment/ledger"
)

// verify verifies a database and prints what it finds. It gives the number of faults; an error says that it could not go on.
func verify(ctx context.Context, path, heads, save string, out io.Writer) (faults int, err error) {
	if _, err := os.Stat(path); err != nil { // opening would make it
		return 0, err
	}
	l, err := openTables(ctx, path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	db, err := sqlite.New(ctx, l.db, nil, sqlite.Options{})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()

	found, sound, err := verifyChains(ctx, db, l, out)
	if err != nil {
		return 0, err
	}
	faults += found
	for _, check := range []func() (int, error){
		func() (int, error) { return askAgain(ctx, db, heads, out) },
		func() (int, error) { return l.uncovered(ctx, out) },
		func() (int, error) { return books(ctx, db, out) },
		func() (int, error) { return damage(ctx, db, out) },
	} {
		n, err := check()
		if err != nil {
			return faults, err
		}
		faults += n
	}
	return faults, saveHeads(save, sound)
}

// verifyChains verifies every chain there is, and gives the heads of those that are in order.
func verifyChains(ctx context.Context, db store.Store, l *tables, out io.Writer) (faults int, sound []head, err error) {
	chains, err := l.chains(ctx)
	if err != nil {
		return 0, nil, err
	}
	if len(chains) == 0 {
		fmt.Fprintln(out, "no chains: nothing was ever done here")
	}
	for _, c := range chains {
		err := store.Verify(ctx, db, c.name)
		var broken *store.ChainError
		switch {
		case errors.As(err, &broken):
			faults++
			fmt.Fprintf(out, "%-16s BROKEN at link %d of %d: %v\n", c.name, broken.Seq, c.links, broken)
			continue
		case err != nil:
			return faults, nil, err
		}
		last, err := db.Links(ctx, c.name, c.links-1, 1)
		if err != nil {
			return faults, nil, err
		}
		if len(last) == 0 {
			faults++
			fmt.Fprintf(out, "%-16s BROKEN: it has %d links, but none of the number %d\n", c.name, c.links, c.links)
			continue
		}
		h := head{Chain: c.name, Seq: last[0].Seq, Hash: fmt.Sprintf("%x", last[0].Hash)}
		sound = append(sound, h)
		fmt.Fprintf(out, "%-16s %d links in order, head %.16s of %s\n", c.name, h.Seq, h.Hash, last[0].At.Format("2006-01-02 15:04:05Z"))
	}
	return faults, sound, nil
}

// books holds the sums of the accounts, which stand in no chain, against the journal, which does.
func books(ctx context.Context, db store.Store, out io.Writer) (faults int, err error) {
	l, err := ledger.New(ledger.Options{Store: db})
	if err != nil {
		return 0, err
	}
	proofs, err := l.Prove(ctx)
	if errors.Is(err, store.ErrCorrupt) {
		fmt.Fprintf(out, "the BOOKS can't be read: %v\n", err)
		return 1, nil
	}
	for _, p := range proofs {
		for _, f := range p.Faults {
			fmt.Fprintf(out, "the BOOKS are wrong: %s\n", f)
		}
		faults += len(p.Faults) + p.More
	}
	return faults, err
}

// damage asks the database whether its tables and indexes agree.
func damage(ctx context.Context, db *sqlite.Store, out io.Writer) (int, error) {
	err := db.Check(ctx)
	if errors.Is(err, store.ErrCorrupt) {
		fmt.Fprintf(out, "the database is DAMAGED: %v\n", err)
		return 1, nil
	}
	return 0, err
}
