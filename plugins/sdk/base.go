package sdk

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
)

// name is what this package calls itself in Info.
const name = "icms-sdk-go"

// base serves what every plugin serves.
type base struct {
	basev1.UnimplementedPluginServiceServer
	plugin Plugin
	gate   *gate

	mu sync.Mutex
	// answered says that Configure has given its answer, for the configuration with this digest.
	answered bool
	digest   [sha256.Size]byte
	problems Problems
}

// Info says what the plugin is.
func (b *base) Info(context.Context, *basev1.InfoRequest) (*basev1.InfoResponse, error) {
	a := b.plugin.about
	return &basev1.InfoResponse{
		Kind: b.plugin.kind, Name: a.Name, Version: a.Version, Sdk: name, ConfigSchema: a.ConfigSchema,
	}, nil
}

// Configure hands the configuration to the author's type, once. The same bytes again get the answer of then, unless that was an error that
// is not [Problems]: then they are tried again.
func (b *base) Configure(ctx context.Context, r *basev1.ConfigureRequest) (*basev1.ConfigureResponse, error) {
	if len(r.GetConfig()) > wire.MaxConfig {
		return nil, status.Errorf(codes.InvalidArgument, "the configuration has %d bytes, at most %d are taken", len(r.GetConfig()), wire.MaxConfig)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	digest := sha256.Sum256(r.GetConfig())
	if b.answered && digest != b.digest {
		return nil, status.Error(codes.FailedPrecondition, "the plugin was given another configuration before: a new one needs a new process")
	}
	if !b.answered {
		err := b.configure(ctx, r.GetConfig())
		if err != nil && !errors.As(err, &b.problems) {
			return nil, failure(err)
		}
		b.answered, b.digest = true, digest
		if len(b.problems) == 0 {
			b.gate.open()
		}
	}
	return &basev1.ConfigureResponse{Problems: b.problems.message()}, nil
}

// configure hands what is a JSON object to the author's type, and refuses what is none: the author need not.
func (b *base) configure(ctx context.Context, config []byte) error {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(config, &object); err != nil || object == nil { // the error could repeat a secret
		return Problems{{Text: "the configuration is no JSON object: write {} when there is nothing to say"}}
	}
	return b.plugin.configure(ctx, config)
}

// failure gives an error the status that travels: its own, or Unknown.
func failure(err error) error {
	if s, ok := status.FromError(err); ok {
		return s.Err()
	}
	return status.Error(codes.Unknown, wire.Clean(err.Error()))
}

// Health says how the plugin does.
func (b *base) Health(context.Context, *basev1.HealthRequest) (*basev1.HealthResponse, error) {
	why := b.gate.state()
	if r, ok := b.plugin.impl.(Readier); ok && why == "" {
		if err := r.Ready(); err != nil {
			why = wire.Clean(err.Error())
		}
	}
	if why != "" {
		return &basev1.HealthResponse{Health: basev1.Health_HEALTH_NOT_SERVING, Detail: why}, nil
	}
	return &basev1.HealthResponse{Health: basev1.Health_HEALTH_SERVING}, nil
}

// Drain lets nobody in and waits for those inside.
func (b *base) Drain(ctx context.Context, r *basev1.DrainRequest) (*basev1.DrainResponse, error) {
	b.gate.close("the plugin is draining: it takes no more calls")
	if d := wire.Duration(r.GetWithin()); d > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, d)
		defer cancel()
	}
	began := time.Now()
	if err := b.gate.wait(ctx); err != nil {
		return nil, status.Errorf(codes.DeadlineExceeded, "calls are still running after %v", time.Since(began).Round(time.Millisecond))
	}
	return &basev1.DrainResponse{}, nil
}
