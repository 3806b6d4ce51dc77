package web_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/icms/web"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/simpay"
)

var monday = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

// site is a court's site with a payment company, both in this process.
type site struct {
	*payment.Cashier
	t      *testing.T
	sim    *simpay.Sim
	server *httptest.Server
	log    *bytes.Buffer
	orders *payment.Orders
	at     time.Time
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{t: t, log: &bytes.Buffer{}, at: monday}
	clock := func() time.Time { return s.at }
	db, err := sqlite.Open(t.Context(), sqlite.Options{Path: filepath.Join(t.TempDir(), "court.db"), Durability: sqlite.Process})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	books, err := ledger.New(ledger.Options{Store: db})
	require.NoError(t, err)
	s.orders, err = payment.New(payment.Options{Store: db, Ledger: books})
	require.NoError(t, err)

	handler := http.NewServeMux()
	s.server = httptest.NewServer(handler)
	t.Cleanup(s.server.Close)
	secrets := []simpay.Secret{"the secret of the company"}
	terms := simpay.Terms{Currencies: []string{"HKD"}, Means: []payment.Means{payment.Visa}}
	s.sim, err = simpay.NewSim(simpay.Options{Secrets: secrets, Terms: terms, Clock: clock})
	require.NoError(t, err)
	client, err := simpay.NewClient(simpay.ClientOptions{URL: s.server.URL, Secrets: secrets, Terms: terms, Clock: clock})
	require.NoError(t, err)
	address := func(path string) func(string) string {
		return func(last string) string { return s.server.URL + "/court" + path + last }
	}
	s.Cashier, err = payment.NewCashier(payment.CashierOptions{
		Store: db, Orders: s.orders, Ledger: books, Gateways: []payment.Gateway{client}, Clock: clock, Name: "test",
		Secret: []byte("a secret of thirty-two bytes or more"), ReturnURL: address("/return/"), CancelURL: address("/cancel/"),
		NotifyURL: address("/notify/"), Series: func(string, time.Time) string { return "court/2026" },
	})
	require.NoError(t, err)
	handler.Handle("/court/", http.StripPrefix("/court", web.Payments(s.Cashier, slog.New(slog.NewTextHandler(s.log, nil)))))
	handler.Handle("/", s.sim.Handler())
	return s
}

// start begins to pay a new order.
func (s *site) start() payment.Attempt {
	s.t.Helper()
	order, err := payment.NewOrder(payment.Order{
		ID: "o1", Court: "court", Payer: "acme", Purpose: "filing", For: payment.Subject{Kind: "batch", ID: "b1"}, PricedAt: monday, CreatedAt: monday,
		Lines: []payment.Line{{Item: "filing", Description: law.T("Filing", "入稟"), Count: 1, Amount: money.New(4200, money.MustCurrency("HKD"))}},
	})
	require.NoError(s.t, err)
	step, err := s.orders.Open(order)
	require.NoError(s.t, err)
	_, err = s.orders.Apply(s.t.Context(), step.Change)
	require.NoError(s.t, err)
	a, err := s.Start(s.t.Context(), payment.StartRequest{Order: "o1", Gateway: "simpay", Means: payment.Visa, By: "clerk"})
	require.NoError(s.t, err)
	return a
}

