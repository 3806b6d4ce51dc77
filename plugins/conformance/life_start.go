package conformance

import (
	"slices"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	"courts.example/eservices/plugins/host"
	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// lifeRules are the rules about the process of any plugin. The first says whether it starts; the second is asked right after it.
func lifeRules() []rule {
	return slices.Concat([]rule{
		{id: "A1", text: "it starts by the handshake of its protocol, and not without the cookie", test: handshake},
		{id: "A2", text: "what it says of itself needs no configuration and is the same at every call and in every process"}, // examine
	}, configRules(), callRules(), endRules(), secretRules(), faultRules())
}

func handshake(b *bench) {
	p := b.start(b) // the runner has looked at the line: version, socket, certificate
	b.ask(p)
	for what, change := range map[string]func(env map[string]string){
		"a wrong cookie":       func(env map[string]string) { env[wire.CookieKey] = "wrong" },
		"no cookie":            func(env map[string]string) { delete(env, wire.CookieKey) },
		"no right version":     func(env map[string]string) { env["PLUGIN_PROTOCOL_VERSIONS"] = "99" },
		"an older environment": func(env map[string]string) { delete(env, "PLUGIN_PROTOCOL_VERSIONS") },
	} {
		b.greeted(what, b.spawn(b, change), strings.Contains(what, "cookie"))
	}
}

// greeted looks at a start that can't succeed, or may.
func (b *bench) greeted(what string, p *process, ends bool) {
	b.Helper()
	err := p.greet()
	switch {
	case !ends && err == nil: // it offers its own version, which the host judges
	case ends && err == nil:
		b.Errorf("with %s it serves all the same", what)
	case !p.gone(stopLimit):
		b.Errorf("with %s it neither serves nor ends within %v", what, stopLimit)
	case ends && p.run.Exit() == nil:
		b.Errorf("with %s it ends with status 0: a start that failed must look like one", what)
	case p.stdout.String() != "":
		b.Errorf("with %s it writes on stdout: %.200q", what, p.stdout.String())
	}
}

// staticInfo makes sure that Info is fit for a manifest and always the same.
func (b *bench) staticInfo(p *process, told *basev1.InfoResponse) {
	b.Helper()
	if told.GetKind() != kinds()[b.o.Kind] {
		b.Errorf("Info says that it is of the kind %v, and it is certified as %s", told.GetKind(), b.o.Kind)
	}
	if !nameRule.MatchString(told.GetName()) || !versionRule.MatchString(told.GetVersion()) {
		b.Fatalf("the name %q or the version %q can't stand in a manifest: 1 to 40 lower-case letters, digits and hyphens; letters, digits and . + _ -",
			told.GetName(), told.GetVersion())
	}
	other := b.start(b)
	for _, q := range []*process{p, other} {
		if again := b.ask(q); !proto.Equal(again, told) {
			b.Errorf("Info says %v, and said %v", again, told)
		}
	}
	if b.o.Kind != host.Gateway {
		return
	}
	first := b.describe(p)
	for _, q := range []*process{p, other} {
		if again := b.describe(q); !proto.Equal(again, first) {
			b.Errorf("Describe without a configuration says %v, and said %v", again, first)
		}
	}
}

// describe asks a gateway what it can do.
func (b *bench) describe(p *process) *gatewayv1.DescribeResponse {
	b.Helper()
	ctx, cancel := b.within(quietLimit)
	defer cancel()
	d, err := gatewayv1.NewGatewayServiceClient(p.conn).Describe(ctx, &gatewayv1.DescribeRequest{})
	if err != nil {
		b.Fatalf("Describe: %v%s", err, p.words())
	}
	return d
}

// configRules are the rules about configurations and health.
func configRules() []rule {
	return []rule{
		{id: "A4", text: "a configuration that can't be used is refused with problems, and nothing is served", test: badConfig},
		{id: "A6", text: "Health answers at once, and says what is", test: health},
		{id: "P9", text: "one process serves one configuration", test: oneConfig},
	}
}

func badConfig(b *bench) {
	bad := map[string]string{"no bytes": "", "half a document": `{"`, "a list": `[]`, "a text": `"configuration"`}
	if template := strings.Join(strings.Fields(string(b.o.Settings.Config)), ""); template != "" && template != "{}" {
		bad["nothing in it"] = `{}`
	}
	for what, config := range bad {
		p := b.start(b)
		answer, err := b.configure(p, []byte(config))
		if err != nil {
			b.Errorf("Configure with %s: %v; it must be refused with problems", what, err)
			continue
		}
		if len(answer.GetProblems()) == 0 {
			b.Errorf("Configure with %s was taken", what)
		}
		for _, problem := range answer.GetProblems() {
			if problem.GetText() == "" || problem.GetPath() != "" && !strings.HasPrefix(problem.GetPath(), "/") {
				b.Errorf("Configure with %s: the problem %v has no text, or a path that is no JSON pointer", what, problem)
			}
		}
		b.refused(p, codes.FailedPrecondition, "a call after Configure with "+what)
	}
}

// refused makes sure that a call of the kind's service is refused with a code.
func (b *bench) refused(p *process, want codes.Code, what string) {
	b.Helper()
	ctx, cancel := b.within(quietLimit)
	defer cancel()
	if err := b.touch(ctx, p.conn); status.Code(err) != want {
		b.Errorf("%s: %v; must be refused with %v", what, err, want)
	}
}

func health(b *bench) {
	p := b.start(b)
	b.healthy(p, "before Configure", false)
	b.settle(p)
	b.healthy(p, "after Configure", true)
}

func (b *bench) healthy(p *process, when string, serving bool) {
	b.Helper()
	ctx, cancel := b.within(quietLimit)
	defer cancel()
	b.ask(p) // the first call makes the connection, and waits for the plugin to get as far
	var answer *basev1.HealthResponse
	var err error
	var took time.Duration
	for n := 0; n == 0 || n < measures && err == nil && took > time.Second; n++ {
		began := time.Now()
		answer, err = base(p.conn).Health(ctx, &basev1.HealthRequest{})
		took = time.Since(began)
	}
	if err != nil || took > time.Second {
		b.Errorf("Health %s: %v after %v; must answer within a second", when, err, took.Round(time.Millisecond))
		return
	}
	if serving != (answer.GetHealth() == basev1.Health_HEALTH_SERVING) {
		b.Errorf("Health %s says %v %q", when, answer.GetHealth(), answer.GetDetail())
	}
}

func oneConfig(b *bench) {
	p := b.start(b)
	b.refused(p, codes.FailedPrecondition, "a call before Configure")
	b.settle(p)
	config := b.config()
	if answer, err := b.configure(p, append(config, ' ')); status.Code(err) != codes.FailedPrecondition {
		b.Errorf("a second Configure with other bytes: %v, %v; must be refused with %v", answer.GetProblems(), err, codes.FailedPrecondition)
	}
	b.works(p, "after a second Configure")
}
