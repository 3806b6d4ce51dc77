// Package store is the port through which everything is kept: a few calls that any storage can implement, and that know nothing
// of courts.
//
// A [Record] is a kind, an id, a version and a body (JSON), with the index entries and unique keys that its writer computed.
// [Store.Apply] commits one [Change] as a whole or not at all: records at expected versions, unique keys, sums that may not fall
// below a floor, numbers drawn from sequences, events for the outbox, work that falls due, and one link of an audit chain. A
// change is applied at most once by its id: applying it again gives the first answer.
//
// Nothing here holds a transaction open for a caller. A change too large for memory hands its records over in parts
// ([Change.Parts]); they count only when the whole change is committed.
//
// Reads see committed changes only. Due work and events are claimed with a lease and a fencing token, so that two nodes share
// the work and a node that froze can't finish what another has taken over.
//
// Implementations: icms/store/sqlite here, others by anyone; icms/store/storetest says whether they are right.
package store
