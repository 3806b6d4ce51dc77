package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment/simpay"
)

// The test program runs itself as the court's program and as the keeper of the company's, as the command does.
const childMode = "SOAK_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childMode) != "" {
		main()
	}
	for name, value := range map[string]string{childMode: "yes", "GORACE": "atexit_sleep_ms=0"} {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// canary is the number of a test card.
const canary = "4111111111111111"

// soaked runs a soak with arguments, and gives its exit status with what it printed.
func soaked(t *testing.T, args ...string) (status int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = run(t.Context(), args, strings.NewReader(""), &stdout, &stderr)
	t.Log(stdout.String(), stderr.String())
	return status, stdout.String(), stderr.String()
}

// TestSoak is a small one: every plot at least once, the court's program killed a dozen times, every kind of fault, card numbers in
// everything that the company says. Nothing is unexplained then; and what somebody tampers with afterwards is.
func TestSoak(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	o, err := parse([]string{"-attempts", "100", "-at-once", "60", "-kills", "12", "-seed", "7", "-canary", canary}, io.Discard)
	require.NoError(t, err)
	var out bytes.Buffer
	s := newSoak(o, t.TempDir(), &out)
	require.NoError(t, s.begin(t.Context()))
	defer func() { require.NoError(t, s.company.end()) }()
	require.NoError(t, s.serve(t.Context()))
	f, err := s.audit(t.Context())
	require.NoError(t, err)
	status := s.progress.report(s, f, s.played)
	t.Log(out.String())
	require.Equal(t, explained, status)
	require.Contains(t, out.String(), "nothing is unexplained")
	require.Regexp(t, `killed [1-9]\d* times`, out.String())
	require.Regexp(t, `canary +said by the company \d{3,} times`, out.String())
	s.findsWhatIsWrong(t)
}

// TestSteadySoak is too small to tell anything about memory but that it is measured. All processes are gone after it.
func TestSteadySoak(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	dir := filepath.Join(t.TempDir(), "soak")
	status, out, errs := soaked(t, "-attempts", "10", "-steady", "-faults", "0", "-dir", dir)
	require.Equal(t, explained, status, "%s%s", out, errs)
	require.Len(t, regexp.MustCompile(`heap \d+\.\d MiB in \d+ goroutines`).FindAllString(out, -1), 10)
	require.Contains(t, out, "killed 0 times")
	free(t, dir)
}

// free waits until no process uses the files of a soak any more.
func free(t *testing.T, dir string) {
	t.Helper()
	for t.Context().Err() == nil {
		journal, err := simpay.OpenJournal(filepath.Join(dir, companyJournal))
		if err == nil {
			require.NoError(t, journal.Close())
			break
		}
		require.ErrorContains(t, err, "in use by another program")
	}
	for t.Context().Err() == nil { // the last to close a database removes its log
		if _, err := os.Stat(filepath.Join(dir, courtDatabase+"-wal")); errors.Is(err, fs.ErrNotExist) {
			return
		}
	}
}

// TestNobodyIsLeftBehind kills the command, and asks it to end: the programs that it started end in both cases.
func TestNobodyIsLeftBehind(t *testing.T) {
	self, err := os.Executable()
	require.NoError(t, err)
	for name, signal := range map[string]os.Signal{"killed": os.Kill, "asked": syscall.SIGTERM} {
		dir := filepath.Join(t.TempDir(), "soak")
		cmd := exec.CommandContext(t.Context(), self, "-attempts", "200", "-at-once", "20", "-dir", dir)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		stdout, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		_, err = bufio.NewReader(stdout).ReadString('\n') // the first twenty are done
		require.NoError(t, err)
		require.NoError(t, cmd.Process.Signal(signal))
		require.Error(t, cmd.Wait(), name)
		if signal == syscall.SIGTERM {
			require.Equal(t, failed, cmd.ProcessState.ExitCode(), stderr.String())
			require.Contains(t, stderr.String(), "terminated")
		}
		free(t, dir)
	}
}

func TestPlots(t *testing.T) {
	cards := deck(1)
	require.Len(t, cards, 100, "the shares add up to a hundred")
	seen := make(map[string]int)
	for _, p := range cards {
		seen[p.name]++
	}
	for _, p := range plots() {
		require.Equal(t, p.share, seen[p.name], p.name)
	}
}

func TestBadCommandLines(t *testing.T) {
	for says, args := range map[string][]string{
		`"now" is not a flag`:    {"now"},
		"at least 1":             {"-attempts", "0"},
		"-at-once not negative":  {"-at-once", "-1"},
		"-faults is from 0":      {"-faults", "0.5"},
		"which -kills would end": {"-steady", "-kills", "3"},
		"-nothing":               {"-nothing"},
		"file exists":            {"-dir", t.TempDir()},
		"no program is named":    {roleKeeper},
		"no such file":           {roleCourt, "-secret", filepath.Join(t.TempDir(), "none")},
	} {
		status, out, errs := soaked(t, args...)
		require.Equal(t, failed, status, "%v", args)
		require.Empty(t, out)
		require.Contains(t, errs, says)
	}
	status, out, _ := soaked(t, "-h")
	require.Equal(t, explained, status)
	require.Equal(t, usage, out)
}

func TestCompanyThatDoesNotStart(t *testing.T) {
	dir := t.TempDir()
	self, err := os.Executable() // a program with other flags
	require.NoError(t, err)
	for says, program := range map[string]string{"no such file": filepath.Join(dir, "none"), "ended before it had an address": self} {
		place := filepath.Join(dir, fmt.Sprint(len(says)))
		status, _, errs := soaked(t, "-attempts", "1", "-simpay", program, "-dir", place)
		require.Equal(t, failed, status)
		log, err := os.ReadFile(filepath.Join(place, companyLog))
		require.NoError(t, err)
		require.Contains(t, errs+string(log), says)
	}
}

func TestGrowth(t *testing.T) {
	const mib = 1 << 20
	for want, all := range map[string][]memory{
		"":                                    {{Heap: 9 * mib}, {Heap: 5 * mib}, {Heap: 6 * mib}, {Heap: 10 * mib}},
		"heap has grown from 5.0 MiB to 11.0": {{Heap: 1 * mib}, {Heap: 5 * mib}, {Heap: 6 * mib}, {Heap: 11 * mib}},
		"resident memory has grown from 50.0": {{Resident: 9 * mib}, {Resident: 50 * mib}, {Resident: 60 * mib}, {Resident: 110 * mib}},
	} {
		if got := grown(all); want == "" {
			require.Empty(t, got)
		} else {
			require.Contains(t, got, want)
		}
	}
	require.Empty(t, grown([]memory{{Heap: 1}, {Heap: 1000 * mib}}), "too few to tell")
	require.Positive(t, measure().Heap)
}
