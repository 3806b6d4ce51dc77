package conformance

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"

	"courts.example/eservices/plugins/host"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// secretRules are the rules about what must not be seen, or written.
func secretRules() []rule {
	return []rule{
		{id: "K1", text: "secrets, and numbers that look like cards, are in no output, log, error or answer", test: secrets},
		{id: "K2", text: "no file is written outside its own folder for temporary files, as far as can be seen", test: files},
		{id: "K3", text: "it connects to nobody but the hosts that it declares", why: "that takes a network of its own: run it behind your firewall's log"},
		{id: "K4", text: "no secret stands in arguments or environment", test: environment},
		{id: "K8", text: "parts, licences and checksums are listed", why: "a list of parts is for people to read; the digest of the plugin stands in this report"},
		{id: "K9", text: "every parser was fuzzed", why: "that is done with the source, by its author"},
	}
}

// cardNumbers pass the check digit and belong to nobody.
func cardNumbers() []string {
	return []string{"4111111111111111", "5500005555555559", "378282246310005"}
}

// plants are inputs in which something is planted, and the secrets of the configuration.
func (b *bench) plants() []string {
	return append(append(cardNumbers(), cardNumbers()[0][:15]), b.own()...)
}

// own is what of it can have come from this run only.
func (b *bench) own() []string {
	if b.firm == nil {
		return []string{b.word}
	}
	return append(b.firm.secrets(), b.word)
}

func secrets(b *bench) {
	p := b.start(b)
	answer, err := b.configure(p, b.wrongConfig())
	b.unseen("the answer to a wrong configuration", fmt.Sprint(answer.GetProblems(), err), b.plants())
	p.run.HangUp()
	b.output(p)
	p = b.ready()
	b.planted(p, true)
	p.run.HangUp()
	p.gone(stopLimit)
	b.output(p)
}

// wrongConfig is a configuration with everything wrong in it, and secrets and cards in the values.
func (b *bench) wrongConfig() []byte {
	config, err := fill(b.o.Settings.Config, filling{url: "no address", dir: "/dev/null/none", secrets: []string{b.word, cardNumbers()[0][:15]}})
	if err != nil {
		b.Fatalf("the configuration: %v", err)
	}
	var members map[string]any
	if json.Unmarshal(config, &members) != nil {
		return config
	}
	members["surplus"] = cardNumbers()
	text, err := json.Marshal(members)
	if err != nil {
		b.Fatalf("the configuration: %v", err)
	}
	return text
}

// unseen makes sure that a text repeats nothing that was planted.
func (b *bench) unseen(what, text string, planted []string) {
	b.Helper()
	for i, secret := range planted {
		if secret != "" && strings.Contains(text, secret) {
			b.Errorf("%s repeats what was planted (%d of %d): %.*s...", what, i+1, len(planted), 4, secret)
		}
	}
}

// output makes sure that a process has written nothing that was planted.
func (b *bench) output(p *process) {
	b.Helper()
	b.unseen("stdout", p.stdout.String(), b.plants())
	b.unseen("stderr", p.stderr.String(), b.plants())
}

// planted makes calls with secrets in every text, and looks at the answers when it is told to.
func (b *bench) planted(p *process, look bool) {
	b.Helper()
	ctx, cancel := b.within(20 * time.Second)
	defer cancel()
	for i, request := range b.plantedRequests() {
		answers, err := b.invokeAny(ctx, p.conn, request)
		if !look {
			continue
		}
		what := fmt.Sprintf("the answer to %s (%d)", request.ProtoReflect().Descriptor().Name(), i+1)
		for _, a := range answers {
			b.unseen(what, prototext.Format(a), b.plants())
		}
		if err != nil {
			b.unseen("the error of "+string(request.ProtoReflect().Descriptor().Name()), err.Error(), b.plants())
		}
	}
}

// invokeAny finds the method by the type of the request.
func (b *bench) invokeAny(ctx context.Context, conn *grpc.ClientConn, request proto.Message) ([]proto.Message, error) {
	for _, m := range b.methods() {
		if m.Input().FullName() == request.ProtoReflect().Descriptor().FullName() {
			return b.invoke(ctx, conn, string(m.Name()), request)
		}
	}
	return nil, fmt.Errorf("no method takes %s", request.ProtoReflect().Descriptor().FullName())
}

func environment(b *bench) {
	if _, err := os.Stat("/proc/self/environ"); err != nil {
		leave(b.T, NotChecked, "this system does not show the arguments and the environment of a process")
	}
	planted := longTexts(b.config())
	if len(planted) == 0 {
		leave(b.T, NotChecked, "the configuration holds nothing that could be looked for")
	}
	p := b.ready()
	b.works(p, "with its environment watched")
	all := []int{p.pid}
	for _, c := range descendants(p.pid) {
		all = append(all, pidOf(c))
	}
	for _, pid := range all {
		for _, name := range []string{"cmdline", "environ"} {
			text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, name))
			if err != nil {
				continue // a child that has ended meanwhile
			}
			b.unseen(name+" of process "+fmt.Sprint(pid), string(text), planted)
		}
	}
}

// longTexts are the texts of a configuration that stand nowhere by chance.
func longTexts(config []byte) []string {
	var v any
	if json.Unmarshal(config, &v) != nil {
		return nil
	}
	var all []string
	var gather func(v any)
	gather = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, member := range v {
				gather(member)
			}
		case []any:
			for _, element := range v {
				gather(element)
			}
		case string:
			if len(v) >= 12 {
				all = append(all, v)
			}
		}
	}
	gather(v)
	return all
}

// plantedRequests are requests of the kind with secrets in every text.
func (b *bench) plantedRequests() []proto.Message {
	if b.o.Kind == host.Gateway {
		return b.plantedPayments()
	}
	var all []proto.Message
	for _, request := range b.harmless() {
		all = append(all, request())
	}
	return all
}

// plantedPayments are what a host could be given by payers and companies.
func (b *bench) plantedPayments() []proto.Message {
	pan := cardNumbers()
	r := b.request(1)
	create := &gatewayv1.CreateRequest{
		Reference: r.Reference, Key: r.Key, Amount: &gatewayv1.Money{Minor: 14000, Currency: firstCurrency(b.info.capabilities)},
		Means: string(r.Means), Flow: gatewayv1.Flow_FLOW_REDIRECT, Description: "Card " + pan[0] + " " + b.word,
		ReturnUrl: "https://court.example/return?n=" + pan[1], CancelUrl: "https://court.example/cancel?n=" + pan[1],
		NotifyUrl: "https://court.example/notify?n=" + pan[2], Locale: "en",
	}
	odd := proto.CloneOf(create)
	odd.Reference, odd.Means, odd.Locale = pan[0], pan[1], pan[2]
	message := &gatewayv1.HTTPMessage{
		Method: "POST", Path: "/notify?card=" + pan[0], Body: []byte(`{"card":"` + pan[1] + `","word":"` + b.word + `"}`),
		Header: []*gatewayv1.HeaderField{{Name: "X-Card", Values: []string{pan[2]}}, {Name: "Content-Type", Values: []string{"application/json"}}},
	}
	return []proto.Message{
		odd, create, &gatewayv1.QueryRequest{Reference: pan[0]}, &gatewayv1.QueryRequest{GatewayRef: pan[1] + b.word},
		&gatewayv1.NotificationRequest{Message: message},
		&gatewayv1.RefundRequest{Reference: "refund-" + tag(b.o.Seed), Key: "k", Attempt: r.Reference, PaymentId: pan[0], Amount: create.Amount, Reason: pan[1] + b.word},
	}
}
