package hcslog

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// as cleans nothing.
func as(s string) string { return s }

func TestLinesAreRead(t *testing.T) {
	for raw, want := range map[string]line{
		`{"@level":"warn","@message":"slow","@timestamp":"2026-03-02T09:00:00.000000Z","n":3,"who":"x"}`: {slog.LevelWarn, "slow",
			[]slog.Attr{slog.String("n", "3"), slog.String("who", "x")}},
		`{"@level":"trace","@message":"t","@module":"m"}`: {LevelTrace, "t", []slog.Attr{slog.String("module", "m")}},
		`{"@level":"debug","@message":"d","o":{"a":[1]}}`: {slog.LevelDebug, "d", []slog.Attr{slog.String("o", `{"a":[1]}`)}},
		`{"@level":"error","@message":"e"}`:               {slog.LevelError, "e", nil},
		`{"@level":"loud","@message":"i"}`:                {slog.LevelInfo, "i", nil},
		`{"@message":"no level"}`:                         {slog.LevelInfo, "no level", nil},
		// What ends a bare go-plugin host.
		`{"@message":1}`:                  {slog.LevelInfo, `{"@message":1}`, nil},
		`{"@level":{},"@message":"x"}`:    {slog.LevelInfo, "x", nil},
		`{"@timestamp":7,"@message":"x"}`: {slog.LevelInfo, "x", nil},
		`{`:                               {slog.LevelInfo, `{`, nil},
		`[WARN] careful`:                  {slog.LevelWarn, `[WARN] careful`, nil},
		`[DEBUG] x`:                       {slog.LevelDebug, `[DEBUG] x`, nil},
		`panic: oh`:                       {slog.LevelError, `panic: oh`, nil},
		`plain`:                           {slog.LevelInfo, `plain`, nil},
	} {
		require.Equal(t, want, parse(raw, as), raw)
	}
}

func TestLinesAreCut(t *testing.T) {
	long := strings.Repeat("審", maxText)
	text := parse(long, as).text
	require.LessOrEqual(t, len(text), maxText+3)
	require.True(t, strings.HasSuffix(text, "審..."), "at the border of a character")

	var many strings.Builder
	many.WriteString(`{"@message":"m"`)
	for i := range 100 {
		many.WriteString(`,"f` + strings.Repeat("x", i) + `":"` + strings.Repeat("v", 2*maxValue) + `"`)
	}
	l := parse(many.String()+"}", as)
	require.Len(t, l.fields, maxFields+1)
	require.Equal(t, slog.Int("left_out", 100-maxFields), l.fields[maxFields])
	require.LessOrEqual(t, len(l.fields[0].Value.String()), maxValue+3)
}

func FuzzParse(f *testing.F) {
	f.Add(`{"@level":"warn","@message":"slow","n":[1,{"a":null}]}`)
	f.Add(`{"@message":1,"@level":[],"@timestamp":{}}`)
	f.Add("[ERROR] \xff\xfe")
	f.Fuzz(func(t *testing.T, raw string) {
		l := parse(raw, as)
		require.LessOrEqual(t, len(l.text), maxText+3)
		require.LessOrEqual(t, len(l.fields), maxFields+1)
	})
}
