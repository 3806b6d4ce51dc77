package conformance

import (
	"context"
	"time"

	"google.golang.org/grpc"

	"courts.example/eservices/plugins/host"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
)

// rule is one rule about a process.
type rule struct {
	id, text string
	test     func(b *bench)
	// why says of a rule without a test what keeps a machine from checking it.
	why string
	// last has the rule checked after all others and beside none: it is about time, or takes the whole machine.
	last bool
}

// bench is a plugin under test, in one case.
type bench struct {
	T
	*subject
	ctx context.Context
	// firm is the company of a gateway's case.
	firm firm
	// dir is the folder of the case for {{dir}}.
	dir string
}

func (s *subject) bench(t T) *bench {
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	b := &bench{T: t, subject: s, ctx: ctx}
	if s.o.Kind == host.Gateway {
		b.firm = s.newFirm(t)
	}
	b.dir = t.TempDir()
	return b
}

// config is the configuration of this case; every process of the case has the same.
func (b *bench) config() []byte {
	if b.firm != nil && b.firm.wire() != nil {
		return b.firm.config()
	}
	config, err := fill(b.o.Settings.Config, filling{dir: b.dir})
	if err != nil {
		b.Fatalf("the configuration: %v", err)
	}
	return config
}

// within gives a context for one call.
func (b *bench) within(d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(b.ctx, d)
}

// base is the service that every plugin serves.
func base(conn grpc.ClientConnInterface) basev1.PluginServiceClient {
	return basev1.NewPluginServiceClient(conn)
}

// configure hands over a configuration and gives the answer.
func (b *bench) configure(p *process, config []byte) (*basev1.ConfigureResponse, error) {
	ctx, cancel := b.within(quietLimit)
	defer cancel()
	return base(p.conn).Configure(ctx, &basev1.ConfigureRequest{Config: config})
}

// ready starts a process that is configured.
func (b *bench) ready() *process {
	b.Helper()
	p := b.start(b)
	b.settle(p)
	return p
}

// settle configures a process.
func (b *bench) settle(p *process) {
	b.Helper()
	answer, err := b.configure(p, b.config())
	if err != nil {
		b.Fatalf("Configure with the configuration of the settings: %v%s", err, p.words())
	}
	if problems := answer.GetProblems(); len(problems) > 0 {
		b.Fatalf("Configure refuses the configuration of the settings: %v", problems)
	}
}

// info asks a process what it is.
func (b *bench) ask(p *process) *basev1.InfoResponse {
	b.Helper()
	ctx, cancel := b.within(quietLimit)
	defer cancel()
	info, err := base(p.conn).Info(ctx, &basev1.InfoRequest{})
	if err != nil {
		b.Fatalf("Info: %v%s", err, p.words())
	}
	return info
}

// works makes sure that a process answers still.
func (b *bench) works(p *process, when string) {
	b.Helper()
	ctx, cancel := b.within(quietLimit)
	defer cancel()
	if err := b.touch(ctx, p.conn); err != nil {
		b.Errorf("%s: %v%s", when, err, p.words())
	}
}
