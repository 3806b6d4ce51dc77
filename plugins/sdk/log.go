package sdk

import (
	"log/slog"
	"os"
	"strings"
	"time"
)

// Logger gives a logger whose records reach the host's log with level and attributes, one JSON object a line on stderr as hclog writes them.
// Records below Info are left out, except in debug mode. Never log a secret, or what a payer or a party said of himself.
func Logger() *slog.Logger {
	level := slog.LevelInfo
	if os.Getenv(debugKey) == "1" {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewJSONHandler(stderr, &slog.HandlerOptions{Level: level, ReplaceAttr: hclogNames}))
}

// hclogNames gives the fields of every record the names and forms that go-plugin reads.
func hclogNames(groups []string, a slog.Attr) slog.Attr {
	if len(groups) > 0 {
		return a
	}
	switch {
	case a.Key == slog.TimeKey && a.Value.Kind() == slog.KindTime:
		return slog.String("@timestamp", a.Value.Time().Format("2006-01-02T15:04:05.000000Z07:00"))
	case a.Key == slog.MessageKey:
		return slog.String("@message", a.Value.String())
	case a.Key == slog.LevelKey:
		if l, ok := a.Value.Any().(slog.Level); ok {
			return slog.String("@level", hclogLevel(l))
		}
	case a.Value.Kind() == slog.KindDuration:
		return slog.String(a.Key, a.Value.Duration().Round(time.Microsecond).String())
	case strings.HasPrefix(a.Key, "@"):
		// The reader of these lines expects text of a certain form under such names.
		a.Key = "_" + a.Key[1:]
	}
	return a
}

// hclogLevel names a level as hclog does.
func hclogLevel(l slog.Level) string {
	switch {
	case l < slog.LevelDebug:
		return "trace"
	case l < slog.LevelInfo:
		return "debug"
	case l < slog.LevelWarn:
		return "info"
	case l < slog.LevelError:
		return "warn"
	}
	return "error"
}
