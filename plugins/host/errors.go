package host

import (
	"errors"
	"fmt"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"courts.example/eservices/plugins/internal/wire"
)

// The reasons for which a plugin or a call is refused or fails; test with errors.Is. ErrNotSent of a call says that it can't have happened.
var (
	// ErrUnknownPlugin says that the manifest has no such plugin, or one of another kind.
	ErrUnknownPlugin = errors.New("no such plugin in the manifest")
	// ErrDigest says that the program is not the one that the operator pinned.
	ErrDigest = errors.New("the digest differs")
	// ErrPath says that the program can't be read from below the folder of plugins.
	ErrPath = errors.New("the program cannot be read")
	// ErrConfig says that the configuration can't be used; a *ConfigError when the plugin said so.
	ErrConfig = errors.New("the configuration is refused")
	// ErrIdentity says that the plugin says something else of itself than the manifest does.
	ErrIdentity = errors.New("the plugin is not what the manifest says")
	// ErrHandshake says that the plugin offered no connection that the host takes.
	ErrHandshake = errors.New("the handshake failed")
	// ErrStart says that the plugin did not come up.
	ErrStart = errors.New("the plugin did not start")
	// ErrDied says that the process ended while a call ran: it may have happened.
	ErrDied = errors.New("the plugin died")
	// ErrQuarantined says that the plugin is not started until Reset.
	ErrQuarantined = errors.New("the plugin is in quarantine")
	// ErrBackoff says that the plugin died and is not started again before a pause is over.
	ErrBackoff = errors.New("the plugin waits before it is started again")
	// ErrBusy says that too many calls wait already, or that the call's time was over before it had a place.
	ErrBusy = errors.New("the plugin is busy")
	// ErrClosed says that the host is closing or closed.
	ErrClosed = errors.New("the host is closed")
	// ErrNotSent says of a call that nothing of it has left the host: it can't have happened.
	ErrNotSent = wire.ErrNotSent
)

// Error is what goes wrong with a plugin: which one, what, and what to do. It carries a gRPC status.
type Error struct {
	// Plugin and Version are the manifest's. Incarnation counts the processes that were started for it; 0: before the first.
	Plugin, Version string
	Incarnation     uint64
	// Doing is what the host was doing: "start", "configure", or the name of the method called.
	Doing string
	// Remedy says what to do.
	Remedy string
	// Err is the cause. It holds nothing of the configuration.
	Err error
	// Status is the status of a call; OK for what is no call.
	Status *status.Status
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(strings.TrimSpace("plugin " + e.Plugin + " " + e.Version))
	if e.Incarnation > 0 {
		fmt.Fprintf(&b, " (process %d)", e.Incarnation)
	}
	fmt.Fprintf(&b, ": %s: %v", e.Doing, e.Err)
	if e.Remedy != "" {
		fmt.Fprintf(&b, "; %s", e.Remedy)
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Err }

// GRPCStatus makes status.FromError find the status of the call, with the text of the error.
func (e *Error) GRPCStatus() *status.Status {
	p := e.Status.Proto()
	if p == nil {
		return status.New(codes.Unavailable, e.Error())
	}
	p.Message = e.Error()
	return status.FromProto(p)
}

// ConfigError is everything that a plugin finds wrong with its configuration.
type ConfigError struct{ Problems []Problem }

func (e *ConfigError) Error() string { return ErrConfig.Error() + ": " + listProblems(e.Problems) }

// Is makes a ConfigError an ErrConfig.
func (e *ConfigError) Is(target error) bool { return target == ErrConfig }

// failure is a cause with its remedy, before the names of the plugin are put to it. A final one won't heal by starting again.
type failure struct {
	kind   error
	cause  error
	remedy string
	final  bool
}

func (f *failure) Error() string {
	if f.cause == nil {
		return f.kind.Error()
	}
	return f.kind.Error() + ": " + f.cause.Error()
}

func (f *failure) Unwrap() []error { return []error{f.kind, f.cause} }

// unusable is a plugin that runs and does not say what its kind must say.
func (s *supervisor) unusable(doing string, err error) *Error {
	return &Error{Plugin: s.plugin.Name, Version: s.plugin.Version, Doing: doing, Err: err,
		Remedy: "certify the plugin, or use another version"}
}
