// Package names finds records by the names of persons and companies, in English and Chinese, over the store port alone.
//
// An [Index] is a named index of the store with a function that reads the names back from a record's body. Its writer puts
// the keys of [Index.Entries] into the record's store.Put; [Index.Search] finds the records page by page, in the order of a sort key
// that the writer chose (a date and a number, say) and no other: there is no score that could change between two pages.
//
// # What matches
//
// A text finds a name when the name has each of the text's words and each of its runs of Chinese, in any order and beside
// any others. All must be in one name: of two defendants, the surname of one and the forename of the other find nothing. Give what one
// person is called in all languages as one name, and a word may be in one language and the next in the other.
//
// A word is compared as a whole: "Lim" does not find "Limited". While a user types ([Query.Typing]) the last word may be the
// beginning of a longer one. Chinese is written without spaces: a run of it, down to a single character, is found anywhere in a name;
// so are kana and Hangul. Traditional and simplified characters differ.
//
// Case, width, accents of Latin, Greek and Cyrillic letters, invisible characters and apostrophes tell nothing apart; other
// punctuation parts words, but that of initials joins them (J.P. is JP) and & reads as the word and.
//
// # Scopes
//
// Every key begins with the scope of its entry, and a search reads keys of the scopes it names and no others. Make what may be seen by
// different people different scopes of a court ("CT/open", "CT/sealed"): a record that is sealed is put again with the entries of its
// new scope, in the change that seals it, and from then on a search elsewhere reads, costs and answers what it would had the record
// never been there. Cursors hold a sort key of a scope that was searched, nothing else.
//
// # Work
//
// A search reads, in their order, the records under a key that all its matches carry. It probes several such keys, follows the one that
// gets on fastest, and leaps over stretches that another lacks; pairs of words are keys too, so that common words that seldom meet are
// found quickly. What is common costs its page, what is rare costs what there is of it. Between the two a question may be hard (two
// things that many names have and hardly any has both, one of them Chinese or still being typed): then the page ends once
// [Query.Reads] records were read, with a cursor to go on from, even when nothing was found so far.
//
// Records are read whole to be compared: keep the entries on small records where cases are large.
package names
