package hcslog

import (
	"encoding/json"
	"fmt"
	"log/slog"
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

// parse reads a line: hclog's JSON, or text whose level stands in brackets before it. Whatever it is, it gives a line.
func parse(raw string) line {
	if strings.HasPrefix(raw, "{") {
		var fields map[string]any
		if json.Unmarshal([]byte(raw), &fields) == nil {
			if text, ok := fields["@message"].(string); ok {
				return line{level: levelOf(fields["@level"]), text: cut(text, maxText), fields: attrs(fields)}
			}
		}
	}
	return line{level: textLevel(raw), text: cut(raw, maxText)}
}

// attrs are the fields that hclog does not use itself, by name.
func attrs(fields map[string]any) []slog.Attr {
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
		list = append(list, slog.String(cut(strings.TrimPrefix(name, "@"), maxValue), value(fields[name])))
	}
	return list
}

// value shows a JSON value as text.
func value(v any) string {
	switch v := v.(type) {
	case string:
		return cut(v, maxValue)
	case map[string]any, []any:
		b, err := json.Marshal(v)
		if err != nil {
			return "?"
		}
		return cut(string(b), maxValue)
	default:
		return fmt.Sprint(v)
	}
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
