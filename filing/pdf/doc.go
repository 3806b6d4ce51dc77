// Package pdf tells three things about a PDF file that a stranger sent: how many pages it has, whether it is encrypted, and which
// version it says it is. It shows nothing, extracts nothing and runs nothing.
//
// [Inspect] reads what a viewer reads to find the pages: the cross-reference tables and streams with their incremental updates,
// hybrid and linearised files, the object streams, and every node of the page tree. It counts the leaves of the tree and doesn't believe the
// /Count entries. Where the cross-reference is broken it looks for the objects themselves, as viewers do.
//
// # Hostile files
//
// Everything is bounded by [Limits]: the numbers of objects, the bytes unpacked, the depth. Besides, the bytes read and looked at
// are bounded by a multiple of the file's size and of what was unpacked from it, so the time is proportional to the size
// whatever the file says. Nothing recurses over what a file holds. A file that is sound but beyond a bound is a
// [BoundError], one that uses a way of packing not known here an [UnsupportedError], and one in which the pages can't be found a
// [MalformedError].
package pdf
