package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
	"courts.example/eservices/plugins/sdk"
)

// plugin is the base service, and the door for the calls of the gateway.
type plugin struct {
	basev1.UnimplementedPluginServiceServer
	bug     string
	gateway *gateway
	records *records
	server  *grpc.Server
	inside  atomic.Int64

	mu       sync.Mutex
	config   string
	taken    bool
	draining bool
	running  sync.WaitGroup
}

func (p *plugin) Info(context.Context, *basev1.InfoRequest) (*basev1.InfoResponse, error) {
	told := &basev1.InfoResponse{Kind: p.kind(), Name: "acme-pay", Version: "2.1.0", Sdk: "acme"}
	if p.bug == "is-never-the-same" {
		told.ConfigSchema = rand.Text()
	}
	return told, nil
}

func (p *plugin) Configure(ctx context.Context, r *basev1.ConfigureRequest) (*basev1.ConfigureResponse, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	config := string(r.GetConfig())
	if p.bug == "dies-of-size" && len(config) > wire.MaxMessage {
		os.Exit(3)
	}
	if p.taken && p.config != config && p.bug != "takes-another-configuration" {
		return nil, status.Error(codes.FailedPrecondition, "a new configuration needs a new process")
	}
	err := p.take(ctx, config)
	if problems := (sdk.Problems)(nil); errors.As(err, &problems) {
		answer := &basev1.ConfigureResponse{}
		for _, problem := range problems {
			answer.Problems = append(answer.Problems, &basev1.ConfigProblem{Path: problem.Path, Text: problem.Text})
		}
		return answer, nil
	}
	if err != nil {
		return nil, status.Error(codes.Unknown, "the configuration can't be looked at")
	}
	p.config, p.taken = config, true
	p.misbehave(config)
	return &basev1.ConfigureResponse{}, nil
}

// kind is what it serves: the bugs of stores and courts say so in their names.
func (p *plugin) kind() basev1.Kind {
	switch {
	case strings.HasPrefix(p.bug, "store"):
		return basev1.Kind_KIND_STORE
	case strings.HasPrefix(p.bug, "court"):
		return basev1.Kind_KIND_COURT
	}
	return basev1.Kind_KIND_GATEWAY
}

// take hands a configuration to what is served.
func (p *plugin) take(ctx context.Context, config string) error {
	switch p.kind() {
	case basev1.Kind_KIND_STORE:
		return p.records.configure(ctx, config)
	case basev1.Kind_KIND_COURT:
		if documentIn(config) == "" {
			return sdk.Problems{{Path: "/document", Text: "give the court's document"}}
		}
		return nil
	}
	return p.gateway.configure(ctx, config)
}

// document is the court's, out of the configuration.
func (p *plugin) document() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return documentIn(p.config)
}

func documentIn(config string) string {
	var c struct {
		Document json.RawMessage `json:"document"`
	}
	_ = json.Unmarshal([]byte(config), &c)
	return string(c.Document)
}

// misbehave does what no plugin may, once it has a configuration.
func (p *plugin) misbehave(config string) {
	switch p.bug {
	case "logs-its-configuration":
		fmt.Fprintln(os.Stderr, "configured with", config)
	case "prints":
		fmt.Println("configured")
	case "writes-elsewhere":
		_ = os.WriteFile(filepath.Join("/tmp", "acme-pay-broken.log"), []byte(config), 0o600)
	case "tells-a-child":
		_ = exec.Command("/bin/sh", "-c", "sleep 5; true", config).Start()
	case "leaves-a-child":
		_ = strayed(exec.Command("/bin/sleep", "20")).Start()
	case "watches-the-clock":
		go watch()
	}
}

// watch ends a process that was held up.
func watch() {
	for last := time.Now(); ; last = time.Now() {
		time.Sleep(10 * time.Millisecond)
		if time.Since(last) > time.Second { // longer than a busy machine does it
			os.Exit(4)
		}
	}
}

func (p *plugin) Health(context.Context, *basev1.HealthRequest) (*basev1.HealthResponse, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.taken || p.bug == "is-never-well" {
		return &basev1.HealthResponse{Health: basev1.Health_HEALTH_NOT_SERVING, Detail: "no configuration"}, nil
	}
	return &basev1.HealthResponse{Health: basev1.Health_HEALTH_SERVING}, nil
}

func (p *plugin) Drain(ctx context.Context, _ *basev1.DrainRequest) (*basev1.DrainResponse, error) {
	p.mu.Lock()
	p.draining = true
	p.mu.Unlock()
	if p.bug == "drains-nothing" {
		return &basev1.DrainResponse{}, nil
	}
	done := make(chan struct{})
	go func() { p.running.Wait(); close(done) }()
	select {
	case <-done:
		return &basev1.DrainResponse{}, nil
	case <-ctx.Done():
		return nil, status.FromContextError(ctx.Err()).Err()
	}
}

// enter lets a call in, or says why not.
func (p *plugin) enter(method string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.draining && p.bug != "lets-calls-in":
		return status.Error(codes.Unavailable, "it is draining")
	case !p.taken && !strings.HasSuffix(method, "/Describe") && p.bug != "serves-without-configuration":
		return status.Error(codes.FailedPrecondition, "there is no configuration yet")
	}
	p.running.Add(1)
	return nil
}

func (p *plugin) unary(ctx context.Context, r any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (reply any, err error) {
	if m, ok := r.(proto.Message); ok && p.bug == "knows-every-field" && len(m.ProtoReflect().GetUnknown()) > 0 {
		return nil, status.Error(codes.InvalidArgument, "there is a field of which nobody has heard")
	}
	if !strings.HasPrefix(info.FullMethod, "/icms.plugin.") || strings.HasPrefix(info.FullMethod, "/icms.plugin.base.") {
		return next(ctx, r)
	}
	if err := p.enter(info.FullMethod); err != nil {
		return nil, err
	}
	defer p.running.Done()
	if p.bug != "panics" {
		defer contain(&err)
	}
	if limit := map[string]int64{"takes-few-at-once": 60, "takes-not-many-at-once": 400}[p.bug]; limit > 0 && strings.HasSuffix(info.FullMethod, "/Query") {
		defer p.inside.Add(-1)
		if p.inside.Add(1) > limit {
			return nil, status.Error(codes.ResourceExhausted, "too many calls")
		}
		time.Sleep(20 * time.Millisecond)
	}
	return next(ctx, r)
}

func contain(err *error) {
	if recover() != nil {
		*err = status.Error(codes.Internal, "it panicked")
	}
}

func (p *plugin) stream(srv any, s grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) (err error) {
	if err := p.enter(info.FullMethod); err != nil {
		return err
	}
	defer p.running.Done()
	defer contain(&err)
	if p.bug == "store-keeps-what-was-abandoned" {
		s = &keeper{ServerStream: s, records: p.records}
	}
	return next(srv, s)
}
