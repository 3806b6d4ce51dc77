// Package blob keeps documents and other large bytes by the hash of their content. [Store] is the port; [Folder] keeps them in a
// folder of a local disk.
//
// Bytes are taken in by Stage, which computes their hash while they arrive, can be inspected, and become visible by Keep. A program
// keeps first and commits its records after, so that no record names bytes that are not there; what was kept for a commit
// that never came is taken away by [Folder.Sweep].
//
// # The folder
//
//	lock           held by keeping and sweeping, empty
//	staging/*      what is being taken in; after a crash, leftovers for Sweep
//	ab/ab34...     content, named by its hash, in folders by the first two digits
//
// Files are readable by their owner alone. A backup copies the database first and this folder after it: content is kept before its
// record is committed and never changed, so that every record of the copy finds its bytes.
package blob
