package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/tables"
	courtv1 "courts.example/eservices/plugins/proto/icms/plugin/court/v1"
)

// courtRules are the rules about processes that serve courts.
func courtRules() []rule {
	return []rule{
		{id: "T1", text: "the tables can be read, and are proven", test: proven},
		{id: "T2", text: "the tables are the same at every call and in every process", test: sameTables},
		{id: "T3", text: "hooks answer about many claims at once, in time, and make sense", test: manyClaims},
		{id: "T4", text: "hooks say the same at every call and in every process", test: sameHooks},
		{id: "T5", text: "a batch is looked at twice and gives the same findings", test: sameBatch},
		{id: "T6", text: "the law is what the tables say", why: "that is for a lawyer: every row names its provision and its status"},
	}
}

// readTables reads a court's document.
func readTables(ctx context.Context, conn grpc.ClientConnInterface) ([]byte, error) {
	stream, err := courtv1.NewCourtServiceClient(conn).Tables(ctx, &courtv1.TablesRequest{})
	if err != nil {
		return nil, err
	}
	var text []byte
	for {
		piece, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return text, nil
		}
		if err != nil {
			return nil, err
		}
		text = append(text, piece.GetPiece()...)
	}
}

// hooksOf reads the hooks that a court's document declares.
func hooksOf(text []byte) []string {
	var d struct {
		Hooks []string `json:"hooks"`
	}
	_ = json.Unmarshal(text, &d) // what is wrong with the document is the matter of its own rule
	return d.Hooks
}

// document asks a process for its tables.
func (b *bench) document(p *process) []byte {
	b.Helper()
	ctx, cancel := b.within(quietLimit)
	defer cancel()
	text, err := readTables(ctx, p.conn)
	if err != nil {
		b.Fatalf("Tables: %v%s", err, p.words())
	}
	return text
}

func proven(b *bench) {
	if _, err := tables.Load(b.document(b.ready())); err != nil {
		var wrong *tables.LoadError
		if !errors.As(err, &wrong) {
			b.Fatalf("%v", err)
		}
		for _, problem := range wrong.Problems[:min(len(wrong.Problems), 20)] {
			b.Errorf("%s: %s", problem.Pointer, problem.Text)
		}
	}
	b.hostedCourt(b.T, b.config()) // with the hooks that it declares
}

func sameTables(b *bench) {
	p := b.ready()
	first := b.document(p)
	for _, q := range []*process{p, p, b.ready()} {
		if again := b.document(q); !bytes.Equal(again, first) {
			b.Errorf("Tables gives %d bytes that differ from the %d of before", len(again), len(first))
		}
	}
}

// sample is so many claims, right by what any court asks.
func sample(n int) []*courtv1.Claim {
	claims := make([]*courtv1.Claim, n)
	for i := range claims {
		text := fmt.Sprintf(`{"reference":"SAMPLE-%05d","category":"services","amount":"HKD %d.00","defendants":[{"name":"Defendant %05d","address":"Flat %d, Sample House"}],`+
			`"nature":"services","particulars":"Unpaid charges","calculation":"Sum of invoices","aroseOn":"2026-01-%02d"}`, i+1, 100+i, i+1, i+1, i%28+1)
		claims[i] = &courtv1.Claim{Index: int32(i), Json: []byte(text)}
	}
	return claims
}

// ask asks every hook that is declared about some claims.
func (b *bench) hooks(p *process, claims []*courtv1.Claim) map[string]proto.Message {
	b.Helper()
	declared := hooksOf(b.document(p))
	if len(declared) == 0 {
		leave(b.T, Skipped, "the court declares no hooks")
	}
	ctx, cancel := b.within(quietLimit)
	defer cancel()
	service, answers := courtv1.NewCourtServiceClient(p.conn), map[string]proto.Message{}
	at := time.Date(2026, time.March, 2, 2, 0, 0, 0, time.UTC)
	for _, hook := range declared {
		var answer proto.Message
		var err error
		switch hook {
		case filing.AssessHook:
			answer, err = service.Assess(ctx, &courtv1.AssessRequest{Court: "", Claimant: "sample", At: timestamppb.New(at), Claims: claims})
		case filing.RestrictionsHook:
			answer, err = service.Restricted(ctx, &courtv1.RestrictedRequest{Claimant: "sample", Claims: claims})
		case filing.AgentsHook:
			answer, err = service.Agents(ctx, &courtv1.AgentsRequest{Organisation: "sample", Claimants: []string{"sample", "another"}})
		}
		if err != nil {
			b.Errorf("the hook %s, asked about %d claims: %v%s", hook, len(claims), err, p.words())
			continue
		}
		answers[hook] = answer
	}
	return answers
}

func manyClaims(b *bench) {
	const many = 1000
	p := b.ready()
	codes := b.codes(p)
	for hook, answer := range b.hooks(p, sample(many)) {
		switch a := answer.(type) {
		case *courtv1.AssessResponse:
			for _, f := range a.GetFindings() {
				if f.GetIndex() < 0 || f.GetIndex() >= many || !slices.Contains(codes, f.GetCode()) {
					b.Errorf("the hook %s finds %q at claim %d of %d; the tables declare the codes %q", hook, f.GetCode(), f.GetIndex(), many, codes)
				}
			}
		case *courtv1.RestrictedResponse:
			for _, i := range a.GetIndexes() {
				if i < 0 || i >= many {
					b.Errorf("the hook %s names claim %d of %d", hook, i, many)
				}
			}
		case *courtv1.AgentsResponse:
			for _, c := range a.GetClaimants() {
				if c != "sample" && c != "another" {
					b.Errorf("the hook %s names the claimant %q, who was not asked about", hook, c)
				}
			}
		}
	}
}

// codes are those that the tables declare.
func (b *bench) codes(p *process) []string {
	b.Helper()
	var d struct {
		Codes []struct {
			Code string `json:"code"`
		} `json:"codes"`
	}
	_ = json.Unmarshal(b.document(p), &d)
	var all []string
	for _, c := range d.Codes {
		all = append(all, c.Code)
	}
	return all
}

func sameHooks(b *bench) {
	p := b.ready()
	first := b.hooks(p, sample(100))
	for _, q := range []*process{p, b.ready()} {
		for hook, again := range b.hooks(q, sample(100)) {
			if !proto.Equal(again, first[hook]) {
				b.Errorf("the hook %s says %v, and said %v", hook, shown(again), shown(first[hook]))
			}
		}
	}
}

func shown(v any) string {
	text := fmt.Sprint(v)
	return strings.TrimSpace(text[:min(len(text), 300)])
}
