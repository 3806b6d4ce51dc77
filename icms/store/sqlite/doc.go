// Package sqlite keeps a store.Store in one SQLite file, by the driver modernc.org/sqlite, which needs no C compiler.
//
// [Open] opens a file of its own; [New] joins the embedder's database, and [Store.ApplyTx] the embedder's transaction. Durability is full
// unless asked otherwise: when Apply returns, the change survives the loss of power. Any number of goroutines and processes share one
// file: writers take turns, for Options.Wait at most, and readers never wait. The file must lie on a local disk.
//
// # Writing together
//
// A commit waits for the disk, so changes that wait for their turn at the same time share one: whoever gets the turn applies all that
// wait, in the order in which they came, each in a savepoint and under its caller's context, and commits once. Nobody is answered
// before that commit, not even with a refusal. A change that fails undoes itself alone; when SQLite gives up the whole transaction (a full
// disk), each change is applied in one of its own; when the commit fails, all have that error. A change with Parts goes alone, and so does
// one that nobody waits beside, at no cost. No goroutine is started for any of this.
//
// # Errors
//
// Errors wrap the sentinels of package store. Of these, store.ErrFull and store.ErrBusy mean that nothing was committed;
// store.ErrCorrupt means stop and restore: [Store.Check] tells more about the file, [store.Verify] about the records. A COMMIT that
// fails without a sentinel leaves open whether it counted: apply the same change again, and its id decides.
//
// # Backup
//
// Copy with SQLite's own means, which take the log in (VACUUM INTO, or the backup command of its shell); a plain copy of the file alone
// may lack what is still in the log beside it.
//
// # Tables
//
// Everything can be asked in plain SQL. Bodies, notes and data are JSON text; instants are microseconds since 1970 in UTC
// (datetime(at / 1000000, 'unixepoch') reads one). Numbers grow in the order of commit. Write through this package only.
//
//	icms_record    seq, kind, id, version, change, place, entries, body
//	               the records as they are. seq is the number of the insertion, change the one that wrote this version, place the order
//	               within it, entries the keys in icms_entry as [[idx, key], ...] (a third element 1 marks a unique one)
//	icms_history   seq, version, change, place, kind, id, body
//	               versions that were replaced, and, without a body, that a record was deleted
//	icms_index     id, name, has_plain, has_unique
//	icms_entry     idx, key, slot, record
//	               the keys: idx is icms_index.id, record is icms_record.seq. slot is 0 for a unique key, else the record again
//	icms_entries   a view of the keys with the names: "index", key, "unique", kind, id, seq
//	icms_change    seq, id, at, drawn, records, after
//	               the changes by id: what they drew, how many records they wrote, the last icms_record.seq before them
//	icms_link      change, chain, seq, note, records, content, before, hash
//	               the audit chains
//	icms_sum       name, value
//	icms_sequence  name, last
//	icms_event     seq, id, stream, type, data, at, until, token
//	               the outbox: what was not acknowledged yet. until is the end of a lease
//	icms_work      kind, id, due, body, attempt, until, token
//	icms_counter   change, record, event, token: the last numbers given away
//	icms_schema    version: the migrations that were applied
//
// For instance, everything that ever happened to a record, and what waits in the outbox:
//
//	SELECT h.version, datetime(c.at / 1000000, 'unixepoch'), c.id, h.body
//	FROM icms_history h JOIN icms_change c ON c.seq = h.change WHERE h.kind = 'batch' AND h.id = 'B-1';
//
//	SELECT stream, count(*), min(seq) FROM icms_event GROUP BY stream;
package sqlite
