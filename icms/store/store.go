package store

import (
	"context"
	"iter"
	"time"
)

// Store keeps records. Every method is safe for concurrent use, by several processes too where the storage allows it. Errors
// wrap the sentinels of this package, so that callers test with errors.Is and errors.As and never read texts.
type Store interface {
	// Apply commits the change as a whole, or nothing of it. A change whose id was committed before is not applied again: the
	// first answer comes back with Replayed set, and nothing of the new call is looked at, its Parts not even started. It returns only when
	// the change is durable. After an error that is none of this package's sentinels, whether the change was committed is
	// unknown: apply the same id again.
	Apply(ctx context.Context, c Change) (Applied, error)
	// Get reads one record, or ErrNotFound.
	Get(ctx context.Context, kind, id string) (Record, error)
	// List reads a page of records by an index, in the order of key, then of insertion.
	List(ctx context.Context, q Query) (Page, error)
	// Match finds, for many exact keys of one index at once, the records that carry them. Keys without a record are left out, also
	// those that no record can carry; the order of the hits is that of the keys, then of insertion. It is built for tens of thousands of keys.
	Match(ctx context.Context, index string, keys []string) ([]Hit, error)
	// Sums reads named sums in the order asked; a sum that was never touched is 0.
	Sums(ctx context.Context, names ...string) ([]int64, error)
	// ClaimWork takes due work under a lease, the longest due first.
	ClaimWork(ctx context.Context, c Claim) ([]Work, error)
	// ClaimEvents takes events to deliver under a lease, in the order of their commit. Of one Stream only the events up to the
	// first one leased elsewhere are given, so that delivery in a stream keeps its order.
	ClaimEvents(ctx context.Context, c Claim) ([]Event, error)
	// AckEvents marks events as delivered: they are not given again. An event whose lease has passed to another claimer is left alone, without an error.
	AckEvents(ctx context.Context, delivered []Event) error
	// Links reads up to n links (1 or more) of an audit chain after the given sequence number, in order.
	Links(ctx context.Context, chain string, after int64, n int) ([]Link, error)
	// Changed streams what a link's change wrote, in the order in which it was written, including versions that were replaced
	// since, with their bodies as they were. A record that the change deleted comes with the version after its last one and no body.
	// The change is that of l.ChangeSeq; one that is not there is ErrNotFound.
	Changed(ctx context.Context, l Link) iter.Seq2[Record, error]
}

// Record is one thing that is kept.
type Record struct {
	// Kind and ID name the record. Both are 1 to MaxID bytes of valid UTF-8 without control characters. Every other name (of a change,
	// an index, a sum, a sequence, a stream, a chain) may have MaxName bytes.
	Kind, ID string
	// Version is 1 when the record is created and grows by one with each change. The store sets it. A record that was deleted
	// starts at 1 again when it is made anew.
	Version int64
	// Seq is the number of the record's insertion, growing over the whole store in the order of commit; it never changes.
	Seq int64
	// Body is the record itself, JSON in UTF-8. The store keeps it byte for byte and does not parse it.
	Body []byte
}

// Entry is a key of a record in a named index. Keys compare as bytes; they are at most MaxKey bytes of valid UTF-8 without a zero byte,
// see ValidKey. A key that is given twice counts once, and as unique if it is given as both.
type Entry struct {
	Index string
	Key   string
}

// Put writes one record with its index entries, which replace all the entries it had.
type Put struct {
	Kind, ID string
	Body     []byte
	// Expect is the version the record must have now; 0 means that it must not exist.
	Expect int64
	// Index are the keys by which List and Match find the record.
	Index []Entry
	// Unique are the keys that no other record may carry in that index at the same time, as a unique key or a plain one. They are found
	// by List and Match too.
	Unique []Entry
}

