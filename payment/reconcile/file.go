package reconcile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/internal/key"
)

// The kinds of record and the indexes, as they stand in the store.
const (
	kindFile  = "reconcile.file"
	kindLine  = "reconcile.line"
	kindBatch = "reconcile.batch"

	// indexFiles finds files by gateway|instant of import.
	indexFiles = "reconcile.files"
	// indexLineID finds lines by gateway|line.
	indexLineID = "reconcile.line.id"
	// indexLineItem finds lines by gateway|kind|item.
	indexLineItem = "reconcile.line.item"
	// indexLineSettles keeps two lines from settling the same: unique gateway|kind|item|sign of the amount.
	indexLineSettles = "reconcile.line.settles"
	// indexLineNew finds the lines that were not compared yet by gateway|instant of import.
	indexLineNew = "reconcile.line.new"
	// indexLineDate finds lines by gateway|value date.
	indexLineDate = "reconcile.line.date"
	// indexBatchOpen finds the batches in which the gateway still owes, or is owed, by gateway|currency|batch.
	indexBatchOpen = "reconcile.batch.open"
)

// File is a settlement that was imported.
type File struct {
	Gateway string `json:"gateway"`
	// Hash is the SHA-256 of the file in hexadecimal; of lines that came in no file, that of the lines. Name and By are the caller's.
	Hash string `json:"hash"`
	Name string `json:"name"`
	By   string `json:"by"`
	// ImportedAt is when it was imported.
	ImportedAt time.Time `json:"importedAt"`
	// Lines counts the lines, New those that were not known before, Changed those that were known with other contents.
	Lines   int `json:"lines"`
	New     int `json:"new"`
	Changed int `json:"changed"`
	// Totals are what the new lines come to, for each currency in the order of the codes.
	Totals []Total `json:"totals,omitempty"`
	// Again says that the file had been imported before and nothing was changed now.
	Again bool `json:"-"`
}

// Total is what lines come to in one currency.
type Total struct {
	// Gross is without payouts, Fees what the gateway kept, PaidOut what it paid to the bank.
	Gross   money.Amount `json:"gross"`
	Fees    money.Amount `json:"fees"`
	PaidOut money.Amount `json:"paidOut"`
}

// LineState says how far a line has come.
type LineState string

// The states of a line.
const (
	// LineNew was not compared yet, or waits for its gateway to answer.
	LineNew LineState = "new"
	// LineMatched agrees with what is on record; a fee or a payout is so from the start.
	LineMatched LineState = "matched"
	// LineBroken has at least one break.
	LineBroken LineState = "broken"
)

// Line is a settlement line that was imported.
type Line struct {
	Gateway string `json:"gateway"`
	payment.SettlementLine
	// File is the hash of the file that brought it, Number its line there.
	File       string    `json:"file"`
	Number     int       `json:"number"`
	ImportedAt time.Time `json:"importedAt"`
	State      LineState `json:"state"`
	// Item is what it is about: the gateway's payment, our refund, or the gateway's payment that is disputed.
	Item      string    `json:"item,omitempty"`
	MatchedAt time.Time `json:"matchedAt,omitzero"`
	// Settles says that this is the line that settles its item; another one would be a duplicate.
	Settles bool `json:"settles,omitempty"`
	// Version is the version in the store; 0 when it was never stored.
	Version int64 `json:"-"`
	// place is the line's place in the order of insertion; pending says that it is about to be written.
	place   int64
	pending bool
}

func (l Line) row() Row { return Row{SettlementLine: l.SettlementLine, Number: l.Number} }

// Batch is what a gateway pays out together, in one currency. Lines that are in no payout yet are the batch without an ID.
type Batch struct {
	Gateway  string         `json:"gateway"`
	ID       string         `json:"id"`
	Currency money.Currency `json:"currency"`
	// Lines counts the lines but payouts, Payouts those; Net is what the lines come to, PaidOut what was paid out for them.
	Lines   int          `json:"lines"`
	Payouts int          `json:"payouts"`
	Net     money.Amount `json:"net"`
	PaidOut money.Amount `json:"paidOut"`
	Version int64        `json:"-"`
}

// left is what the gateway still owes of the batch.
func (b Batch) left() (money.Amount, error) { return b.Net.Sub(b.PaidOut) }

func (b Batch) key() string { return key.Join(b.Gateway, b.ID, b.Currency.Code()) }

