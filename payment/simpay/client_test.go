package simpay_test

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

func TestBadClientOptions(t *testing.T) {
	good := func() simpay.ClientOptions {
		return simpay.ClientOptions{
			URL: address, Secrets: []simpay.Secret{secret}, Clock: func() time.Time { return noon }, Terms: simpay.Terms{Currencies: []string{"EUR"}},
		}
	}
	for name, change := range map[string]func(*simpay.ClientOptions){
		"no secrets":      func(o *simpay.ClientOptions) { o.Secrets = nil },
		"an empty secret": func(o *simpay.ClientOptions) { o.Secrets = []simpay.Secret{""} },
		"no clock":        func(o *simpay.ClientOptions) { o.Clock = nil },
		"no address":      func(o *simpay.ClientOptions) { o.URL = "" },
		"a name":          func(o *simpay.ClientOptions) { o.URL = "simpay.test" },
		"a file":          func(o *simpay.ClientOptions) { o.URL = "file:///etc" },
		"a query":         func(o *simpay.ClientOptions) { o.URL = address + "/?x=1" },
		"a user":          func(o *simpay.ClientOptions) { o.URL = "http://user:password@simpay.test" },
		"no currencies":   func(o *simpay.ClientOptions) { o.Terms.Currencies = nil },
	} {
		t.Run(name, func(t *testing.T) {
			o := good()
			change(&o)
			_, err := simpay.NewClient(o)
			require.ErrorIs(t, err, simpay.ErrOptions)
			require.NotContains(t, err.Error(), "password")
		})
	}
	c, err := simpay.NewClient(good())
	require.NoError(t, err)
	require.Equal(t, "simpay", c.Describe().ID)
}

func TestDescribe(t *testing.T) {
	terms := simpay.Terms{Currencies: []string{"EUR"}, Means: []payment.Means{"a", "b"}, PayTwice: true, MaxRefunds: 3, Window: time.Hour}
	c, err := simpay.NewClient(simpay.ClientOptions{
		ID: "other", URL: "http://127.0.0.1:8081/company/", Secrets: []simpay.Secret{secret}, Clock: func() time.Time { return noon }, Terms: terms,
	})
	require.NoError(t, err)
	d := c.Describe()
	require.Equal(t, []string{"127.0.0.1:8081"}, d.RedirectHosts)
	require.Equal(t, "other", d.ID)
	require.Equal(t, time.Hour, d.Window)
	require.True(t, d.PayerCanPayTwice)
	require.Equal(t, 3, d.MaxRefunds)
	d.Means[0], d.Currencies[0], d.RedirectHosts[0] = "x", "x", "x"
	again := c.Describe()
	require.Equal(t, []string{"EUR"}, again.Currencies, "who gets a description can't change it")
	require.Equal(t, payment.Means("a"), again.Means[0])
}

