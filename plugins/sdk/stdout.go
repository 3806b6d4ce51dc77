package sdk

import (
	"bufio"
	"io"
	"log/slog"
	"os"
	"strings"
)

// The process's own: while it serves, go-plugin puts others in place of os.Stdout and os.Stderr.
var (
	stdout = os.Stdout
	stderr = os.Stderr
)

// guardStdout keeps what is printed from breaking the handshake, which must be the first line on stdout: from now on only a line that looks
// like it goes there, and anything else to the log. What was printed before can't be taken back. On Unix that holds for everything that
// writes to the file 1: loggers that were made before, C libraries, child processes.
//
// The function that it gives, called when go-plugin has put its pipes in place of os.Stdout and os.Stderr, undoes that: they would block a program
// that prints when no host reads them.
func guardStdout(log *slog.Logger) (restore func(), err error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	host, printing, err := divert(w)
	if err != nil {
		return nil, err
	}
	os.Stdout = printing
	go func() {
		passed := false
		printed(r, func(line string) {
			if !passed && isHandshake(line) {
				passed = true
				_, _ = io.WriteString(host, line+"\n")
				return
			}
			log.Info("the plugin printed on stdout, which belongs to the handshake; use sdk.Logger", "text", line)
		})
	}()
	return func() { os.Stdout, os.Stderr = printing, stderr }, nil
}

// isHandshake reports whether a line is the one that the host waits for: "1|1|unix|/tmp/...|grpc|...".
func isHandshake(line string) bool {
	f := strings.Split(line, "|")
	return len(f) >= 5 && f[0] == "1" && (f[2] == "unix" || f[2] == "tcp") && f[4] == "grpc"
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
