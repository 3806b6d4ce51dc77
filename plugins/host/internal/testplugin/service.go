//go:build unix

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	goplugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
)

// plug registers the services with go-plugin's server.
type plug struct {
	goplugin.NetRPCUnsupportedPlugin
	service *service
}

func (p *plug) GRPCServer(_ *goplugin.GRPCBroker, s *grpc.Server) error {
	basev1.RegisterPluginServiceServer(s, p.service)
	gatewayv1.RegisterGatewayServiceServer(s, &gateway{service: p.service})
	storev1.RegisterStoreServiceServer(s, records{})
	return nil
}

// GRPCClient lets a bare go-plugin host, as in the tests, have the connection.
func (p *plug) GRPCClient(_ context.Context, _ *goplugin.GRPCBroker, c *grpc.ClientConn) (any, error) {
	return c, nil
}

// config is the configuration.
type config struct {
	Secret  string `json:"secret"`
	Refuse  int    `json:"refuse"`
	Repeat  bool   `json:"repeat"`
	Hang    bool   `json:"hang"`
	Sick    bool   `json:"sick"`
	NoDrain bool   `json:"no_drain"`
	// Journal is a file that has a line for each "mark".
	Journal string `json:"journal"`
}

// service is the base service.
type service struct {
	basev1.UnimplementedPluginServiceServer
	flags  flags
	kind   basev1.Kind
	config atomic.Pointer[config]
}

func (s *service) Info(_ context.Context, _ *basev1.InfoRequest) (*basev1.InfoResponse, error) {
	if s.flags.hangInfo {
		time.Sleep(time.Hour) // Longer than any caller waits.
	}
	return &basev1.InfoResponse{Kind: s.kind, Name: s.flags.name, Version: s.flags.version, Sdk: "test"}, nil
}

func (s *service) Configure(ctx context.Context, r *basev1.ConfigureRequest) (*basev1.ConfigureResponse, error) {
	var c config
	if err := json.Unmarshal(r.GetConfig(), &c); err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	s.config.Store(&c)
	answer := &basev1.ConfigureResponse{}
	if c.Hang {
		<-ctx.Done()
	}
	if c.Repeat {
		_, _ = fmt.Fprintf(realStderr, "[WARN] my secret is %s\n", c.Secret)
		return nil, status.Errorf(codes.InvalidArgument, "bad secret %q", c.Secret)
	}
	for i := range c.Refuse {
		answer.Problems = append(answer.Problems, &basev1.ConfigProblem{Path: fmt.Sprintf("/field%d", i), Text: "wrong: " + c.Secret})
	}
	return answer, nil
}

func (s *service) Health(context.Context, *basev1.HealthRequest) (*basev1.HealthResponse, error) {
	if s.config.Load().Sick {
		return &basev1.HealthResponse{Health: basev1.Health_HEALTH_NOT_SERVING, Detail: "sick"}, nil
	}
	return &basev1.HealthResponse{Health: basev1.Health_HEALTH_SERVING}, nil
}

func (s *service) Drain(ctx context.Context, _ *basev1.DrainRequest) (*basev1.DrainResponse, error) {
	if s.config.Load().NoDrain {
		<-ctx.Done()
	}
	return &basev1.DrainResponse{}, nil
}

// gateway echoes what Create describes, and does on Query what the reference says: "verb:argument".
type gateway struct {
	gatewayv1.UnimplementedGatewayServiceServer
	service *service
}

// Create echoes.
func (g *gateway) Create(_ context.Context, r *gatewayv1.CreateRequest) (*gatewayv1.CreateResponse, error) {
	return &gatewayv1.CreateResponse{GatewayRef: r.GetReference()}, nil
}

func (g *gateway) Query(ctx context.Context, r *gatewayv1.QueryRequest) (*gatewayv1.QueryResponse, error) {
	verb, argument, _ := strings.Cut(r.GetReference(), ":")
	if verb == "refuse" {
		return &gatewayv1.QueryResponse{Error: g.refusal()}, nil
	}
	said, err := g.do(ctx, verb, argument)
	return &gatewayv1.QueryResponse{Snapshot: &gatewayv1.Snapshot{Found: true, GatewayRef: said}}, err
}

// Probe says the secret.
func (g *gateway) Probe(context.Context, *gatewayv1.ProbeRequest) (*gatewayv1.ProbeResponse, error) {
	return &gatewayv1.ProbeResponse{Detail: "signed in with " + g.service.config.Load().Secret}, nil
}

// refusal is an error of the company that repeats the secret.
func (g *gateway) refusal() *gatewayv1.GatewayError {
	secret := g.service.config.Load().Secret
	return &gatewayv1.GatewayError{Class: gatewayv1.ErrorClass_ERROR_CLASS_DECLINED, Code: "bad " + secret, Detail: "the key " + secret + " is unknown"}
}

func (g *gateway) do(ctx context.Context, verb, argument string) (string, error) {
	n, _ := strconv.Atoi(argument)
	switch verb {
	case "mark":
		return argument, g.mark(argument)
	case "pid":
		return strconv.Itoa(os.Getpid()), nil
	case "env":
		return strings.Join(os.Environ(), "\n"), nil
	case "args":
		return strings.Join(os.Args, "\n"), nil
	case "secret":
		return g.service.config.Load().Secret, nil
	case "die":
		os.Exit(n)
	case "kill":
		return "", syscall.Kill(os.Getpid(), syscall.SIGKILL)
	case "freeze":
		if err := syscall.Kill(os.Getpid(), syscall.SIGSTOP); err != nil {
			return "", err
		}
		<-ctx.Done() // the signal takes a moment, in which it must not answer
		return "", ctx.Err()
	case "hang":
		<-ctx.Done()
		return "", ctx.Err()
	case "sleep":
		time.Sleep(time.Duration(n) * time.Millisecond)
	case "huge":
		return strings.Repeat("x", n), nil
	case "fail":
		return "", status.Error(codes.Code(n), "as asked, with "+g.service.config.Load().Secret)
	case "log", "flood", "stdout", "grandchild", "escape":
		return misbehave(verb, argument, n)
	}
	return argument, nil
}

// mark writes a line into the journal, at once and whole.
func (g *gateway) mark(text string) error {
	f, err := os.OpenFile(g.service.config.Load().Journal, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text + "\n")
	return errors.Join(err, f.Close())
}