// What is wrong is refused before anything is sent.
func TestRefusedHere(t *testing.T) {
	b := newBench(t)
	for name, change := range map[string]func(*payment.CreateRequest){
		"no reference":        func(r *payment.CreateRequest) { r.Reference = "" },
		"a long reference":    func(r *payment.CreateRequest) { r.Reference = strings.Repeat("x", 26) },
		"a strange reference": func(r *payment.CreateRequest) { r.Reference = "A|1" },
		"no key":              func(r *payment.CreateRequest) { r.Key = "" },
		"a long key":          func(r *payment.CreateRequest) { r.Key = strings.Repeat("x", 65) },
		"a strange key":       func(r *payment.CreateRequest) { r.Key = "a\r\nX: y" },
		"nothing":             func(r *payment.CreateRequest) { r.Amount = eur(0) },
		"less":                func(r *payment.CreateRequest) { r.Amount = eur(-1) },
		"a fortune":           func(r *payment.CreateRequest) { r.Amount = eur(1e12 + 1) },
		"no currency":         func(r *payment.CreateRequest) { r.Amount = money.Amount{} },
		"another currency":    func(r *payment.CreateRequest) { r.Amount = money.New(1, money.MustCurrency("USD")) },
		"other means":         func(r *payment.CreateRequest) { r.Means = "cowrie" },
		"no flow":             func(r *payment.CreateRequest) { r.Flow = "" },
		"a long description":  func(r *payment.CreateRequest) { r.Description = strings.Repeat("x", 501) },
		"a bad return":        func(r *payment.CreateRequest) { r.ReturnURL = "javascript:alert(1)" },
		"a relative cancel":   func(r *payment.CreateRequest) { r.CancelURL = "/cancelled" },
		"a long notify":       func(r *payment.CreateRequest) { r.NotifyURL = "https://court.test/" + strings.Repeat("x", 2000) },
	} {
		r := b.request("A-1")
		change(&r)
		_, err := b.client.Create(t.Context(), r)
		require.False(t, b.class(err, payment.Invalid).Sent, name)
	}
	_, err := b.client.Query(t.Context(), payment.QueryRequest{})
	b.class(err, payment.Invalid)
	_, err = b.client.QueryRefund(t.Context(), payment.QueryRefundRequest{})
	b.class(err, payment.Invalid)
	_, err = b.client.Capture(t.Context(), payment.OperationRequest{Reference: "A-1"})
	b.class(err, payment.Invalid)
	_, err = b.client.Cancel(t.Context(), payment.OperationRequest{Key: "k"})
	b.class(err, payment.Invalid)
	require.Empty(t, b.effects().Requests)
	b.create("Exactly-25-characters-ok1")
	b.create("A-1", func(r *payment.CreateRequest) { r.Key, r.Amount = strings.Repeat("x", 64), eur(1e12) })
}

// The company refuses the same by itself, from whoever does not.
func TestRefusedThere(t *testing.T) {
	b := newBench(t)
	bearer := b.bearer()
	for _, c := range []struct{ body, key, says string }{
		{`{"reference":"A|1","amount":"EUR 1.00","flow":"redirect"}`, "k", "a reference has"},
		{`{"reference":"A","amount":"EUR 0.00","flow":"redirect"}`, "k", "more than nothing"},
		{`{"reference":"A","amount":"USD 1.00","flow":"redirect"}`, "k", "are taken"},
		{`{"reference":"A","amount":"EUR 1.00","flow":"redirect","means":"x"}`, "k", "are offered"},
		{`{"reference":"A","amount":"EUR 1.00","flow":"teleport"}`, "k", "a flow is one of"},
		{`{"reference":"A","amount":"EUR 1.00","flow":"redirect","returnUrl":"x"}`, "k", "an address begins"},
		{`{"reference":"A","amount":"EUR 1.00","flow":"redirect"}`, "", "needs a key"},
		{`{"reference":"A","amount":"EUR 1.00","flow":"redirect"}`, strings.Repeat("k", 65), "needs a key"},
		{`{"reference":"A","amount":"EUR 1.00","flow":"redirect","pan":"4111"}`, "k", "is not the JSON"},
		{`{"reference":"A","amount":"EUR 1.00","flow":"redirect"}{}`, "k", "is not the JSON"},
		{strings.Repeat(" ", 65<<10), "k", "could not be read whole"},
		{``, "k", "is not the JSON"},
	} {
		q, err := http.NewRequestWithContext(t.Context(), "POST", address+"/v1/sessions", strings.NewReader(c.body))
		require.NoError(t, err)
		q.Header.Set("Authorization", bearer)
		q.Header.Set("Simpay-Key", c.key)
		a, err := b.sim.RoundTripper().RoundTrip(q)
		require.NoError(t, err)
		text, err := io.ReadAll(a.Body)
		require.NoError(t, err)
		require.Contains(t, string(text), c.says)
		require.Equal(t, 400, a.StatusCode)
	}
	require.Zero(t, b.effects().Sessions)
}

