package courtwire_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/test/bufconn"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/plugins/internal/courtwire"
	"courts.example/eservices/plugins/internal/wire"
	courtv1 "courts.example/eservices/plugins/proto/icms/plugin/court/v1"
)

// connect serves a service over gRPC without a network.
func connect(t testing.TB, s courtv1.CourtServiceServer) *grpc.ClientConn {
	t.Helper()
	listener := bufconn.Listen(1 << 20)
	server := grpc.NewServer(grpc.MaxRecvMsgSize(wire.MaxMessage), grpc.MaxSendMsgSize(wire.MaxMessage))
	courtv1.RegisterCourtServiceServer(server, s)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	conn, err := grpc.NewClient("passthrough:plugin", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }))
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	return conn
}

// ballymore is the document of an invented court, with hooks when there are any.
func ballymore(t testing.TB, hooks ...string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../../icms/tables/testdata/ballymore.json")
	require.NoError(t, err)
	if len(hooks) == 0 {
		return data
	}
	more := fmt.Sprintf(`"hooks": ["%s"],`, strings.Join(hooks, `", "`))
	if strings.Contains(more, filing.AssessHook) {
		more += `"codes": [{"code": "ballymore.meter", "severity": "refusal", "text": {"en": "The meter {meter} is not in the register.", "ga": "Níl an méadar {meter} sa chlár."},
			"rule": "the meter is registered", "remedy": {"en": "Give the number on the meter."}, "provision": "practice"}],`
	}
	return []byte(strings.Replace(string(data), "{", "{"+more, 1))
}

// plain is a court without hooks.
type plain []byte

func (p plain) Tables() ([]byte, error) { return p, nil }

// asked is a court with every hook.
type asked struct {
	plain
	// down makes every hook fail.
	down error
	// calls counts the questions about claims, seen the claims.
	calls, seen int
	at          time.Time
	// odd replaces what Assess finds.
	odd []filing.Assessed
	// hang makes hooks wait for the end of the call.
	hang func()
}

var errMeters = errors.New("the register of meters is out of reach")

// Assess finds that claims on meters that begin with X are on none.
func (c *asked) Assess(ctx context.Context, claimant filing.Claimant, at time.Time, claims []*filing.Claim) ([]filing.Assessed, error) {
	c.calls, c.seen, c.at = c.calls+1, c.seen+len(claims), at
	if c.hang != nil {
		c.hang()
		<-ctx.Done()
	}
	if c.down != nil || claimant.ID != "gaelic-gas" {
		return nil, c.down
	}
	out := c.odd
	for i, claim := range claims {
		if strings.HasPrefix(claim.Reference, "X") {
			out = append(out, filing.Assessed{
				Index: i, Code: "ballymore.meter", Pointer: "/reference", Values: []law.Value{law.V("meter", claim.Reference)},
			})
		}
	}
	return out, nil
}

// Restricted catches the defendant of the claim R-1.
func (c *asked) Restricted(_ context.Context, _ filing.Claimant, claims []*filing.Claim) ([]int, error) {
	var out []int
	for i, claim := range claims {
		if claim.Reference == "R-1" {
			out = append(out, i)
		}
	}
	return out, c.down
}

// Agents lets an agent file for everybody.
func (c *asked) Agents(_ context.Context, organisation string, claimants []string) ([]string, error) {
	if organisation != "agent" {
		return nil, c.down
	}
	return claimants, c.down
}

// court gives a court as it is at the other end of the wire.
func court(t testing.TB, s courtwire.Source) icms.Court {
	t.Helper()
	c, err := courtwire.Client(t.Context(), connect(t, courtwire.Server(s)))
	require.NoError(t, err)
	return c
}

const account = "deposit:gaelic-gas/main"

var (
	eur = money.MustCurrency("EUR")
	// friday is an evening before the clocks go forward.
	friday = time.Date(2026, 3, 27, 17, 0, 0, 0, time.UTC)
)

// counter opens a service of a court, with 200 euros on the claimant's account.
func counter(t testing.TB, court icms.Court) *icms.Service {
	t.Helper()
	db, err := sqlite.Open(t.Context(), sqlite.Options{Path: filepath.Join(t.TempDir(), "court.db")})
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	content, err := blob.OpenFolder(t.TempDir())
	require.NoError(t, err)
	s, err := icms.New(icms.Options{Store: db, Blobs: content, Courts: []icms.Court{court}, Clock: func() time.Time { return friday }})
	require.NoError(t, err)
	l := s.AccountsOffice().Ledger()
	_, err = l.Do(t.Context(), ledger.OpenAccount{Account: account, Currency: eur, At: friday})
	require.NoError(t, err)
	_, err = l.Do(t.Context(), ledger.TopUp{From: ledger.Bank("test"), Reference: "1", Account: account, Amount: money.New(20_000, eur), At: friday})
	require.NoError(t, err)
	return s
}

func balance(t testing.TB, s *icms.Service) string {
	t.Helper()
	b, err := s.AccountsOffice().Ledger().Balance(t.Context(), account)
	require.NoError(t, err)
	return b.Posted.String()
}

// claims writes claims of those references.
func claims(references ...string) string {
	var b strings.Builder
	b.WriteString("reference,category,amount,defendant_name,defendant_address,nature,particulars,calculation,arose_on\n")
	for i, r := range references {
		fmt.Fprintf(&b, "%s,supply,%d.10,Defendant %05d,\"%d Sample Street\",supply,Unpaid charges,Sum of invoices,2026-01-05\n", r, 100+i, i+1, i+1)
	}
	return b.String()
}

func batch(csv, organisation string) icms.Batch {
	return icms.Batch{
		Court: "BMC", Claimant: "Gaelic Gas Sample plc", By: icms.Filer{Organisation: organisation, User: "clerk-1"},
		Claims: filing.File{Name: "claims.csv", Bytes: strings.NewReader(csv), Size: int64(len(csv))}, Format: filing.CSV{}, Account: account,
	}
}
