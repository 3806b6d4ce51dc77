package hcslog

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/stretchr/testify/require"
)

// written is a sink with what it wrote and its clock.
type written struct {
	*Sink
	bytes.Buffer
	now time.Time
}

func newWritten(burst, rate int) *written {
	w := &written{now: time.Unix(1_800_000_000, 0)}
	w.Sink = NewSink(Options{
		Logger: slog.New(slog.NewTextHandler(&w.Buffer, &slog.HandlerOptions{Level: slog.LevelInfo, ReplaceAttr: noTime})).With("plugin", "acme"),
		Clean:  strings.NewReplacer("hunter2", "<config /secret>").Replace, Longest: len("hunter2"), Burst: burst, Rate: rate, Now: func() time.Time { return w.now },
	})
	return w
}

func noTime(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

func TestLinesCarryTheNameOfThePlugin(t *testing.T) {
	w := newWritten(10, 1)
	w.Copy(strings.NewReader("one\n\n{\"@level\":\"debug\",\"@message\":\"hidden\"}\n{\"@level\":\"error\",\"@message\":\"two\",\"plugin\":\"other\"}\nhunter2"), "stderr")
	require.Equal(t, ""+
		"level=INFO msg=one plugin=acme from=stderr\n"+
		"level=ERROR msg=two plugin=acme from=stderr fields.plugin=other\n"+
		"level=INFO msg=\"<config /secret>\" plugin=acme from=stderr\n", w.String())
	require.Equal(t, "one | two | <config /secret>", w.Tail())
}

func TestAFloodIsLeftOutAndCounted(t *testing.T) {
	w := newWritten(10, 5)
	w.Copy(strings.NewReader(strings.Repeat("x\n", 1000)), "stderr")
	require.Equal(t, 10, strings.Count(w.String(), "msg=x"))
	require.Contains(t, w.String(), "lines were left out\" plugin=acme lines=990 lines_a_second=5")
	w.now = w.now.Add(time.Second)
	w.Reset()
	w.Copy(strings.NewReader(strings.Repeat("x\n", 1000)), "stderr")
	require.Equal(t, 5, strings.Count(w.String(), "msg=x"), "five a second")
}

func TestALongLineIsTakenOnce(t *testing.T) {
	long := strings.Repeat("x", 5*maxLine) + "\nshort\n"
	w := newWritten(10, 1)
	w.Copy(strings.NewReader(long), "stderr")
	require.Equal(t, 2, strings.Count(w.String(), "level=INFO"))
	require.Contains(t, w.String(), "msg=short")
	require.Less(t, w.Len(), 2*maxText)
}

func TestTailIsBounded(t *testing.T) {
	w := newWritten(1000, 1)
	w.Copy(strings.NewReader(strings.Repeat(strings.Repeat("y", 1000)+"\n", 100)+"last"), "stderr")
	require.Less(t, len(w.Tail()), tailLines*(tailText+10))
	require.True(t, strings.HasSuffix(w.Tail(), "| last"))
}

func TestPiecesBecomeLines(t *testing.T) {
	w := newWritten(10, 1)
	out := w.Writer("stdout")
	for _, piece := range []string{"on", "e\ntw", "o\n\nthree", "\n" + strings.Repeat("z", 3*maxLine), "zz\nfour\nfive"} {
		n, err := out.Write([]byte(piece))
		require.NoError(t, err)
		require.Equal(t, len(piece), n)
	}
	for _, text := range []string{"one", "two", "three", "four"} {
		require.Contains(t, w.String(), "msg="+text+" plugin=acme from=stdout\n")
	}
	require.Equal(t, 5, strings.Count(w.String(), "level="), "the long one once, the open one not yet")
}

func TestGoPluginSpeaksLow(t *testing.T) {
	var out bytes.Buffer
	l := New(slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: noTime})))
	l.Named("x").ResetNamed("y").With("k", 1).Error("bad", "err", "e")
	l.Log(hclog.Trace, "trace")
	l.Trace("trace")
	l.Debug("debug")
	l.Info("info")
	l.Warn("warn")
	require.False(t, l.IsTrace())
	require.Equal(t, "level=DEBUG msg=bad k=1 err=e\nlevel=DEBUG msg=debug\nlevel=DEBUG msg=info\nlevel=DEBUG msg=warn\n", out.String())
	l.StandardLogger(nil).Print("x")
	_, err := l.StandardWriter(nil).Write([]byte("x"))
	require.NoError(t, err)
}