func (f File) put() (store.Put, error) {
	return record(kindFile, key.Join(f.Gateway, f.Hash), 0, f,
		store.Entry{Index: indexFiles, Key: key.Join(f.Gateway, key.Time(f.ImportedAt))})
}

func (l Line) put() (store.Put, error) {
	index := []store.Entry{
		{Index: indexLineID, Key: key.Join(l.Gateway, l.ID)},
		{Index: indexLineDate, Key: key.Join(l.Gateway, l.ValueDate)},
	}
	if l.Item != "" {
		index = append(index, store.Entry{Index: indexLineItem, Key: itemKey(l.Gateway, l.Kind, l.Item)})
	}
	if l.State == LineNew {
		index = append(index, store.Entry{Index: indexLineNew, Key: key.Join(l.Gateway, key.Time(l.ImportedAt))})
	}
	put, err := record(kindLine, key.Join(l.Gateway, l.ID), l.Version, l, index...)
	if l.Settles {
		sign := strconv.Itoa(l.Gross.Sign())
		put.Unique = []store.Entry{{Index: indexLineSettles, Key: key.Join(itemKey(l.Gateway, l.Kind, l.Item), sign)}}
	}
	return put, err
}

// provisional reports whether the line doesn't say what it is about, so that this has to be found out.
func (l Line) provisional() bool {
	return l.PaymentID == "" && l.Kind != payment.SettledRefund || l.Reference == "" && l.Kind == payment.SettledRefund
}

func (b Batch) put() (store.Put, error) {
	left, err := b.left()
	if err != nil {
		return store.Put{}, fmt.Errorf("%w: batch %q: %w", ErrInvalid, b.ID, err)
	}
	var index []store.Entry
	if !left.IsZero() {
		index = []store.Entry{{Index: indexBatchOpen, Key: key.Join(b.Gateway, b.Currency.Code(), b.ID)}}
	}
	return record(kindBatch, b.key(), b.Version, b, index...)
}

func itemKey(gateway string, kind payment.SettlementKind, item string) string {
	return key.Join(gateway, string(kind), item)
}

// record is the put of a record of this package.
func record(kind, id string, expect int64, v any, index ...store.Entry) (store.Put, error) {
	body, err := json.Marshal(v)
	if err != nil {
		return store.Put{}, fmt.Errorf("reconcile: %s %q: %w", kind, id, err)
	}
	return store.Put{Kind: kind, ID: id, Body: body, Expect: expect, Index: index}, nil
}

// decode reads a record's body; a body that is no such record is a sign that the storage can't be trusted.
func decode(r store.Record, into any) error {
	if err := json.Unmarshal(r.Body, into); err != nil {
		return fmt.Errorf("%w: %s %q: %w", store.ErrCorrupt, r.Kind, r.ID, err)
	}
	return nil
}

func decodeLine(r store.Record) (Line, error) {
	var l Line
	err := decode(r, &l)
	l.Version, l.place = r.Version, r.Seq
	return l, err
}

// File reads a file by its hash, or ErrNoFile.
func (r *Reconciler) File(ctx context.Context, gateway, hash string) (File, error) {
	rec, err := r.Store.Get(ctx, kindFile, key.Join(gateway, hash))
	if errors.Is(err, store.ErrNotFound) {
		return File{}, fmt.Errorf("%w: %.20q of %.40q", ErrNoFile, hash, gateway)
	}
	if err != nil {
		return File{}, fmt.Errorf("reconcile: file %.20q of %.40q: %w", hash, gateway, err)
	}
	var f File
	return f, decode(rec, &f)
}

// Files reads a page of the files of a gateway in the order of their import. Limit is at most 1,000, 0 means 100; after and next are as in
// [store.Query].
func (r *Reconciler) Files(ctx context.Context, gateway, after string, limit int) (files []File, next string, err error) {
	page, err := r.Store.List(ctx, store.Query{Index: indexFiles, Prefix: key.Join(gateway, ""), After: after, Limit: limit})
	if err != nil {
		return nil, "", fmt.Errorf("reconcile: files of %.40q: %w", gateway, err)
	}
	for _, rec := range page.Records {
		var f File
		if err := decode(rec, &f); err != nil {
			return nil, "", err
		}
		files = append(files, f)
	}
	return files, page.Next, nil
}
