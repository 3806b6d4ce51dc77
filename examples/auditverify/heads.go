package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"courts.example/eservices/icms/store"
)

// head is the last link of a chain, as a line of JSON in a file of heads.
type head struct {
	Chain string `json:"chain"`
	Seq   int64  `json:"seq"`
	Hash  string `json:"hash"`
}

// saveHeads writes the heads into a new file; no file for an empty name.
func saveHeads(path string, heads []head) (err error) {
	if path == "" {
		return nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := json.NewEncoder(f)
	for _, h := range heads {
		if err := w.Encode(h); err != nil {
			return err
		}
	}
	return nil
}

// askAgain asks for every head that an earlier run saved, and counts those that are not there as they were.
func askAgain(ctx context.Context, db store.Store, path string, out io.Writer) (faults int, err error) {
	if path == "" {
		return 0, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		var h head
		if err := json.Unmarshal(lines.Bytes(), &h); err != nil || h.Chain == "" || h.Seq < 1 {
			return faults, fmt.Errorf("%s, line %d is no head of a chain: %.80q", path, n, lines.Text())
		}
		links, err := db.Links(ctx, h.Chain, h.Seq-1, 1)
		switch {
		case err != nil:
			return faults, err
		case len(links) == 0 || links[0].Seq != h.Seq:
			faults++
			fmt.Fprintf(out, "%-16s CUT OFF: link %d was its head once and is not there\n", h.Chain, h.Seq)
		case fmt.Sprintf("%x", links[0].Hash) != h.Hash:
			faults++
			fmt.Fprintf(out, "%-16s WRITTEN ANEW: link %d was its head once, with the hash %.16s, and has %.16x\n", h.Chain, h.Seq, h.Hash, links[0].Hash)
		}
	}
	return faults, lines.Err()
}
