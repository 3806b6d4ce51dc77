package e2e_test

import (
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
	"courts.example/eservices/plugins/host"
)

// secret is shared with the company.
const secret = "a secret of the tests"

// clock is that of the court and of the company. It begins with that of the plugins, which is the machine's, and time passes when a test says so.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// house is a court with its company: everything but a store.
type house struct {
	path    string // the database
	clock   *clock
	sim     *simpay.Sim
	server  *httptest.Server
	host    *host.Host
	blobs   blob.Store
	gateway payment.Gateway
}

// service opens a service on a store.
func (h *house) service(t *testing.T, s store.Store) *icms.Service {
	t.Helper()
	court, err := icmshk.SmallClaims(icmshk.Options{Approvals: []filing.Approval{{
		Claimant:  filing.Claimant{ID: "sample-utilities", Name: law.T("Sample Utilities Limited", "範例公用事業有限公司")},
		Provision: law.Provision{Instrument: "test data", Status: law.Assumed},
	}}})
	require.NoError(t, err)
	at := func(string) string { return h.server.URL }
	c, err := icms.New(icms.Options{
		Store: s, Blobs: h.blobs, Courts: []icms.Court{court}, Clock: h.clock.now,
		Payments: icms.Payments{
			Gateways: []payment.Gateway{h.gateway}, Name: "e2e", Secret: []byte("a secret of return addresses for tests"),
			ReturnURL: at, CancelURL: at, NotifyURL: at,
		},
	})
	require.NoError(t, err)
	return c
}

// newHouse opens a company and the plugins.
func newHouse(t *testing.T, k *killer) (*house, store.Store) {
	t.Helper()
	h := &house{
		path: filepath.Join(t.TempDir(), "records.db"), clock: &clock{at: time.Now()},
	}
	var err error
	h.sim, err = simpay.NewSim(simpay.Options{
		Secrets: []simpay.Secret{secret}, Clock: h.clock.now, Terms: simpay.Terms{Currencies: []string{"HKD"}, Means: []payment.Means{payment.Visa}},
	})
	require.NoError(t, err)
	h.server = httptest.NewServer(k.company(h.sim.Handler()))
	t.Cleanup(h.server.Close)
	h.blobs, err = blob.OpenFolder(t.TempDir())
	require.NoError(t, err)
	h.host = newHost(t,
		host.Plugin{Name: gatewayName, Kind: host.Gateway, Args: []string{asGateway}, Config: configuration(t, map[string]any{
			"url": h.server.URL, "secrets": []string{secret}, "currencies": []string{"HKD"}, "means": []string{string(payment.Visa)},
		})},
		host.Plugin{Name: storeName, Plugin: "sqlite", Kind: host.Store, Args: []string{asStore}, Config: configuration(t, map[string]any{
			"path": h.path, "durability": "process", // a killed process loses nothing; the machine stays up
		})})
	k.host = h.host
	h.gateway, err = h.host.Gateway(t.Context(), gatewayName)
	require.NoError(t, err)
	s, err := h.host.Store(t.Context(), storeName)
	require.NoError(t, err)
	return h, k.store(s)
}

// batch writes n claims as a batch of a name.
func batch(name string, n int) icms.Batch {
	var b strings.Builder
	b.WriteString("reference,category,amount,defendant_name,defendant_address,nature,particulars,calculation\n")
	for i := range n {
		fmt.Fprintf(&b, "%s-%05d,other,%d,Defendant %s %05d,\"Flat %d, Sample House, Example Road\",services,Unpaid charges for services,Sum of invoices\n",
			name, i+1, 1000*(1+i%60), name, i+1, i+1)
	}
	return icms.Batch{
		Court: "SCT", Claimant: "Sample Utilities Limited", Reference: name, By: icms.Filer{Organisation: "sample-utilities", User: "clerk-1"},
		Claims: filing.File{Name: "claims.csv", Bytes: strings.NewReader(b.String()), Size: int64(b.Len())}, Format: filing.CSV{},
	}
}
