package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/plugins/internal/courtwire"
	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
	"courts.example/eservices/plugins/sdk"
)

// The test program is the plugin when a host starts it.
func TestMain(m *testing.M) {
	if os.Getenv(wire.CookieKey) != "" {
		main()
	}
	os.Exit(m.Run())
}

// start runs the plugin in a process of its own, over mutual TLS, and gives the connection.
func start(t *testing.T) (*plugin.Client, *grpc.ClientConn) {
	t.Helper()
	c := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: plugin.HandshakeConfig{
			ProtocolVersion: wire.Protocol, MagicCookieKey: wire.CookieKey, MagicCookieValue: wire.CookieValue,
		},
		VersionedPlugins: map[int]plugin.PluginSet{wire.Protocol: {}}, Cmd: exec.Command(os.Args[0]), AutoMTLS: true,
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC}, Logger: hclog.NewNullLogger(),
	})
	t.Cleanup(c.Kill)
	client, err := c.Client()
	require.NoError(t, err)
	return c, client.(*plugin.GRPCClient).Conn
}

func configure(t *testing.T, conn grpc.ClientConnInterface, config string) {
	t.Helper()
	said, err := basev1.NewPluginServiceClient(conn).Configure(t.Context(), &basev1.ConfigureRequest{Config: []byte(config)})
	require.NoError(t, err)
	require.Empty(t, said.GetProblems())
}

// tariff is an invented fee for commencing, and an invented limit: what an operator writes who knows the real one.
const tariff = `{"fees": {
  "format": "fees/1", "name": "hk.dc", "version": "invented", "title": {"en": "Fees"}, "currency": "HKD", "zone": "+08:00",
  "provisions": {"invented": {"instrument": "test data", "status": "assumed"}},
  "items": [
    {"name": "commencement", "title": {"en": "Commencing"}, "editions": [{"provision": "invented", "flat": "123"}]},
    {"name": "search", "title": {"en": "Search"}, "editions": [{"provision": "invented", "flat": "18"}]}
  ],
  "electronic": {"others": "invented"}
}, "limits": [{"amount": "HKD 100000.00", "provision": {"instrument": "test data", "status": "assumed"}}]}`

// As shipped: what the wire gives is what the document says in process, and nothing is taken whose fee nobody knows.
func TestServedAsShipped(t *testing.T) {
	_, conn := start(t)
	configure(t, conn, "{}")
	served, err := courtwire.Client(t.Context(), conn)
	require.NoError(t, err)
	shipped, err := icmshk.District()
	require.NoError(t, err)
	local, err := shipped.Court()
	require.NoError(t, err)
	require.Equal(t, "DC", served.Code)
	require.Equal(t, local.Papers, served.Papers)
	require.Equal(t, local.Policies, served.Policies)
	at := time.Date(2026, 4, 2, 18, 0, 0, 0, calendarhk.Zone())
	for ; at.Year() < 2027; at = at.Add(7 * time.Hour) {
		a, err := local.Registry.Receive(at)
		require.NoError(t, err)
		b, err := served.Registry.Receive(at)
		require.NoError(t, err)
		require.True(t, a.Deemed.Equal(b.Deemed))
		require.Equal(t, a.Reason().String(), b.Reason().String())
	}
	limits, err := served.Limits(served.Registry)
	require.NoError(t, err)
	expiry, err := limits.Expires(calendar.MustDate("2026-02-13"), 7)
	require.NoError(t, err)
	require.Equal(t, "2026-02-27", expiry.Date.String())

	s := counter(t, served)
	r, err := s.Registry().FileClaim(t.Context(), claim())
	require.NoError(t, err)
	require.Equal(t, icms.Refused, r.State)
	require.True(t, filing.Refuses(r.Findings))
	require.Len(t, r.Findings, 1)
	require.Equal(t, filing.Code("claim.limit.unknown"), r.Findings[0].Code)
}

