package store

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"time"
)

// Link is one link of an audit chain: what a change wrote, chained to the link before it. Its hash covers the chain's name, its
// place, the hash before it, the change, the note and the digest of every record the change wrote, so that a record, a link or
// their order can't be changed without breaking the chain.
type Link struct {
	Chain string
	// Seq counts the links of the chain from 1.
	Seq int64
	// ChangeID and ChangeSeq name the change; At is the instant it carried.
	ChangeID  string
	ChangeSeq int64
	At        time.Time
	Note      []byte
	// Records is the number of records the change wrote or deleted; Content is their digest.
	Records int64
	Content [sha256.Size]byte
	// Before is the hash of the link before it, zero for the first. Hash is this link's.
	Before, Hash [sha256.Size]byte
}

// Sum computes the hash that the link must have. Every implementation uses it, and the verifier too.
func (l Link) Sum() [sha256.Size]byte {
	h := sha256.New()
	h.Write([]byte("icms/link/1\n"))
	writeText(h, l.Chain)
	writeNumber(h, l.Seq)
	h.Write(l.Before[:])
	writeText(h, l.ChangeID)
	writeNumber(h, l.ChangeSeq)
	writeNumber(h, l.At.UnixMicro())
	writeText(h, string(l.Note))
	writeNumber(h, l.Records)
	h.Write(l.Content[:])
	return [sha256.Size]byte(h.Sum(nil))
}

// Digest computes the content digest of a change, record by record in the order of writing. The zero Digest is ready to use.
type Digest struct {
	h   hash.Hash
	buf []byte
	n   int64
}

// Add takes in a record as it stands after the change. A deleted record counts with the version after its last one and no body.
func (d *Digest) Add(kind, id string, version int64, body []byte) {
	if d.h == nil {
		d.h = sha256.New()
	}
	b := d.buf[:0]
	b = appendText(b, kind)
	b = appendText(b, id)
	b = binary.BigEndian.AppendUint64(b, uint64(version))
	b = binary.BigEndian.AppendUint64(b, uint64(len(body)))
	b = append(b, body...)
	d.h.Write(b)
	d.buf = b
	d.n++
}

// Sum gives the number of records and their digest.
func (d *Digest) Sum() (int64, [sha256.Size]byte) {
	if d.h == nil {
		return 0, sha256.Sum256(nil)
	}
	return d.n, [sha256.Size]byte(d.h.Sum(nil))
}

func appendText(b []byte, s string) []byte {
	b = binary.BigEndian.AppendUint64(b, uint64(len(s)))
	return append(b, s...)
}

func writeText(h hash.Hash, s string) { h.Write(appendText(nil, s)) }

func writeNumber(h hash.Hash, n int64) { h.Write(binary.BigEndian.AppendUint64(nil, uint64(n))) }
