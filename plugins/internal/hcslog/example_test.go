package hcslog_test

import (
	"log/slog"
	"os"
	"strings"
	"time"

	"courts.example/eservices/plugins/internal/hcslog"
)

// What a plugin writes to stderr stands in the host's log under names of its own.
func ExampleSink() {
	plain := &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}
	sink := hcslog.NewSink(hcslog.Options{
		Logger: slog.New(slog.NewTextHandler(os.Stdout, plain)).With("plugin", "acme"),
		Clean:  func(text string) string { return strings.ReplaceAll(text, "a secret", "[secret]") }, Longest: len("a secret"),
		Burst: 10, Rate: 10, Now: func() time.Time { return time.Date(2026, time.March, 2, 1, 0, 0, 0, time.UTC) },
	})
	sink.Copy(strings.NewReader(`{"@level":"warn","@message":"refused with a secret","plugin":"another"}`+"\n"), "stderr")
	// Output:
	// level=WARN msg="refused with [secret]" plugin=acme from=stderr fields.plugin=another
}