// With limits of the operator's and without a tariff, what is missing is the fee, and why is said.
func TestServedWithoutATariff(t *testing.T) {
	r := sdk.Background(t, sdk.NewCourt(sdk.About{Name: "hk-district-court", Version: "1.0.0"}, new(court)))
	s := counter(t, r.Court(`{"limits": [{"amount": "HKD 100000.00", "provision": {"instrument": "test data", "status": "assumed"}}]}`))
	refused, err := s.Registry().FileClaim(t.Context(), claim())
	require.NoError(t, err)
	require.Equal(t, icms.Refused, refused.State)
	require.Len(t, refused.Findings, 1)
	require.Contains(t, refused.Findings[0].Text().In(), "Cap. 336C")
}

// With a tariff of the operator's a claim goes through, up to the officer's decision.
func TestServedWithATariff(t *testing.T) {
	c, conn := start(t)
	configure(t, conn, tariff)
	served, err := courtwire.Client(t.Context(), conn)
	require.NoError(t, err)
	s := counter(t, served)
	r, err := s.Registry().FileClaim(t.Context(), claim())
	require.NoError(t, err)
	require.Equal(t, icms.Held, r.State, "%v", r.Findings)
	require.Equal(t, "HKD 123.00", r.Quote.Total.Payable.String())

	over := claim()
	over.Claim.Reference, over.Claim.Amount = "A-3", money.New(10_000_001, money.MustCurrency("HKD"))
	r, err = s.Registry().PreflightClaim(t.Context(), over)
	require.NoError(t, err)
	require.Equal(t, icms.Refused, r.State)

	c.Kill() // the rules run in the host: what needs no hook needs no plugin
	again := claim()
	again.Claim.Reference = "A-2"
	r, err = s.Registry().PreflightClaim(t.Context(), again)
	require.NoError(t, err)
	require.Equal(t, icms.Ready, r.State)
}

func TestConfigurationsThatAreWrong(t *testing.T) {
	for config, path := range map[string]string{
		``: "", `[]`: "", `{"fee": {}}`: "", `{} {}`: "", `{"fees": {"format": "fees/1"}}`: "/fees", `{"fees": 7}`: "/fees",
		`{"limits": [{"amount": "ten"}]}`: "/filing/limits/0/amount",
	} {
		r := sdk.Background(t, sdk.NewCourt(sdk.About{Name: "hk-district-court", Version: "1.0.0"}, new(court)))
		err := r.Configure([]byte(config))
		var wrong sdk.Problems
		require.ErrorAs(t, err, &wrong, "%s", config)
		require.Equal(t, path, wrong[0].Path, "%s: %v", config, wrong)
	}
	require.True(t, json.Valid([]byte(schema)))
}

const account = "deposit:sample-solicitors/main"

func counter(t *testing.T, court icms.Court) *icms.Service {
	t.Helper()
	db, err := sqlite.Open(t.Context(), sqlite.Options{Path: filepath.Join(t.TempDir(), "court.db")})
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	content, err := blob.OpenFolder(t.TempDir())
	require.NoError(t, err)
	at := time.Date(2026, 3, 2, 10, 0, 0, 0, calendarhk.Zone())
	s, err := icms.New(icms.Options{Store: db, Blobs: content, Courts: []icms.Court{court}, Clock: func() time.Time { return at }})
	require.NoError(t, err)
	l, hkd := s.AccountsOffice().Ledger(), money.MustCurrency("HKD")
	_, err = l.Do(t.Context(), ledger.OpenAccount{Account: account, Currency: hkd, At: at})
	require.NoError(t, err)
	_, err = l.Do(t.Context(), ledger.TopUp{From: ledger.Bank("test"), Reference: "1", Account: account, Amount: money.New(100_000, hkd), At: at})
	require.NoError(t, err)
	return s
}

func claim() icms.SingleClaim {
	return icms.SingleClaim{
		Court: "DC", Type: "DCCJ", Claimant: law.T("Sample Limited", "範例有限公司"), By: icms.Filer{Organisation: "sample-solicitors", User: "clerk-1"},
		Account: account,
		Claim: filing.Claim{
			Reference: "A-1", Category: "claim", Amount: money.New(10_000_000, money.MustCurrency("HKD")),
			Defendants: []filing.Party{{Name: "Defendant 0001", Address: "Flat 1, Sample House, Example Road"}},
			Nature:     "services", Particulars: "Unpaid charges for services", Calculation: "Sum of invoices", AroseOn: calendar.MustDate("2025-01-05"),
		},
	}
}
