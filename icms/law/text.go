package law

import (
	"fmt"
	"sort"
	"strings"
	"time"
)

// The language tags (BCP 47) that the shipped tables use. Other courts may use any tag.
const (
	// English is the tag of English text.
	English = "en"
	// TraditionalChinese is the tag of Chinese text in traditional characters.
	TraditionalChinese = "zh-Hant"
)

// Text is words for people, by BCP 47 language tag. A nil Text is no words. It is shared, so never change one you were given.
type Text map[string]string

// T builds the bilingual text of the shipped tables: English, then Traditional Chinese. An empty string leaves that language out.
func T(en, zhHant string) Text {
	t := make(Text, 2)
	if en != "" {
		t[English] = en
	}
	if zhHant != "" {
		t[TraditionalChinese] = zhHant
	}
	return t
}

// In gives the words in the first of the given languages that has any, then English, then the first tag in alphabetical
// order; "" when there are no words at all.
func (t Text) In(tags ...string) string {
	for _, tag := range tags {
		if s := t[tag]; s != "" {
			return s
		}
	}
	if s := t[English]; s != "" {
		return s
	}
	for _, tag := range t.Tags() {
		if t[tag] != "" {
			return t[tag]
		}
	}
	return ""
}

// Tags lists the languages present, sorted.
func (t Text) Tags() []string {
	tags := make([]string, 0, len(t))
	for tag := range t {
		tags = append(tags, tag)
	}
	sort.Strings(tags)
	return tags
}

// Fill gives a new Text in which each {name} is replaced by the value of that name, in every language. A placeholder without
// a value stays as it is, so that a missing value is seen and not swallowed; text inside a value is never looked at again.
func (t Text) Fill(values ...Value) Text {
	if t == nil {
		return nil
	}
	out := make(Text, len(t))
	for tag, s := range t {
		out[tag] = fill(s, tag, values)
	}
	return out
}

// Value is a named value of a step or a finding; it is formatted only when read.
type Value struct {
	// Name is the placeholder's name without braces.
	Name string
	// Of is any value with a plain text form: string, number, fmt.Stringer, time.Time (in a sentence "2026-03-02 08:45:00" in the zone that it
	// carries, "UTC" said behind it where that is the zone; by itself RFC 3339), or a Text, shown in the language of the sentence that it stands in.
	Of any
}

// V names a value.
func V(name string, of any) Value { return Value{Name: name, Of: of} }

// String formats the value by itself, as programs read it: a Text in English, an instant as RFC 3339.
func (v Value) String() string {
	if at, ok := v.Of.(time.Time); ok {
		return at.Format(time.RFC3339Nano)
	}
	return v.in(English)
}

func (v Value) in(tag string) string {
	switch x := v.Of.(type) {
	case nil:
		return ""
	case string:
		return x
	case Text:
		return x.In(tag)
	case time.Time:
		if x.Location() == time.UTC {
			return x.Format("2006-01-02 15:04:05.999999999 UTC")
		}
		return x.Format("2006-01-02 15:04:05.999999999")
	case fmt.Stringer:
		return x.String()
	default:
		return fmt.Sprint(x)
	}
}

func fill(s, tag string, values []Value) string {
	if !strings.Contains(s, "{") {
		return s
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '{')
		if open < 0 {
			break
		}
		end := strings.IndexByte(s[open:], '}')
		if end < 0 {
			break
		}
		end += open
		b.WriteString(s[:open])
		if v, ok := lookup(values, s[open+1:end], tag); ok {
			b.WriteString(v)
		} else {
			b.WriteString(s[open : end+1])
		}
		s = s[end+1:]
	}
	b.WriteString(s)
	return b.String()
}

func lookup(values []Value, name, tag string) (string, bool) {
	for _, v := range values {
		if v.Name == name {
			return v.in(tag), true
		}
	}
	return "", false
}