// bearer is what the client shows.
func (b *bench) bearer() (shown string) {
	b.Helper()
	c := b.newClient(carrier(func(r *http.Request) (*http.Response, error) {
		shown = r.Header.Get("Authorization")
		return nil, io.EOF
	}), secret)
	_, err := c.Health(b.Context())
	require.Error(b, err)
	require.NotContains(b, shown, string(secret))
	return shown
}

// carrier is a transport made of a function.
type carrier func(*http.Request) (*http.Response, error)

func (c carrier) RoundTrip(r *http.Request) (*http.Response, error) { return c(r) }

// hostile answers every request the same.
func hostile(status int, kind, body string) carrier {
	return func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	}
}

func TestHostileAnswers(t *testing.T) {
	const js = "application/json"
	for name, c := range map[string]struct {
		answer carrier
		class  payment.ErrorClass
	}{
		"another session":    {hostile(200, js, `{"reference":"A-2","id":"s","state":"pending"}`), payment.Unknown},
		"no session":         {hostile(200, js, `{}`), payment.Unknown},
		"no name":            {hostile(200, js, `{"reference":"A-1","state":"pending"}`), payment.Unknown},
		"null":               {hostile(200, js, `null`), payment.Unknown},
		"a list":             {hostile(200, js, `[]`), payment.Unknown},
		"two":                {hostile(200, js, `{"reference":"A-1","id":"s"}{}`), payment.Unknown},
		"half":               {hostile(200, js, `{"reference":"A-1","id":`), payment.Unknown},
		"a fraction":         {hostile(200, js, `{"reference":"A-1","id":"s","payments":[{"amount":"EUR 1.005"}]}`), payment.Unknown},
		"endless":            {hostile(200, js, strings.Repeat(" ", 2<<20)), payment.Unknown},
		"a page":             {hostile(200, "text/html", `<html>`), payment.Unknown},
		"nothing":            {hostile(204, js, ``), payment.Unknown},
		"created":            {hostile(201, js, `{"reference":"A-1","id":"s"}`), payment.Unknown},
		"elsewhere":          {hostile(302, js, `{}`), payment.Unknown},
		"no reason":          {hostile(400, js, `{}`), payment.Unknown},
		"a new reason":       {hostile(400, js, `{"error":{"code":"x_7731"}}`), payment.Unknown},
		"not found":          {hostile(404, js, `{"error":{"code":"not_found"}}`), payment.NotAllowed},
		"a page not found":   {hostile(404, "text/html", `<html>`), payment.Unknown},
		"declined":           {hostile(402, js, `{"error":{"code":"declined","decline":"over_limit"}}`), payment.Declined},
		"declined somehow":   {hostile(402, js, `{"error":{"code":"declined"}}`), payment.Declined},
		"a refusal with 500": {hostile(500, js, `{"error":{"code":"declined"}}`), payment.Unknown},
		"throttled":          {hostile(429, "text/html", `slow down`), payment.Throttled},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			_, err := b.newClient(c.answer, secret).Create(t.Context(), b.request("A-1"))
			e := b.class(err, c.class)
			require.True(t, e.Sent)
			require.Equal(t, c.class == payment.Declined, e.Decline != "")
		})
	}
}

func TestALongReasonIsShortened(t *testing.T) {
	b := newBench(t)
	_, err := b.newClient(hostile(400, "application/json", `{"error":{"code":"`+strings.Repeat("法", 100)+`","detail":"`+strings.Repeat("庭", 1000)+`"}}`), secret).Create(t.Context(), b.request("A-1"))
	e := b.class(err, payment.Unknown)
	require.LessOrEqual(t, len(e.Code), 40)
	require.LessOrEqual(t, len(e.Detail), 200)
	require.Equal(t, strings.Repeat("法", 13), e.Code)
}

