package sdk

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"google.golang.org/grpc"

	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
)

// About says what a plugin is. The operator's manifest says the same, or the host does not use the plugin.
type About struct {
	// Name has lower-case letters, digits and hyphens, and begins with a letter: "acme-pay".
	Name string
	// Version is the plugin's own, as its author counts; it has no spaces.
	Version string
	// ConfigSchema is a JSON Schema of the configuration, for operators; empty when there is none. It is given away before Configure and
	// holds no secrets.
	ConfigSchema string
}

// ErrAbout says that an About can't be used.
var ErrAbout = errors.New("sdk: About is wrong")

// check refuses what no manifest could name. Its error wraps ErrAbout.
func (a About) check() error {
	switch {
	case !validName(a.Name):
		return fmt.Errorf("%w: Name %.40q is not 1 to 64 lower-case letters, digits and hyphens that begin with a letter", ErrAbout, a.Name)
	case a.Version == "" || len(a.Version) > 64 || strings.ContainsFunc(a.Version, func(r rune) bool { return r <= ' ' || r > '~' }):
		return fmt.Errorf("%w: Version %.40q is not 1 to 64 visible ASCII characters without spaces", ErrAbout, a.Version)
	}
	return nil
}

func validName(s string) bool {
	return s != "" && len(s) <= 64 && 'a' <= s[0] && s[0] <= 'z' && !strings.ContainsFunc(s, func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-')
	})
}

// Plugin is something that can be served: what [NewGateway], [NewStore] and [NewCourt] make of an author's type. Serve each value once.
type Plugin struct {
	kind  basev1.Kind
	about About
	// configure takes the configuration. An error that is [Problems] travels as such.
	configure func(ctx context.Context, config []byte) error
	// register adds the service of the kind to a server.
	register func(grpc.ServiceRegistrar)
	// early are the full names of methods of the kind that answer before Configure.
	early []string
	// impl is the author's value: its [Readier] and io.Closer are used when it has them.
	impl any
}

// Readier is an optional ability of a served plugin: it says why calls would fail for now, or nil. It answers at once, from what the plugin
// knows, and asks nobody. The text is for operators and holds no secrets.
type Readier interface {
	Ready() error
}
