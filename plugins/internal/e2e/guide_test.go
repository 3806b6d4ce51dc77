//go:build unix

package e2e_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// guide gives the blocks of code of a section of the guide.
func guide(t *testing.T, section string) []string {
	t.Helper()
	text, err := os.ReadFile("../../doc.go")
	require.NoError(t, err)
	_, rest, found := strings.Cut(string(text), "\n// # "+section+"\n")
	require.True(t, found, section)
	rest, _, _ = strings.Cut(rest, "\n// # ")
	var blocks []string
	inside := false
	for line := range strings.Lines(rest) {
		code, is := strings.CutPrefix(line, "//\t")
		switch {
		case is && !inside:
			blocks = append(blocks, code)
		case is:
			blocks[len(blocks)-1] += code
		case inside && strings.TrimSpace(line) == "//": // a blank line within a program
			blocks[len(blocks)-1] += "\n"
			continue
		}
		inside = is
	}
	return blocks
}

// stranger is somebody with an empty folder beside the library.
type stranger struct {
	*testing.T
	dir string
}

func newStranger(t *testing.T) stranger {
	t.Helper()
	if testing.Short() {
		t.Skip("builds programs and certifies them")
	}
	root, err := filepath.Abs("../../..")
	require.NoError(t, err)
	at := t.TempDir()
	require.NoError(t, os.Symlink(root, filepath.Join(at, "eservices")))
	s := stranger{t, filepath.Join(at, "pay")}
	require.NoError(t, os.Mkdir(s.dir, 0o700))
	return s
}

func (s stranger) write(name, text string) {
	s.Helper()
	require.NoError(s, os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o600))
}

// do runs commands of the guide.
func (s stranger) do(commands string) string {
	s.Helper()
	cmd := exec.CommandContext(s.Context(), "sh", "-e", "-c", commands)
	cmd.Dir = s.dir
	said, err := cmd.CombinedOutput()
	require.NoError(s, err, "%s\n%s", commands, said)
	return string(said)
}

// The guide's way to a gateway in Go, command by command, up to a plugin that runs; the same adapter is certified where it comes from.
func TestTheGuideLeadsToAGateway(t *testing.T) {
	s := newStranger(t)
	blocks := guide(t, "Ten minutes: a gateway in Go")
	require.Len(t, blocks, 3)
	s.do(blocks[0])
	s.write("main.go", blocks[1])
	build, certify, found := strings.Cut(blocks[2], "go tool certify ")
	require.True(t, found)
	s.do(build)
	require.Contains(t, s.do("./acmepay 2>&1 || test $? = 1"), "acmepay 1.0.0 is a plugin")
	require.Contains(t, certify, "gateway ./acmepay -config sandbox.json -report report.json")
	require.FileExists(t, filepath.Join(s.dir, "sandbox.json"))
}

// The guide's way to a court, up to its certificate.
func TestTheGuideLeadsToACertifiedCourt(t *testing.T) {
	s := newStranger(t)
	setup, _, found := strings.Cut(guide(t, "Ten minutes: a gateway in Go")[0], "cp -r")
	require.True(t, found)
	s.do(setup + "cp ../eservices/icms/tables/testdata/ballymore.json court.json")
	program, commands, found := strings.Cut(strings.Join(guide(t, "Ten minutes: a court in Go"), "\n"), "go build")
	require.True(t, found)
	s.write("main.go", "package main\n\nimport (\n\t\"context\"\n\t_ \"embed\"\n\n\t\"courts.example/eservices/plugins/sdk\"\n)\n\n"+program)
	said := s.do("go mod tidy\ngo build" + commands)
	require.Contains(t, said, "CERTIFIED: court ballymore 1.0.0")
	require.NotContains(t, said, "NOT CERTIFIED")
	require.FileExists(t, filepath.Join(s.dir, "report.json"))
}
