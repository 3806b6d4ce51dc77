package sdk

import (
	"io"
	"os"
	"time"
)

// followLifeLine ends the process when the host has closed stdin, which happens at the latest when the host dies. Stdin that is neither a pipe
// nor a socket is no life line: a terminal, or nothing.
func (s *server) followLifeLine(stdin *os.File) {
	info, err := stdin.Stat()
	if err != nil || info.Mode()&(os.ModeNamedPipe|os.ModeSocket) == 0 {
		return
	}
	go func() {
		_, _ = io.Copy(io.Discard, stdin)
		time.AfterFunc(2*graceReply+graceClose, func() { os.Exit(exitDone) }) // whatever hangs then
		<-s.built
		s.log.Info("the host has closed the life line: the plugin ends")
		s.stop(graceReply) // which ends serveHost
	}()
}
