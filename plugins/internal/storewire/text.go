package storewire

import (
	"strings"
	"unicode/utf8"

	"courts.example/eservices/icms/store"
)

// nobody is a name that nothing can have.
const nobody = "\x00"

// text is the text as protobuf carries it. One that is no UTF-8 becomes one that no store accepts as a name or key, and that nothing is
// called.
func text(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, nobody)
}

// name is a name to look up; one that nothing can have does not travel.
func name(s string, most int) string {
	if len(s) > most {
		return nobody
	}
	return text(s)
}

// bound is a bound of keys. No key is longer than store.MaxKey, so that one byte more decides as well as all of them.
func bound(s string) []byte { return []byte(s[:min(len(s), store.MaxKey+1)]) }
