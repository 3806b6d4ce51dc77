package icms_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "courts.example/eservices/"

// allowed says which packages of ours each package may import. What isn't listed may import nothing of ours. Programs may import what they
// need: examples, plugins and payment/soak.
var allowed = map[string]string{
	"icms/law":                       "",
	"icms/money":                     "",
	"icms/store":                     "",
	"icms/blob":                      "",
	"icms/store/sqlite":              "icms/store",
	"icms/store/storetest":           "icms/store",
	"calendar":                       "icms/law",
	"calendar/hk":                    "calendar calendar/feed icms/law",
	"fees":                           "calendar icms/law icms/money",
	"fees/hk":                        "fees calendar icms/law icms/money",
	"filing":                         "calendar filing/pdf icms/law icms/money",
	"filing/xlsx":                    "filing calendar icms/law icms/money",
	"filing/hk":                      "filing calendar icms/law icms/money",
	"payment":                        "payment/ledger icms/law icms/money icms/store payment/internal/key",
	"payment/ledger":                 "icms/law icms/money icms/store payment/internal/key",
	"payment/internal/key":           "",
	"payment/reconcile":              "payment payment/ledger icms/law icms/money icms/store payment/internal/key",
	"payment/simpay":                 "payment icms/law icms/money",
	"payment/gatewaytest":            "payment icms/law icms/money",
	"payment/gatewaytest/simbox":     "payment payment/gatewaytest payment/simpay icms/law icms/money",
	"payment/internal/model":         "payment payment/internal/model/explore",
	"payment/internal/model/explore": "",
	"icms":                           "calendar fees filing payment payment/ledger icms/access icms/blob icms/law icms/members icms/money icms/names icms/rollout icms/store",
	"icms/web":                       "payment icms/law",
	"icms/rollout":                   "calendar icms/law",
	"icms/tables":                    "icms icms/rollout payment calendar fees filing icms/law",
	"icms/names":                     "icms/store",
	"icms/access":                    "icms/law",
	"icms/members":                   "icms/access icms/law icms/store",
	"calendar/feed":                  "calendar icms/law",
	"filing/pdf":                     "",
	"icms/hk":                        "icms icms/access icms/members icms/rollout icms/tables payment calendar calendar/hk fees fees/hk filing filing/hk icms/law icms/money",
}

// heavy are modules that only the packages named may reach, at any depth: an embedder who wants fees alone must not pay for them.
var heavy = map[string]string{
	"modernc.org/sqlite":             "icms/store/sqlite",
	"github.com/xuri/excelize":       "filing/xlsx",
	"github.com/hashicorp/go-plugin": "",
	"github.com/hashicorp/go-hclog":  "",
	"google.golang.org/grpc":         "",
	"google.golang.org/protobuf":     "",
	"go.opentelemetry.io":            "",
	"github.com/stretchr/testify":    "",
	"pgregory.net/rapid":             "",
	"go.uber.org/goleak":             "",
	"github.com/rickar/cal":          "calendar calendar/hk fees fees/hk filing filing/hk filing/xlsx icms icms/hk icms/rollout icms/tables calendar/feed",
	"os/exec":                        "icms/store/sqlite filing/xlsx", // their modules ask the system; ours never start a program
	"net/http":                       "filing/xlsx payment/simpay payment/gatewaytest payment/gatewaytest/simbox icms/web",
}

type listed struct {
	ImportPath   string
	Imports      []string
	Deps         []string
	TestImports  []string
	XTestImports []string
}

func TestImportsGoDownOnly(t *testing.T) {
	for _, p := range list(t) {
		name, ours := strings.CutPrefix(p.ImportPath, module)
		if !ours || strings.HasPrefix(name, "examples/") || name == "payment/soak" || strings.HasPrefix(name, "plugins") {
			continue
		}
		may, known := allowed[name]
		require.True(t, known, "%s is not in the table of allowed imports: add it with what it may import", name)
		for _, imported := range p.Imports {
			if other, ours := strings.CutPrefix(imported, module); ours {
				require.Contains(t, strings.Fields(may), other, "%s imports %s", name, other)
			}
		}
		for _, dep := range p.Deps {
			for prefix, who := range heavy {
				if dep == prefix || strings.HasPrefix(dep, prefix+"/") {
					require.Contains(t, strings.Fields(who), name, "%s reaches %s", name, dep)
				}
			}
		}
	}
}

func TestEngineTablesNameNoJurisdiction(t *testing.T) {
	for _, p := range list(t) {
		name, ours := strings.CutPrefix(p.ImportPath, module)
		if ours && !strings.HasSuffix(name, "/hk") && !strings.HasPrefix(name, "examples/") && !strings.HasPrefix(name, "plugins") {
			for _, dep := range p.Deps {
				require.False(t, strings.HasPrefix(dep, module) && strings.HasSuffix(dep, "/hk"), "%s reaches %s", name, dep)
			}
		}
	}
}

func list(t *testing.T) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=ImportPath,Imports,Deps,TestImports,XTestImports", module+"...")
	out, err := cmd.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		t.Fatalf("go list: %s", failed.Stderr)
	}
	require.NoError(t, err)
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		require.NoError(t, err)
		all = append(all, p)
	}
}
