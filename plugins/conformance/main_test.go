package conformance_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/conformance"
	"courts.example/eservices/plugins/host"
)

// helper is the argument with which the test's own program is a helper host.
const helper = "helper-host"

// built is the folder of the programs that the tests certify, built once.
var built string

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == helper {
		if err := conformance.HelperHost(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	var err error
	if built, err = os.MkdirTemp("", "k"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(built) }()
	for _, name := range []string{"conformance/internal/broken", "sqlite", "districtcourt"} {
		cmd := exec.Command("go", "build", "-o", filepath.Join(built, filepath.Base(name)), "courts.example/eservices/plugins/"+name)
		if out, err := cmd.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n%s", name, err, out)
			return 1
		}
	}
	return m.Run()
}

// noon is the date of the reports.
func noon() time.Time { return time.Date(2026, time.November, 2, 12, 0, 0, 0, time.UTC) }

// gateways certifies the gateway plugin with a bug.
func gateways(t *testing.T, bug string) conformance.Options {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	o := conformance.Options{
		Kind: host.Gateway, Path: filepath.Join(built, "broken"), Seed: 7, Helper: []string{self, helper}, Parallel: 2,
		Settings: conformance.Settings{
			Config:  json.RawMessage(`{"url":"{{url}}","secrets":["{{secret}}"],"currencies":["HKD","JPY"],"means":["card","wallet"]}`),
			Sandbox: conformance.Company{Kind: "simpay"},
		},
	}
	if bug != "" {
		o.Args = []string{bug}
	}
	return o
}
