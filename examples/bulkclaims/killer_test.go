package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"strconv"
	"strings"
	"sync/atomic"

	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/store"
)

// killAt names the moment at which a childKill process dies: "before 3", "within 3" or "after 3", the third durable write.
const killAt = "BULKCLAIMS_TEST_KILL_AT"

// killer counts durable writes and kills its process at one of them. The zero killer only counts.
type killer struct {
	when  string
	write int64
	count atomic.Int64
}

func newKiller(moment string) *killer {
	when, n, _ := strings.Cut(moment, " ")
	write, err := strconv.ParseInt(n, 10, 64)
	if err != nil {
		panic(fmt.Sprintf("%s=%q", killAt, moment))
	}
	return &killer{when: when, write: write}
}

func (k *killer) deps() deps {
	return deps{
		store: func(s store.Store) store.Store { return &killingStore{s, k} },
		blobs: func(b blob.Store) blob.Store { return &killingBlobs{b, k} },
	}
}

// die ends this process as a loss of power would end it, when the moment is come.
func (k *killer) die(when string, write int64) {
	if when != k.when || write != k.write {
		return
	}
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {} // until the signal is there
}

// around does a durable write between two moments of death.
func (k *killer) around(do func(write int64) error) error {
	write := k.count.Add(1)
	k.die("before", write)
	err := do(write)
	k.die("after", write)
	return err
}

type killingStore struct {
	store.Store
	k *killer
}

func (s *killingStore) Apply(ctx context.Context, c store.Change) (a store.Applied, err error) {
	err = s.k.around(func(write int64) error {
		c.Parts = s.within(write, c.Parts)
		a, err = s.Store.Apply(ctx, c)
		return err
	})
	return a, err
}

// within dies in the middle of a change, when the first of its parts is written and it is not committed.
func (s *killingStore) within(write int64, parts iter.Seq2[[]store.Put, error]) iter.Seq2[[]store.Put, error] {
	if parts == nil {
		return nil
	}
	return func(yield func([]store.Put, error) bool) {
		for puts, err := range parts {
			if !yield(puts, err) {
				return
			}
			s.k.die("within", write)
		}
	}
}

type killingBlobs struct {
	blob.Store
	k *killer
}

func (b *killingBlobs) Stage(ctx context.Context, r io.Reader, most int64) (blob.Staged, error) {
	staged, err := b.Store.Stage(ctx, r, most)
	if err != nil {
		return nil, err
	}
	return &killingStaged{staged, b.k}, nil
}

type killingStaged struct {
	blob.Staged
	k *killer
}

func (s *killingStaged) Keep(ctx context.Context) error {
	return s.k.around(func(int64) error { return s.Staged.Keep(ctx) })
}
