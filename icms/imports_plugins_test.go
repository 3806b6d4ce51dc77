package icms_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// plugged are the modules that plugins are made with, beside our own packages of plugins.
var plugged = []string{
	module + "plugins", "github.com/hashicorp/go-plugin", "github.com/hashicorp/go-hclog", "github.com/hashicorp/yamux", "google.golang.org/grpc",
	"google.golang.org/protobuf", "google.golang.org/genproto", "go.opentelemetry.io",
}

// reachesPlugins lists who, of our packages that are neither plugins nor examples, reaches what plugins are made with: by the imports of its code at
// any depth, or by those that its tests name.
func reachesPlugins(all []listed) []string {
	var found []string
	for _, p := range all {
		name, ours := strings.CutPrefix(p.ImportPath, module)
		if !ours || name == "plugins" || strings.HasPrefix(name, "plugins/") || strings.HasPrefix(name, "examples/") {
			continue
		}
		for _, dep := range slices.Concat(p.Deps, p.TestImports, p.XTestImports) {
			for _, heavy := range plugged {
				if dep == heavy || strings.HasPrefix(dep, heavy+"/") {
					found = append(found, name+" reaches "+dep)
				}
			}
		}
	}
	return found
}

// An embedder without plugins has nothing of them in the build, and no engine learns by whom its ports are served.
func TestNothingBelowKnowsPlugins(t *testing.T) {
	all := list(t)
	require.Empty(t, reachesPlugins(all))
	require.True(t, slices.ContainsFunc(all, func(p listed) bool {
		return p.ImportPath == module+"plugins/host" && slices.Contains(p.Deps, "google.golang.org/grpc")
	}), "the list has plugins in it, so that it would show who reaches them")
}

func TestWhoKnowsPluginsIsFound(t *testing.T) {
	for _, dep := range []string{module + "plugins/host", "google.golang.org/grpc/codes", "github.com/hashicorp/go-plugin", "go.opentelemetry.io/otel/trace"} {
		for _, p := range []listed{{Deps: []string{"fmt", dep}}, {TestImports: []string{dep}}, {XTestImports: []string{dep}}} {
			for name, guarded := range map[string]bool{"icms": true, "payment": true, "payment/soak": true, "pluginsx": true, "plugins/host": false, "examples/embed": false} {
				p.ImportPath = module + name
				require.Equal(t, guarded, len(reachesPlugins([]listed{p})) == 1, "%s and %s", name, dep)
			}
		}
	}
	require.Empty(t, reachesPlugins([]listed{{ImportPath: "google.golang.org/grpc", Deps: []string{"google.golang.org/grpc/codes"}}}))
	require.Empty(t, reachesPlugins([]listed{{ImportPath: module + "icms", Deps: []string{module + "pluginsx", "google.golang.org/grpcx"}}}))
}