// Change is what Apply commits.
type Change struct {
	// ID makes the change happen at most once. It must be chosen before the first try and be the same at every retry.
	ID string
	// At is the instant that the audit link and the events carry, from the caller's clock. Instants are kept to the microsecond: At is
	// rounded down, the Due of work and the end of a lease up.
	At time.Time
	// Puts are the records to write, applied in order.
	Puts []Put
	// Parts hands over further records part by part, after Puts; nil when there are none. An error ends the change with that error and
	// nothing is written. The function may be run inside the store's transaction: it may read the store, which shows it what was
	// committed before, and must not call Apply. It may run more than once, and use its slices again.
	Parts iter.Seq2[[]Put, error]
	// Deletes are records to remove, with their expected versions. Their last version stays readable by Changed.
	Deletes []Key
	// Require are records that must be at a version (0: must not exist) before the change, and are not written by it.
	Require []Key
	// Sums are added to named sums, in order.
	Sums []Sum
	// Draw takes numbers from sequences.
	Draw []Draw
	// Events go into the outbox.
	Events []Event
	// Work falls due later; Done ends work that was claimed, and fails the change with ErrLease when the lease has passed to another
	// claimer, or the work is done or was put again. Done counts before Work.
	Work []Work
	Done []Work
	// Chain is the audit chain that gets one link for this change; empty for none. Note is what the link says (JSON). A note without a
	// chain is ErrInvalid.
	Chain string
	Note  []byte
}

// Key names a record at a version.
type Key struct {
	Kind, ID string
	Expect   int64
}

// Sum adds Delta to the sum of a name; new sums start at 0. With HasFloor, a result below Floor fails the change with a
// *ShortError and nothing of the change is written. A sum that would leave the range of int64 is ErrInvalid.
type Sum struct {
	Name     string
	Delta    int64
	HasFloor bool
	Floor    int64
}

// Draw takes Count numbers, 1 or more, from a sequence, which starts at 1. Numbers are drawn without gaps by committed changes.
type Draw struct {
	Sequence string
	Count    int64
}

// Event is a message to the host, kept until it was delivered.
type Event struct {
	// ID makes the event recognisable when it is delivered twice. Seq is its place in the order of commit; the store sets it.
	ID  string
	Seq int64
	// Stream groups events whose order matters: a case, a batch. Events without a stream wait for no other.
	Stream string
	// Type says what happened; Data is the CloudEvents data, JSON. At is the instant of the change.
	Type string
	Data []byte
	At   time.Time
	// Token is the fencing token of a claim; the store sets it.
	Token int64
}

// Work is something to do at or after an instant.
type Work struct {
	// Kind and ID name the work; putting the same again replaces it.
	Kind, ID string
	// Due is the instant at which it may be claimed.
	Due time.Time
	// Body says what to do, JSON.
	Body []byte
	// Attempt counts the claims so far, Token is the fencing token of the claim; the store sets both.
	Attempt int
	Token   int64
}

// Claim asks for work or events.
type Claim struct {
	// Kind limits work to one kind; empty means any. Events ignore it.
	Kind string
	// Now is the instant by the caller's clock; Lease is how long the claim lasts from it. At its end others may claim.
	Now   time.Time
	Lease time.Duration
	// Max is the largest number wanted; 0 means 100.
	Max int
}

// Applied says what Apply committed.
type Applied struct {
	// Seq is the number of the change in the order of commit.
	Seq int64
	// First holds, for each Draw, the first number drawn.
	First []int64
	// Link is the audit link; zero when the change named no chain.
	Link Link
	// Replayed says that the change had been committed before.
	Replayed bool
}

// Query asks for a page of an index.
type Query struct {
	// Index is the index; Kind limits the records to one kind when set.
	Index string
	Kind  string
	// From and Until bound the keys, half-open; an empty Until is open. Prefix, when set, further limits the keys.
	From, Until, Prefix string
	// After is the cursor of the page before; empty for the first page.
	After string
	// Descending turns the order around.
	Descending bool
	// Limit is the largest number of records; 0 means 100. More than MaxPage is ErrInvalid.
	Limit int
}

// Page is a page of records with the cursor of the next page; an empty Next ends the list. Records that are inserted or changed
// between two pages are seen or not seen, but no record is given twice under one key and none that stays is left out.
type Page struct {
	Records []Record
	Next    string
}

// Hit is a record that carries a key.
type Hit struct {
	Key    string
	Record Record
}
