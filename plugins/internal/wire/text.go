package wire

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxText bounds a text for people, in bytes.
const MaxText = 4 << 10

// Clean makes a text for people, on which nothing depends, fit for the wire: valid UTF-8, cut after MaxText bytes.
func Clean(s string) string {
	return Cut(strings.ToValidUTF8(s[:min(len(s), MaxText+1)], "\uFFFD"), MaxText)
}

// Cut cuts a text of valid UTF-8 after so many bytes at most, at the border of a character, and then says "...".
func Cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "..."
}

// ErrNonsense says that a plugin's answer breaks the contract. Nothing in it was used.
var ErrNonsense = errors.New("the plugin's answer breaks the contract: certify it, or use another version")

// Nonsense gives an ErrNonsense that says how the answer breaks the contract, in words as by fmt.Sprintf.
func Nonsense(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrNonsense, fmt.Sprintf(format, args...))
}
