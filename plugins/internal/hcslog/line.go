package hcslog

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// maxLine is how much of a line is read, maxText how much of a message is kept, maxValue of a field.
	maxLine  = 16 << 10
	maxText  = 4 << 10
	maxValue = 1 << 10
	// maxFields is how many fields of a line are kept.
	maxFields = 24
	// LevelTrace is below slog.LevelDebug by as much as Debug is below Info.
	LevelTrace = slog.LevelDebug - 4
)

// line is one line of a plugin's log.
type line struct {
	level  slog.Level
	text   string
	fields []slog.Attr
}

// parse reads a line: hclog's JSON, or text whose level stands in brackets before it. Whatever it is, it gives a line. Texts are cleaned before they
// are cut: of half a secret nobody knows that it is one.
func parse(raw string, clean func(string) string) line {
	if strings.HasPrefix(raw, "{") {
		if fields, ok := object(raw); ok {
			if text, ok := fields["@message"].(string); ok {
				return line{level: levelOf(fields["@level"]), text: cut(clean(text), maxText), fields: attrs(fields, clean)}
			}
		}
	}
	return line{level: textLevel(raw), text: cut(clean(raw), maxText)}
}

// object reads a JSON object, with numbers as they are written: in another form a secret would not be known.
func object(raw string) (fields map[string]any, ok bool) {
	d := json.NewDecoder(strings.NewReader(raw))
	d.UseNumber()
	if d.Decode(&fields) != nil {
		return nil, false
	}
	_, err := d.Token()
	return fields, errors.Is(err, io.EOF)
}

// parseHead reads the head of a line that is longer than maxLine. Its last bytes, as many as the longest secret has, are left out: they may be the
// beginning of one.
func parseHead(raw string, clean func(string) string, longest int) line {
	text := clean(raw)
	text = strings.ToValidUTF8(text[:max(len(text)-longest, 0)], "")
	return line{level: textLevel(raw), text: cut(text, maxText-len(wasCut)) + wasCut}
}

// wasCut ends what is left of a line that was too long to be read.
const wasCut = " (the line is too long)"

// attrs are the fields that hclog does not use itself, by name.
func attrs(fields map[string]any, clean func(string) string) []slog.Attr {
	names := make([]string, 0, len(fields))
	for name := range fields {
		if name != "@message" && name != "@level" && name != "@timestamp" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var list []slog.Attr
	for i, name := range names {
		if i == maxFields {
			return append(list, slog.Int("left_out", len(names)-maxFields))
		}
		list = append(list, slog.String(cut(clean(strings.TrimPrefix(name, "@")), maxValue), cut(value(fields[name], clean), maxValue)))
	}
	return list
}

// value shows a JSON value as text.
func value(v any, clean func(string) string) string {
	switch v := cleaned(v, clean).(type) {
	case string:
		return v
	case map[string]any, []any:
		var b strings.Builder
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if e.Encode(v) != nil {
			return "?"
		}
		return strings.TrimSuffix(b.String(), "\n")
	default:
		return clean(fmt.Sprint(v))
	}
}

// cleaned cleans the texts in a JSON value, as long as they stand there as they are: JSON writes some of their characters in another way.
func cleaned(v any, clean func(string) string) any {
	switch v := v.(type) {
	case string:
		return clean(v)
	case json.Number:
		if s := clean(v.String()); s != v.String() {
			return s
		}
	case []any:
		for i := range v {
			v[i] = cleaned(v[i], clean)
		}
	case map[string]any:
		for _, name := range slices.Collect(maps.Keys(v)) {
			member := cleaned(v[name], clean)
			delete(v, name)
			v[clean(name)] = member
		}
	}
	return v
}

// levelOf is the level that hclog calls by name; Info when there is none.
func levelOf(v any) slog.Level {
	switch name, _ := v.(string); name {
	case "trace":
		return LevelTrace
	case "debug":
		return slog.LevelDebug
	case "warn":
		return slog.LevelWarn
	case "error":
		return slog.LevelError
	default:
		return slog.LevelInfo
	}
}

// textLevel is the level of plain text: by its prefix; the end of a Go program is an error.
func textLevel(s string) slog.Level {
	for prefix, level := range map[string]slog.Level{
		"[TRACE]": LevelTrace, "[DEBUG]": slog.LevelDebug, "[WARN]": slog.LevelWarn, "[ERROR]": slog.LevelError,
		"panic: ": slog.LevelError, "fatal error: ": slog.LevelError,
	} {
		if strings.HasPrefix(s, prefix) {
			return level
		}
	}
	return slog.LevelInfo
}

// cut shortens a text at the border of a character.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "..."
}
