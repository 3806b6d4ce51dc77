package main

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
)

// output is what a run prints, read while it prints.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
	page chan string // the address of the company's page, once
}

var pageLine = regexp.MustCompile(`(?m)^Open\s+(http://127\.0\.0\.1:\d+/pay/\S+)$`)

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text.Write(p)
	if found := pageLine.FindSubmatch(o.text.Bytes()); found != nil {
		select {
		case o.page <- string(found[1]):
		default:
		}
	}
	return len(p), nil
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// press is a payer with a browser: it opens the page and presses a button.
func press(t *testing.T, page, deed string) {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	shown, err := client.Get(page)
	require.NoError(t, err)
	body, err := io.ReadAll(shown.Body)
	require.NoError(t, err)
	require.NoError(t, shown.Body.Close())
	require.Equal(t, http.StatusOK, shown.StatusCode, "%s", body)
	once := regexp.MustCompile(`name="once" value="([^"]+)"`).FindSubmatch(body)
	require.NotNil(t, once, "%s", body)
	done, err := client.PostForm(page, url.Values{"once": {string(once[1])}, "deed": {deed}, "means": {string(payment.Visa)}, "decline": {"insufficient"}})
	require.NoError(t, err)
	require.NoError(t, done.Body.Close())
	require.Less(t, done.StatusCode, 400)
}

// payBy files the sample with -pay simpay, pressing a button of the page, and gives the exit status with what was printed.
func payBy(t *testing.T, p place, deed string) (int, string, string) {
	t.Helper()
	out, errs := &output{page: make(chan string, 1)}, &output{page: make(chan string, 1)}
	status := make(chan int, 1)
	go func() { status <- run(t.Context(), p.args("-pay", "simpay"), out, errs, deps{}) }()
	for {
		select {
		case page := <-out.page:
			press(t, page, deed)
			return <-status, out.String(), errs.String()
		case s := <-status:
			return s, out.String(), errs.String()
		}
	}
}

func TestTheHostedPage(t *testing.T) {
	p := newPlace(t)
	for deed, says := range map[string]string{"decline": "was declined (insufficient)", "cancel": "was cancelled"} {
		status, out, errs := payBy(t, p, deed)
		require.Equal(t, failed, status, "%s\n%s", out, errs)
		require.Contains(t, errs, says)
		require.Contains(t, errs, "run the same command again")
	}

	status, out, errs := payBy(t, p, "pay")
	require.Equal(t, filed, status, "%s\n%s", out, errs)
	require.Contains(t, out, "paid by visa, reference A")
	again, out, errs := payBy(t, p, "pay")
	require.Equal(t, filed, again, "%s\n%s", out, errs)
	require.NotContains(t, out, "Open ", "nothing is paid twice")

	c := p.open(t)
	a := p.acknowledgement(t, c)
	receipt, err := c.AccountsOffice().Orders().ReceiptOf(t.Context(), strings.TrimSuffix(a.Number, "-1"))
	require.NoError(t, err)
	require.Equal(t, a.Paid, receipt.Amount)
	attempts, err := c.AccountsOffice().Cashier().Attempts(t.Context(), receipt.OrderID)
	require.NoError(t, err)
	require.Len(t, attempts, 3)
	require.NoError(t, c.Audit().Verify(t.Context(), c.court.Code, a.Received.Year()))
}

func TestAnUnknownWayToPay(t *testing.T) {
	var out, errs bytes.Buffer
	require.Equal(t, failed, run(t.Context(), []string{"-pay", "shells"}, &out, &errs, deps{}))
	require.Contains(t, errs.String(), `choose account or simpay`)
}
