package sdk

import (
	"bufio"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
)

// guardStdout keeps what is printed from breaking the handshake, which must be the first line on stdout: from now on only a line that looks
// like it goes there, and anything else to the log. What was printed before can't be taken back.
func guardStdout(log *slog.Logger) error {
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	real := os.Stdout
	os.Stdout = w
	go func() {
		passed := false
		printed(r, func(line string) {
			if !passed && isHandshake(line) {
				passed = true
				_, _ = io.WriteString(real, line+"\n")
				return
			}
			log.Warn("the plugin printed on stdout, which belongs to the handshake: use sdk.Logger", "text", line)
		})
	}()
	return nil
}

// isHandshake reports whether a line is the one that the host waits for: "1|1|unix|/tmp/...|grpc|...".
func isHandshake(line string) bool {
	f := strings.Split(line, "|")
	return len(f) >= 5 && f[0] == "1" && (f[2] == "unix" || f[2] == "tcp") && f[4] == "grpc"
}

// divertOnce gives a function that, the first time, has os.Stdout lead to the log and os.Stderr to stderr: go-plugin has put pipes of its own
// in their place, which block a plugin that prints when no host reads them.
func divertOnce(log *slog.Logger) func() {
	return sync.OnceFunc(func() {
		r, w, err := os.Pipe()
		if err != nil {
			log.Warn("what the plugin prints can't be logged", "error", err.Error())
			return
		}
		os.Stdout, os.Stderr = w, stderr
		go printed(r, func(line string) { log.Info("the plugin printed", "text", line) })
	})
}

// maxPrinted bounds a printed line; what is longer comes in pieces.
const maxPrinted = 4 << 10

// printed calls for every line that comes out of a pipe, until nobody can write any more.
func printed(r io.Reader, each func(line string)) {
	b := bufio.NewReaderSize(r, maxPrinted)
	for {
		line, _, err := b.ReadLine()
		if err != nil {
			return
		}
		if text := strings.ToValidUTF8(string(line), "\uFFFD"); text != "" {
			each(text)
		}
	}
}