func TestAStateFromTomorrow(t *testing.T) {
	b := newBench(t)
	c := b.newClient(hostile(200, "application/json", `{"reference":"A-1","id":"s","state":"shiny","refunds":[{"id":"r","state":"odd"}]}`), secret)
	q, err := c.Query(t.Context(), payment.QueryRequest{Reference: "A-1"})
	require.NoError(t, err)
	require.Equal(t, payment.AttemptUnknown, q.State)
	require.Equal(t, payment.OperationUnknown, q.Refunds[0].State)
}

func TestNoConnection(t *testing.T) {
	b := newBench(t)
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0) // the handshake is meant to fail
	secure.StartTLS()
	defer secure.Close()
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	for name, url := range map[string]string{
		"nobody listens":       server.URL,
		"a stranger's secret":  secure.URL,
		"nothing is encrypted": strings.Replace(plain.URL, "http://", "https://", 1),
	} {
		c, err := simpay.NewClient(simpay.ClientOptions{URL: url, Secrets: []simpay.Secret{secret}, Terms: b.terms, Clock: b.clock.now})
		require.NoError(t, err)
		_, err = c.Create(t.Context(), b.request("A-1"))
		require.False(t, b.class(err, payment.Unavailable).Sent, name)
	}
}

func TestHealth(t *testing.T) {
	b := newBench(t)
	h, err := b.client.Health(t.Context())
	require.NoError(t, err)
	require.Equal(t, payment.Health{OK: true, Detail: "simpay, a simulated gateway"}, h)
	require.NoError(t, b.sim.Advance(time.Hour))
	h, err = b.client.Health(t.Context())
	require.NoError(t, err)
	require.Equal(t, time.Hour, h.Skew)
	h, err = b.newClient(b.sim.RoundTripper(), "another secret of them").Health(t.Context())
	b.class(err, payment.Config)
	require.False(t, h.OK)
}

func TestReturns(t *testing.T) {
	b := newBench(t)
	for path, want := range map[string]string{
		"/back?simpay_reference=A-1&simpay_state=succeeded":    "A-1",
		"/back?token=x&simpay_reference=A-1":                   "A-1",
		"/back":                                                "",
		"/back?simpay_reference=":                              "",
		"/back?simpay_reference=A-1&simpay_reference=A-2":      "",
		"/back?simpay_reference=A%7C1":                         "",
		"/back?simpay_reference=%zz":                           "",
		"/back?simpay_reference=" + strings.Repeat("x", 26):    "",
		"/back?x=simpay_reference=A-1;simpay_reference=A-1":    "",
		"/back?SIMPAY_REFERENCE=A-1":                           "",
		"/back?simpay_reference=A-1&simpay_state=%3Cscript%3E": "A-1",
	} {
		r, err := b.client.Return(context.Background(), payment.Message{Method: "GET", Path: path})
		require.Equal(t, want, r.Reference, path)
		if want == "" {
			b.class(err, payment.Invalid)
		}
		require.Contains(t, []payment.AttemptState{"", payment.AttemptSucceeded, payment.AttemptUnknown}, r.State)
	}
}

func TestACompanyBelowAPath(t *testing.T) {
	b := newBench(t)
	server := httptest.NewServer(http.StripPrefix("/company", b.sim.Handler()))
	defer server.Close()
	c, err := simpay.NewClient(simpay.ClientOptions{URL: server.URL + "/company", Secrets: []simpay.Secret{secret}, Terms: b.terms, Clock: b.clock.now})
	require.NoError(t, err)
	a, err := c.Create(t.Context(), b.request("A-1"))
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(a.Next.URL, server.URL+"/company/pay/"))
	b.act("A-1", simpay.DeedPay)
	r := b.request("A-2")
	r.Flow = payment.FormPost
	a, err = c.Create(t.Context(), r)
	require.NoError(t, err)
	page, err := http.PostForm(a.Next.URL, url.Values{"session": {a.Next.Fields["session"]}})
	require.NoError(t, err)
	defer page.Body.Close()
	require.Equal(t, 200, page.StatusCode, "the form leads to the page, below the path")
	require.True(t, strings.HasPrefix(page.Request.URL.String(), server.URL+"/company/pay/"))
}
