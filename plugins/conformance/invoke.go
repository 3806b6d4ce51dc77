package conformance

import (
	"context"
	"fmt"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/dynamicpb"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/host"
	courtv1 "courts.example/eservices/plugins/proto/icms/plugin/court/v1"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
)

// harmless are requests that change nothing, by the method that takes them.
func (s *subject) harmless() map[string]func() proto.Message {
	switch s.o.Kind {
	case host.Gateway:
		return map[string]func() proto.Message{
			"Describe": func() proto.Message { return &gatewayv1.DescribeRequest{} },
			"Query":    func() proto.Message { return &gatewayv1.QueryRequest{Reference: "none-such"} },
		}
	case host.Store:
		return map[string]func() proto.Message{
			"Get":  func() proto.Message { return &storev1.GetRequest{Kind: "none", Id: "none-such"} },
			"Sums": func() proto.Message { return &storev1.SumsRequest{Names: []string{"none-such"}} },
		}
	}
	return map[string]func() proto.Message{"Tables": func() proto.Message { return &courtv1.TablesRequest{} }}
}

// invoke makes a call of a method of the kind's service and reads all answers.
func (s *subject) invoke(ctx context.Context, conn *grpc.ClientConn, name string, request proto.Message) ([]proto.Message, error) {
	var method protoreflect.MethodDescriptor
	for _, m := range s.methods() {
		if string(m.Name()) == name {
			method = m
		}
	}
	if method == nil {
		return nil, fmt.Errorf("there is no method %s", name)
	}
	raw, err := proto.Marshal(request)
	if err != nil {
		return nil, err
	}
	answers, err := send(ctx, conn, s.service()+name, raw)
	var all []proto.Message
	for _, a := range answers {
		m := dynamicpb.NewMessage(method.Output())
		if err := proto.Unmarshal(a, m); err != nil {
			return all, err
		}
		all = append(all, m)
	}
	return all, err
}

func sameAnswer(a, b []proto.Message) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !proto.Equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

// undeclared calls what the plugin does not declare: it must be refused, without a word that something happened.
func (b *bench) undeclared(ctx context.Context, p *process) {
	b.Helper()
	for name, declared := range b.optional(ctx, p) {
		if declared {
			continue
		}
		answers, err := b.invoke(ctx, p.conn, name, b.some(name))
		if status.Code(err) == codes.Unimplemented {
			continue
		}
		if err != nil || len(answers) == 0 || b.o.Kind != host.Gateway {
			b.Errorf("%s, which is not declared: %v, %v; must be refused with %v", name, answers, err, codes.Unimplemented)
			continue
		}
		class := classIn(answers[0])
		if class != gatewayv1.ErrorClass_ERROR_CLASS_NOT_ALLOWED && class != gatewayv1.ErrorClass_ERROR_CLASS_INVALID {
			b.Errorf("%s, which is not declared: the class %v; must be refused with %v, or a class that says that nothing happened", name, class, codes.Unimplemented)
		}
	}
}

// classIn reads the class of the error in a gateway's answer.
func classIn(m proto.Message) gatewayv1.ErrorClass {
	r := m.ProtoReflect()
	field := r.Descriptor().Fields().ByName("error")
	if field == nil || !r.Has(field) {
		return gatewayv1.ErrorClass_ERROR_CLASS_UNSPECIFIED
	}
	e := r.Get(field).Message()
	return gatewayv1.ErrorClass(e.Get(e.Descriptor().Fields().ByName("class")).Enum())
}

// optional are the methods that a plugin need not serve, and whether it declares them.
func (b *bench) optional(ctx context.Context, p *process) map[string]bool {
	switch b.o.Kind {
	case host.Gateway:
		d := b.describe(p)
		return map[string]bool{
			"Cancel": d.GetCancel() || d.GetAuthCapture(), "Capture": d.GetAuthCapture(), "Refund": d.GetRefund(), "QueryRefund": d.GetRefundQuery(),
			"Settlement": d.GetSettlement(), "Return": d.GetReturns(), "Probe": d.GetProbe(),
		}
	case host.Court:
		all := map[string]bool{"Assess": false, "Restricted": false, "Agents": false}
		text, err := readTables(ctx, p.conn)
		if err != nil {
			b.Fatalf("Tables: %v", err)
		}
		for _, hook := range hooksOf(text) {
			all[map[string]string{"assess": "Assess", "restrictions": "Restricted", "agents": "Agents"}[hook]] = true
		}
		return all
	}
	return nil
}

// some is a request that means little.
func (b *bench) some(name string) proto.Message {
	amount := &gatewayv1.Money{Minor: 1, Currency: firstCurrency(b.info.capabilities)}
	return map[string]proto.Message{
		"Cancel":      &gatewayv1.CancelRequest{Reference: "none-such", Key: "none-such:cancel:1"},
		"Capture":     &gatewayv1.CaptureRequest{Reference: "none-such", Key: "none-such:capture:1"},
		"Refund":      &gatewayv1.RefundRequest{Reference: "none-such", Key: "none-such:refund:1", Attempt: "none", PaymentId: "none", Amount: amount},
		"QueryRefund": &gatewayv1.QueryRefundRequest{Reference: "none-such"},
		"Settlement":  &gatewayv1.SettlementRequest{Date: "2026-03-02"},
		"Return":      &gatewayv1.ReturnRequest{Message: &gatewayv1.HTTPMessage{Method: "GET", Path: "/return"}},
		"Probe":       &gatewayv1.ProbeRequest{},
		"Assess":      &courtv1.AssessRequest{}, "Restricted": &courtv1.RestrictedRequest{}, "Agents": &courtv1.AgentsRequest{},
	}[name]
}

func firstCurrency(c *payment.Capabilities) string {
	if c == nil || len(c.Currencies) == 0 {
		return "HKD"
	}
	return strings.ToUpper(c.Currencies[0])
}
