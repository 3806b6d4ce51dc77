package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"google.golang.org/grpc"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"courts.example/eservices/plugins/sdk"
)

// records is a store in SQLite with the bugs of stores.
type records struct {
	*sqlite.Store
	bug string
}

func (r *records) configure(ctx context.Context, text string) error {
	var c struct {
		Path string `json:"path"`
	}
	if err := json.Unmarshal([]byte(text), &c); err != nil || !filepath.IsAbs(c.Path) {
		return sdk.Problems{{Path: "/path", Text: "name the database file"}}
	}
	if r.bug == "store-forgets" {
		c.Path = filepath.Join(os.Getenv("TMPDIR"), "forgotten.db")
	}
	s, err := sqlite.Open(ctx, sqlite.Options{Path: c.Path})
	if err != nil {
		return sdk.Problems{{Path: "/path", Text: "can't be opened"}}
	}
	r.Store = s
	return nil
}

// Apply applies a change; the store that tears does so part by part.
func (r *records) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	if c.Parts == nil || r.bug != "store-tears" {
		return r.Store.Apply(ctx, c)
	}
	known := c
	unknown := errors.New("it was not applied before")
	known.Parts = func(yield func([]store.Put, error) bool) { yield(nil, unknown) }
	if a, err := r.Store.Apply(ctx, known); !errors.Is(err, unknown) {
		return a, err
	}
	n := 0
	for puts, err := range c.Parts {
		if err != nil {
			return store.Applied{}, err
		}
		if _, err := r.Store.Apply(ctx, store.Change{ID: fmt.Sprintf("%s/%d", c.ID, n), At: c.At, Puts: puts}); err != nil {
			return store.Applied{}, err
		}
		n++
		time.Sleep(5 * time.Millisecond)
	}
	c.Parts = nil
	return r.Store.Apply(ctx, c)
}

// keeper keeps what a host sent before it went away.
type keeper struct {
	grpc.ServerStream
	records *records
	kept    []store.Put
}

func (k *keeper) RecvMsg(m any) error {
	err := k.ServerStream.RecvMsg(m)
	if err != nil && !errors.Is(err, io.EOF) && len(k.kept) > 0 {
		_, _ = k.records.Store.Apply(context.Background(), store.Change{ID: "kept", At: time.Now(), Puts: k.kept})
	}
	if r, ok := m.(*storev1.ApplyRequest); ok && err == nil {
		for _, p := range r.GetPuts().GetPuts() {
			put := store.Put{Kind: p.GetKind(), ID: p.GetId(), Body: slices.Clone(p.GetBody())}
			for _, e := range p.GetIndex() {
				put.Index = append(put.Index, store.Entry{Index: e.GetIndex(), Key: e.GetKey()})
			}
			k.kept = append(k.kept, put)
		}
	}
	return err
}
