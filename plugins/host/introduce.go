package host

import (
	"context"
	"errors"
	"fmt"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
)

// maxProblems bounds how many problems of a configuration are repeated, maxProblem the bytes of each.
const (
	maxProblems = 50
	maxProblem  = 500
)

// introduce compares what the plugin says of itself with the manifest.
func (p *process) introduce(ctx context.Context, want Plugin) error {
	info, err := basev1.NewPluginServiceClient(p.conn).Info(ctx, &basev1.InfoRequest{})
	if err != nil {
		return p.callFailure(ctx, "asked what it is", err)
	}
	var wrong []error
	differs := func(what, is, says string) {
		if is != says {
			wrong = append(wrong, fmt.Errorf("its %s is %q and the manifest says %q", what, bounded(is), says))
		}
	}
	differs("kind", kindName(info.GetKind()), string(want.Kind))
	differs("name", info.GetName(), orDefault(want.Plugin, want.Name))
	differs("version", info.GetVersion(), want.Version)
	if len(wrong) > 0 {
		return &failure{kind: ErrIdentity, cause: errors.Join(wrong...), final: true,
			remedy: "put what was installed in the manifest, or install what the manifest says"}
	}
	return nil
}

// kindName is the manifest's word for a kind.
func kindName(k basev1.Kind) string {
	switch k {
	case basev1.Kind_KIND_GATEWAY:
		return string(Gateway)
	case basev1.Kind_KIND_STORE:
		return string(Store)
	case basev1.Kind_KIND_COURT:
		return string(Court)
	default:
		return "unspecified"
	}
}

// configure hands over the configuration.
func (p *process) configure(ctx context.Context, config []byte) error {
	answer, err := basev1.NewPluginServiceClient(p.conn).Configure(ctx, &basev1.ConfigureRequest{Config: config})
	if err != nil {
		return p.callFailure(ctx, "given its configuration", err)
	}
	problems := answer.GetProblems()
	if len(problems) == 0 {
		return nil
	}
	refused := &ConfigError{}
	for _, problem := range problems[:min(len(problems), maxProblems)] {
		refused.Problems = append(refused.Problems,
			Problem{Path: bounded(p.clean(problem.GetPath())), Text: bounded(p.clean(problem.GetText()))})
	}
	if more := len(problems) - maxProblems; more > 0 {
		refused.Problems = append(refused.Problems, Problem{Text: fmt.Sprintf("and %d more", more)})
	}
	return &failure{kind: ErrConfig, cause: refused, remedy: "mend the configuration, then reset the plugin", final: true}
}

// callFailure is a call during the start that failed.
func (p *process) callFailure(ctx context.Context, doing string, err error) error {
	s := status.Convert(err)
	f := &failure{kind: ErrStart, remedy: "look at what the plugin logged, and tell its author"}
	switch {
	case ctx.Err() != nil, s.Code() == codes.DeadlineExceeded:
		f.cause = fmt.Errorf("%s it did not answer in time: %w", doing, orDefault(ctx.Err(), context.DeadlineExceeded))
		f.remedy = "the plugin must answer at once; raise Limits.Start if it is slow to come up"
	case s.Code() == codes.Unimplemented:
		f.kind, f.final = ErrIdentity, true
		f.cause = fmt.Errorf("%s it does not know the call", doing)
		f.remedy = "the plugin must serve icms.plugin.base.v1.PluginService: ask its author for a version that does"
	case s.Code() == codes.Unavailable && p.endsSoon():
		f.cause = fmt.Errorf("%s it ended: %w", doing, p.end())
	default:
		f.cause = fmt.Errorf("%s it answered %s: %s", doing, s.Code(), bounded(p.clean(s.Message())))
	}
	return f
}

// bounded cuts what a plugin says.
func bounded(s string) string {
	if len(s) <= maxProblem {
		return s
	}
	return fmt.Sprintf("%s... (%d bytes)", s[:maxProblem], len(s))
}
