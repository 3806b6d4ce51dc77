package wire

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxText bounds a text for people, in bytes.
const MaxText = 4 << 10

// Clean makes a text for people, on which nothing depends, fit for the wire: valid UTF-8 of at most MaxText bytes.
func Clean(s string) string {
	return Cut(strings.ToValidUTF8(s[:min(len(s), MaxText+1)], "\uFFFD"), MaxText)
}

// Cut cuts a text of valid UTF-8 that is longer than so many bytes at the border of a character, so that it fits with the "..." which it then ends with.
func Cut(s string, most int) string {
	const more = "..."
	if len(s) <= most {
		return s
	}
	end := max(most-len(more), 0)
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + more
}

// ErrNonsense says that a plugin's answer breaks the contract. Nothing in it was used.
var ErrNonsense = errors.New("the plugin's answer breaks the contract: certify it, or use another version")

// Nonsense gives an ErrNonsense that says how the answer breaks the contract, in words as by fmt.Sprintf.
func Nonsense(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrNonsense, fmt.Sprintf(format, args...))
}