func (s *site) get(path string) (int, http.Header, string) {
	s.t.Helper()
	r, err := http.Get(s.server.URL + path)
	require.NoError(s.t, err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	require.NoError(s.t, err)
	return r.StatusCode, r.Header, string(body)
}

func TestAPayerWhoComesBack(t *testing.T) {
	for name, tt := range map[string]struct {
		does       func(s *site, reference string) error
		en, zh     string
		goesOn     bool
		finalState payment.AttemptState
	}{
		"too early": {func(*site, string) error { return nil }, "Not paid yet", "尚未付款", true, payment.AttemptPending},
		"paid": {func(s *site, ref string) error {
			_, err := s.sim.Pay(ref)
			return err
		}, "Paid. Your receipt follows", "已付款", false, payment.AttemptSucceeded},
		"too little": {func(s *site, ref string) error {
			_, err := s.sim.PayAmount(ref, money.New(100, money.MustCurrency("HKD")))
			return err
		}, "are looking into it. Do not pay again", "請勿再次付款", false, payment.AttemptSucceeded},
		"declined": {func(s *site, ref string) error { return s.sim.Decline(ref, payment.DeclineLimit) },
			"The payment was refused; nothing has been taken so far", "不獲接納", false, payment.AttemptFailed},
		"gave up": {func(s *site, ref string) error { return s.sim.Leave(ref) }, "was given up", "已取消", false, payment.AttemptCancelled},
		"in the bank's hands": {func(s *site, ref string) error {
			_, err := s.sim.Act(ref, simpay.Act{Deed: simpay.DeedProcess})
			return err
		}, "Do not pay again", "請勿重複付款", false, payment.AttemptProcessing},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			a := s.start()
			require.NoError(t, tt.does(s, a.ID))
			status, header, body := s.get("/court/return/" + s.Token(a.ID))
			require.Equal(t, http.StatusOK, status)
			require.Contains(t, body, tt.en)
			require.Contains(t, body, tt.zh)
			require.Contains(t, body, a.ID)
			require.Equal(t, tt.goesOn, strings.Contains(body, a.Next.URL))
			require.Equal(t, "no-store", header.Get("Cache-Control"))
			require.Equal(t, "no-referrer", header.Get("Referrer-Policy"))
			require.Contains(t, header.Get("Content-Security-Policy"), "frame-ancestors 'none'")
			now, err := s.Attempt(t.Context(), a.ID)
			require.NoError(t, err)
			require.Equal(t, tt.finalState, now.State, "the gateway was asked")
		})
	}
}

func TestAForgedReturnChangesNothing(t *testing.T) {
	s := newSite(t)
	a := s.start()
	_, err := s.sim.Pay(a.ID)
	require.NoError(t, err)
	for _, token := range []string{a.ID, a.ID + ".", a.ID + ".00000000000000000000000000", strings.ToLower(s.Token(a.ID)), "x"} {
		status, _, body := s.get("/court/return/" + token + "?status=paid")
		require.Equal(t, http.StatusNotFound, status)
		require.NotContains(t, body, a.ID)
	}
	now, err := s.Attempt(t.Context(), a.ID)
	require.NoError(t, err)
	require.Equal(t, payment.AttemptPending, now.State)
}

func TestMessagesOfAGateway(t *testing.T) {
	s := newSite(t)
	a := s.start()
	_, err := s.sim.Pay(a.ID)
	require.NoError(t, err)
	taken, err := s.sim.Deliver(t.Context())
	require.NoError(t, err)
	require.Positive(t, taken)
	for n := 1; n > 0; {
		n, err = s.Work(t.Context())
		require.NoError(t, err)
	}
	now, err := s.Attempt(t.Context(), a.ID)
	require.NoError(t, err)
	require.Equal(t, payment.AttemptSucceeded, now.State)

	post := func(gateway, body string) int {
		r, err := http.Post(s.server.URL+"/court/notify/"+gateway, "application/json", strings.NewReader(body))
		require.NoError(t, err)
		require.NoError(t, r.Body.Close())
		return r.StatusCode
	}
	require.Equal(t, http.StatusNotFound, post("another", "{}"))
	require.GreaterOrEqual(t, post("simpay", `{"id":"forged"}`), 400)
	require.GreaterOrEqual(t, post("simpay", strings.Repeat("4000000000000002 ", 20000)), 400)
	rejected := s.Rejected("simpay")
	require.EqualValues(t, 1, rejected[payment.RejectUnsigned])
	require.EqualValues(t, 1, rejected[payment.RejectTooLarge])
	require.NotContains(t, s.log.String(), "4000000000000002")
	status, _, _ := s.get("/court/notify/simpay")
	require.Equal(t, http.StatusMethodNotAllowed, status)
}
