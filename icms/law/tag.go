package law

import (
	"fmt"
	"strings"
)

// maxTag is the longest language tag that is taken, which RFC 5646 has everybody take.
const maxTag = 35

// CheckTags proves that the words of a text that comes from outside stand under language tags of the form that BCP 47 gives them: a language of two
// or three letters, then subtags of at most eight letters and digits behind hyphens, 35 bytes in all. Longer languages are reserved and none is
// registered. Whether a tag is registered is not asked. The *TagError names the first bad tag in alphabetical order; no words have none.
func (t Text) CheckTags() error {
	for _, tag := range t.Tags() {
		if !isTag(tag) {
			return &TagError{Tag: tag}
		}
	}
	return nil
}

// TagError says that words stand under what is no language tag.
type TagError struct {
	// Tag is what stands there, whatever it is.
	Tag string
}

// Error names the tag, cut to a line's length.
func (e *TagError) Error() string {
	return fmt.Sprintf("law: %.60q is no language tag of BCP 47: give one such as %q or %q", e.Tag, English, TraditionalChinese)
}

func isTag(tag string) bool {
	if len(tag) > maxTag {
		return false
	}
	for i, sub := range strings.Split(tag, "-") {
		if sub == "" || len(sub) > 8 || strings.ContainsFunc(sub, func(r rune) bool { return !letter(r) && (i == 0 || r < '0' || r > '9') }) {
			return false
		}
		if i == 0 && (len(sub) < 2 || len(sub) > 3) {
			return false
		}
	}
	return true
}

func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
