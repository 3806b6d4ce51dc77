// Package storewire carries store.Store over the wire contract of stores: [Client] is a store.Store whose records are kept behind a
// connection, [Server] serves one.
//
// What a store refuses comes back as the same typed error. A call that failed on the way wraps none of the errors of package store, so
// that the caller of Apply knows that it does not know, and applies the same id again; a call that was never sent is
// store.ErrBusy.
//
// Three things travel with more care than the rest. Texts that are no UTF-8, which protobuf can't carry, go as texts that no store
// accepts or finds. What is too large for a message is cut; what can't be cut goes as an empty thing that no store accepts. Both keep the
// rule that a change which was committed before is answered before it is looked at. And the records of Change.Parts are asked for only when
// the change was not committed before, and are all with the plugin before it opens the transaction that writes them.
package storewire
