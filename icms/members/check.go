package members

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"courts.example/eservices/icms/law"
)

// The largest texts, in bytes.
const (
	maxID        = 60
	maxSubject   = 200
	maxName      = 300
	maxStatement = 4000
	maxProofs    = 50
)

var errForm = errors.New("1 to 60 ASCII letters, digits, \".\", \"_\" or \"-\"")

// checkID checks a name that stands in keys and in the names of deposit accounts.
func checkID(id string) error {
	if id == "" || len(id) > maxID {
		return errForm
	}
	for _, c := range []byte(id) {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '.' && c != '_' && c != '-' {
			return errForm
		}
	}
	return nil
}

func idOf(field, id string) error {
	if checkID(id) != nil {
		return refuse(ErrInvalid, CodeID, law.V("field", field), law.V("id", id))
	}
	return nil
}

// textOf checks a line of text that must be there.
func textOf(field, text string, most int) error {
	if strings.TrimSpace(text) == "" || len(text) > most || !plain(text) {
		return refuse(ErrInvalid, CodeField, law.V("field", field))
	}
	return nil
}

// nameOf checks a name: in one language at least, short, plain text in all.
func nameOf(name law.Text) error {
	some := false
	for _, s := range name {
		if len(s) > maxName || !plain(s) {
			return refuse(ErrInvalid, CodeField, law.V("field", "name"))
		}
		some = some || strings.TrimSpace(s) != ""
	}
	if !some || len(name) > 10 || name.CheckTags() != nil {
		return refuse(ErrInvalid, CodeField, law.V("field", "name"))
	}
	return nil
}

// plain reports whether a text is UTF-8 without control characters.
func plain(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 })
}

// reasonOf checks why something was done: in English at least.
func reasonOf(reason law.Text) error {
	if strings.TrimSpace(reason[law.English]) == "" || reason.CheckTags() != nil {
		return refuse(ErrInvalid, CodeField, law.V("field", "reason"))
	}
	for _, s := range reason {
		if len(s) > maxStatement || !utf8.ValidString(s) {
			return refuse(ErrInvalid, CodeField, law.V("field", "reason"))
		}
	}
	return nil
}

// signed checks who asks and when.
func signed(by By, at time.Time) error {
	if err := textOf("by", by.Organisation, maxSubject); err != nil {
		return err
	}
	if by.User == "" || !plain(by.User) {
		return refuse(ErrInvalid, CodeField, law.V("field", "by"))
	}
	return dated(at)
}

func dated(at time.Time) error {
	if y := at.UTC().Year(); at.IsZero() || y < 1 || y > 9999 {
		return refuse(ErrInvalid, CodeField, law.V("field", "at"))
	}
	return nil
}

// first gives the first error there is.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// key joins the parts of an index key; none of them but the last may hold the bar.
func key(parts ...string) string { return strings.Join(parts, "|") }

// digest is the SHA-256 in hex of a value's JSON.
func digest(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}
