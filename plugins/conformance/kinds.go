package conformance

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strconv"

	"google.golang.org/grpc"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
	"courts.example/eservices/plugins/host"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
	courtv1 "courts.example/eservices/plugins/proto/icms/plugin/court/v1"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
)

// info is what a plugin says of itself.
type info struct {
	name, version, sdk string
	capabilities       *payment.Capabilities
	hooks              []string
}

// Rule is a rule by its name and in words.
type Rule = gatewaytest.Rule

// Rules lists the rules that Certify checks for a kind, in the order of a report.
func Rules(kind host.Kind) []Rule { return (&subject{o: Options{Kind: kind}}).table() }

// table lists the rules of the subject's kind.
func (s *subject) table() []Rule {
	var all []Rule
	for _, r := range s.rules() {
		all = append(all, Rule{ID: r.id, Text: r.text})
	}
	switch s.o.Kind {
	case host.Gateway:
		for _, r := range gatewaytest.Rules() {
			if !elsewhere(r.ID) {
				all = append(all, r)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Rule) int { return compareIDs(a.ID, b.ID) })
	return all
}

// compareIDs puts A2 before A10, and B1 after both.
func compareIDs(a, b string) int {
	n := func(id string) int { v, _ := strconv.Atoi(id[1:]); return v }
	return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(n(a), n(b)))
}

// rules are the rules about processes, in the order of a report.
func (s *subject) rules() []rule {
	all := lifeRules()
	switch s.o.Kind {
	case host.Gateway:
		all = append(all, gatewayRules()...)
	case host.Store:
		all = append(all, storeRules()...)
	case host.Court:
		all = append(all, courtRules()...)
	}
	return all
}

// examine asks the plugin what it is, so that a host can be told; it reports whether that is known.
func (s *subject) examine(t T) bool {
	known := false
	t.Run("A2", func(t T) {
		b := s.bench(t)
		p := b.start(t)
		told := b.ask(p)
		s.info = info{name: told.GetName(), version: told.GetVersion(), sdk: told.GetSdk()}
		b.staticInfo(p, told)
		if s.o.Kind == host.Gateway {
			b.settle(p)
			c := b.gateway(p).Describe()
			s.info.capabilities = &c
		}
		known = true
	})
	return known
}

// semantics runs the suite of the kind over the wire.
func (s *subject) semantics(ctx context.Context, t T) {
	switch s.o.Kind {
	case host.Gateway:
		gatewaytest.Run(without{t}, gatewaytest.Harness{Seed: s.o.Seed, Open: func(t gatewaytest.T) gatewaytest.Sandbox {
			s.asked(ctx, t)
			return s.newFirm(t)
		}})
	case host.Store:
		storetest.Run(storeT{t}, func(t storetest.T) store.Store {
			s.asked(ctx, t.(storeT).T)
			return s.newStore(t.(storeT).T)
		})
	}
}

// asked leaves a case that nobody asks for.
func (s *subject) asked(ctx context.Context, t T) {
	if ctx.Err() != nil {
		leave(t, NotChecked, "the run was ended")
	}
	if s.only != nil && !s.only(t.Name()) {
		leave(t, NotChecked, "it was not asked for")
	}
}

// elsewhere are the rules of the gateway suite that are checked here, with processes.
func elsewhere(id string) bool { return id == "D3" || id == "D12" }

// without leaves out the cases that are checked elsewhere.
type without struct{ T }

func (t without) Run(name string, f func(t T)) bool {
	return elsewhere(name) || t.T.Run(name, f)
}

// service is the full name of the service of the kind, with a slash at both ends.
func (s *subject) service() string {
	return map[host.Kind]string{
		host.Gateway: "/" + gatewayv1.GatewayService_ServiceDesc.ServiceName + "/",
		host.Store:   "/" + storev1.StoreService_ServiceDesc.ServiceName + "/",
		host.Court:   "/" + courtv1.CourtService_ServiceDesc.ServiceName + "/",
	}[s.o.Kind]
}

// touch makes a call that changes nothing, and is answered whatever the company does.
func (s *subject) touch(ctx context.Context, conn grpc.ClientConnInterface) error {
	switch s.o.Kind {
	case host.Gateway:
		_, err := gatewayv1.NewGatewayServiceClient(conn).Query(ctx, &gatewayv1.QueryRequest{Reference: "none-such"})
		return err
	case host.Store:
		_, err := storev1.NewStoreServiceClient(conn).Get(ctx, &storev1.GetRequest{Kind: "none", Id: "none-such"})
		return err
	}
	_, err := readTables(ctx, conn)
	return err
}

// kinds are the kinds on the wire.
func kinds() map[host.Kind]basev1.Kind {
	return map[host.Kind]basev1.Kind{
		host.Gateway: basev1.Kind_KIND_GATEWAY, host.Store: basev1.Kind_KIND_STORE, host.Court: basev1.Kind_KIND_COURT,
	}
}

var (
	nameRule    = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$`)
	versionRule = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}$`)
)
