package sdk

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Records are as go-plugin reads them, whatever the attributes are called.
func TestRecords(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: hclogNames}))
	log.Debug("one")
	log.With("who", "x").WithGroup("g").Info("two", "@message", 5)
	log.Warn("three", "took", 1500*time.Microsecond, "@level", 7, "@timestamp", "never", "level", 3, "time", "noon")
	log.Error("four", "error", errors.New("of a kind"))
	log.Log(t.Context(), slog.LevelDebug-4, "below")
	var levels []string
	for line := range strings.Lines(out.String()) {
		var r map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &r))
		levels = append(levels, r["@level"].(string))
		_, err := time.Parse("2006-01-02T15:04:05.000000Z07:00", r["@timestamp"].(string))
		require.NoError(t, err)
		require.IsType(t, "", r["@message"])
	}
	require.Equal(t, []string{"debug", "info", "warn", "error"}, levels)
	require.Contains(t, out.String(), `"took":"1.5ms"`)
	require.Equal(t, []string{"trace", "debug", "info", "warn", "error", "error"}, []string{
		hclogLevel(-8), hclogLevel(-4), hclogLevel(0), hclogLevel(4), hclogLevel(8), hclogLevel(12),
	})
}

// A line of the handshake is told from what programs print.
func TestHandshakeLine(t *testing.T) {
	for line, is := range map[string]bool{
		"1|1|unix|/tmp/p|grpc|":         true,
		"1|1|tcp|127.0.0.1:1|grpc|cert": true,
		"1|1|udp|x|grpc|":               false,
		"1|1|unix|/tmp/p":               false,
		"hello":                         false,
		"":                              false,
		"x1|1|unix|/tmp/p|grpc|":        false,
	} {
		require.Equal(t, is, isHandshake(line), line)
	}
}

// Texts for the wire are UTF-8 and bounded, and problems are not without end.
func TestProblemsAreBounded(t *testing.T) {
	var p Problems
	require.NoError(t, p.Err())
	for range 500 {
		p.Add("/a\xff", "%s", strings.Repeat("x", 10_000))
	}
	m := p.message()
	require.Len(t, m, maxProblems)
	require.Equal(t, "/a\uFFFD", m[0].GetPath())
	require.Len(t, m[0].GetText(), 4<<10)
	require.ErrorContains(t, p.Err(), "xxx")
}
