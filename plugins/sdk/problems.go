package sdk

import (
	"fmt"
	"strings"

	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
)

// Problem is one thing wrong with a configuration.
type Problem struct {
	// Path is a JSON pointer into the configuration: "/merchant/secret"; "" is the whole.
	Path string
	// Text says what is wrong and what would be right. It never repeats a secret.
	Text string
}

// Problems is the error of a Configure that found things wrong with the configuration: all of them at once. The host shows them to the
// operator; any other error says that the configuration could not be looked at, or that what it names can't be reached.
type Problems []Problem

// Error lists the problems.
func (p Problems) Error() string {
	if len(p) == 0 {
		return "sdk: no problem with the configuration"
	}
	texts := make([]string, len(p))
	for i, q := range p {
		texts[i] = fmt.Sprintf("%q: %s", q.Path, q.Text)
	}
	return "sdk: the configuration can't be used: " + strings.Join(texts, "; ")
}

// Err gives the problems as an error: nil when there are none.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// Add adds a problem, written as by fmt.Sprintf.
func (p *Problems) Add(path, format string, args ...any) {
	*p = append(*p, Problem{Path: path, Text: fmt.Sprintf(format, args...)})
}

// maxProblems bounds what travels: whoever made more mistakes mends these first.
const maxProblems = 100

func (p Problems) message() []*basev1.ConfigProblem {
	var out []*basev1.ConfigProblem
	for _, q := range p[:min(len(p), maxProblems)] {
		out = append(out, &basev1.ConfigProblem{Path: wire.Clean(q.Path), Text: wire.Clean(q.Text)})
	}
	return out
}
