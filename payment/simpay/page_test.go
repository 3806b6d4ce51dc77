package simpay_test

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// browser is a payer's browser on the page of a session. It follows no redirections.
type browser struct {
	*bench
	server *httptest.Server
	http   *http.Client
}

func newBrowser(t *testing.T, change ...func(*simpay.Options)) *browser {
	b := newBench(t, change...)
	s := httptest.NewServer(b.sim.Handler())
	t.Cleanup(s.Close)
	return &browser{b, s, &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// at gives the address of a page on the browser's server.
func (b *browser) at(a payment.AttemptReply) string {
	return b.server.URL + strings.TrimPrefix(a.Next.URL, address)
}

// seen is a page as it came.
type seen struct {
	*http.Response
	text string
}

// leads gives the address to which the browser is sent.
func (s seen) leads() string {
	u, err := s.Location()
	if err != nil {
		return err.Error()
	}
	return u.String()
}

func (b *browser) read(r *http.Response, err error) seen {
	b.Helper()
	require.NoError(b, err)
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	require.NoError(b, err)
	return seen{r, string(text)}
}

func (b *browser) open(page string) seen {
	b.Helper()
	return b.read(b.http.Get(page))
}

var onceField = regexp.MustCompile(`name="once" value="([^"]+)"`)

// press presses a button of a page that is open.
func (b *browser) press(page string, s seen, form url.Values) seen {
	b.Helper()
	form.Set("once", onceField.FindStringSubmatch(s.text)[1])
	return b.read(b.http.PostForm(page, form))
}

func deed(d simpay.Deed) url.Values { return url.Values{"deed": {string(d)}} }

func TestTheButtons(t *testing.T) {
	for _, c := range []struct {
		deeds []simpay.Deed
		state payment.AttemptState
		back  string
	}{
		{[]simpay.Deed{simpay.DeedPay}, payment.AttemptSucceeded, "https://court.test/back?token=t1&simpay_reference=A-1&simpay_state=succeeded"},
		{[]simpay.Deed{simpay.DeedDecline}, payment.AttemptFailed, "https://court.test/back?token=t1&simpay_reference=A-1&simpay_state=failed"},
		{[]simpay.Deed{simpay.DeedCancel}, payment.AttemptCancelled, "https://court.test/cancelled?simpay_reference=A-1&simpay_state=cancelled"},
		{[]simpay.Deed{simpay.DeedProcess}, payment.AttemptProcessing, "https://court.test/back?token=t1&simpay_reference=A-1&simpay_state=processing"},
		{[]simpay.Deed{simpay.DeedChallenge}, payment.AttemptPending, ""},
		{[]simpay.Deed{simpay.DeedChallenge, simpay.DeedPass}, payment.AttemptSucceeded, "https://court.test/back?token=t1&simpay_reference=A-1&simpay_state=succeeded"},
		{[]simpay.Deed{simpay.DeedChallenge, simpay.DeedFail}, payment.AttemptFailed, "https://court.test/back?token=t1&simpay_reference=A-1&simpay_state=failed"},
	} {
		t.Run(fmt.Sprint(c.deeds), func(t *testing.T) {
			b := newBrowser(t)
			page := b.at(b.create("A-1"))
			var answer seen
			for _, d := range c.deeds {
				s := b.open(page)
				require.Equal(t, http.StatusOK, s.StatusCode)
				require.Contains(t, s.text, `name="deed" value="`+string(d)+`"`)
				answer = b.press(page, s, deed(d))
			}
			require.Equal(t, http.StatusSeeOther, answer.StatusCode)
			if c.back != "" {
				require.Equal(t, c.back, answer.leads())
				r, err := b.client.Return(t.Context(), payment.Message{Method: "GET", Path: strings.TrimPrefix(c.back, "https://court.test")})
				require.NoError(t, err)
				require.Equal(t, payment.ReturnReply{Reference: "A-1", State: c.state}, r)
			}
			require.Equal(t, c.state, b.query("A-1").State)
			require.Contains(t, b.open(page).text, `data-state="`+string(c.state)+`"`)
		})
	}
}

func TestADoubleClickPaysOnce(t *testing.T) {
	b := newBrowser(t, func(o *simpay.Options) { o.Terms.PayTwice = true })
	page := b.at(b.create("A-1", func(r *payment.CreateRequest) { r.Flow = payment.QR }))
	s := b.open(page)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			answer := b.press(page, s, deed(simpay.DeedPay))
			require.Equal(t, http.StatusSeeOther, answer.StatusCode)
		})
	}
	all.Wait()
	require.Len(t, b.query("A-1").Payments, 1)

	s = b.open(page)
	require.Contains(t, s.text, "Pay once more")
	b.press(page, s, deed(simpay.DeedPay))
	require.Len(t, b.query("A-1").Payments, 2, "another payer has another page")
}

func TestAPageThatIsTooOld(t *testing.T) {
	b := newBrowser(t)
	page := b.at(b.create("A-1"))
	s := b.open(page)
	b.clock.add(time.Hour)
	answer := b.press(page, s, deed(simpay.DeedPay))
	require.Equal(t, http.StatusConflict, answer.StatusCode)
	require.Contains(t, answer.text, "That was not possible any more. Nothing has changed.")
	require.Contains(t, answer.text, `data-state="expired"`)
	require.NotContains(t, answer.text, `name="deed"`)
	require.Empty(t, b.query("A-1").Payments)
}

func TestPaysAfterTheEnd(t *testing.T) {
	b := newBrowser(t, func(o *simpay.Options) { o.Terms.Late = time.Hour })
	page := b.at(b.create("A-1"))
	b.clock.add(time.Hour)
	s := b.open(page)
	require.Contains(t, s.text, "Pay although it is over")
	b.press(page, s, deed(simpay.DeedPay))
	require.Equal(t, payment.AttemptSucceeded, b.query("A-1").State)
}

func TestBadForms(t *testing.T) {
	b := newBrowser(t)
	page := b.at(b.create("A-1"))
	for name, form := range map[string]url.Values{
		"no once":      {"deed": {"pay"}},
		"a short once": {"deed": {"pay"}, "once": {"x"}},
		"a long once":  {"deed": {"pay"}, "once": {strings.Repeat("x", 100)}},
		"no deed":      {"once": {"ABCDEFGHIJKLMNOPQRST"}},
		"other means":  {"deed": {"pay"}, "means": {"cowrie"}, "once": {"ABCDEFGHIJKLMNOPQRST"}},
	} {
		answer := b.read(b.http.PostForm(page, form))
		require.Equal(t, http.StatusConflict, answer.StatusCode, name)
	}
	require.Equal(t, payment.AttemptPending, b.query("A-1").State)
	nowhere := b.server.URL + "/pay/0123456789abcdef0123456789abcdef"
	require.Equal(t, http.StatusNotFound, b.open(nowhere).StatusCode)
	require.Equal(t, http.StatusNotFound, b.read(b.http.PostForm(nowhere, deed(simpay.DeedPay))).StatusCode)
	huge := url.Values{"deed": {"pay"}, "once": {strings.Repeat("x", 1<<20)}}
	require.NotEqual(t, http.StatusSeeOther, b.read(b.http.PostForm(page, huge)).StatusCode)
	require.Equal(t, payment.AttemptPending, b.query("A-1").State)
}

func TestThePageSaysWhatItIsAbout(t *testing.T) {
	b := newBrowser(t, func(o *simpay.Options) { o.Days.Zone = time.FixedZone("East", 8*3600) })
	hostile := `"><script>alert(1)</script> 小額 & more`
	a := b.create("A-1", func(r *payment.CreateRequest) { r.Description, r.Locale = hostile, "zh-HK" })
	for lang, want := range map[string][]string{
		"":        {`<html lang="zh-Hant">`, "EUR 12.50", "A-1", "2031-05-06 20:30:00", "確認付款", "等候你付款", "款額不足"},
		"en":      {`<html lang="en">`, "EUR 12.50", "A-1", "Approve the payment", "waiting for you", "not enough money"},
		"zh-Hant": {"確認付款"},
		"xx":      {"Approve the payment"},
	} {
		page := b.at(a)
		if lang != "" {
			page += "?lang=" + lang
		}
		s := b.open(page)
		for _, w := range want {
			require.Contains(t, s.text, w)
		}
		require.NotContains(t, s.text, "<script")
		require.Contains(t, html.UnescapeString(s.text), hostile)
		require.NotRegexp(t, `(?i)<input[^>]+type="(text|number|tel|password)"|card number|cvv|cvc`, s.text, "no place for card data")
	}
}

func TestThePageIsHardened(t *testing.T) {
	b := newBrowser(t)
	a := b.create("A-1", func(r *payment.CreateRequest) { r.CancelURL = "https://elsewhere.test:8443/x" })
	s := b.open(b.at(a))
	policy := s.Header.Get("Content-Security-Policy")
	require.Regexp(t, `^default-src 'none'; style-src 'nonce-[A-Z2-7]+'; form-action 'self' https://court\.test https://elsewhere\.test:8443; frame-ancestors 'none'; base-uri 'none'$`, policy)
	require.Equal(t, "no-referrer", s.Header.Get("Referrer-Policy"))
	require.Equal(t, "no-store", s.Header.Get("Cache-Control"))
	require.Equal(t, "nosniff", s.Header.Get("X-Content-Type-Options"))
	nonce := regexp.MustCompile(`nonce-([A-Z2-7]+)`).FindStringSubmatch(policy)[1]
	require.Contains(t, s.text, `<style nonce="`+nonce+`">`)
	require.NotEqual(t, policy, b.open(b.at(a)).Header.Get("Content-Security-Policy"))
	a = b.create("A-2", func(r *payment.CreateRequest) { r.CancelURL = "https://a;script-src/x" })
	require.NotContains(t, b.open(b.at(a)).Header.Get("Content-Security-Policy"), "script-src")
}

func TestFormPost(t *testing.T) {
	b := newBrowser(t)
	a := b.create("A-1", func(r *payment.CreateRequest) { r.Flow, r.Locale = payment.FormPost, "zh-HK" })
	form := url.Values{}
	for name, value := range a.Next.Fields {
		form.Set(name, value)
	}
	answer := b.read(b.http.PostForm(b.at(a), form))
	require.Equal(t, http.StatusSeeOther, answer.StatusCode)
	s := b.open(answer.leads())
	require.Contains(t, s.text, "確認付款")
	for _, bad := range []string{"//elsewhere.test/", "/../../x", "https://elsewhere.test", "?x"} {
		answer = b.read(b.http.PostForm(b.at(a), url.Values{"session": {bad}}))
		require.True(t, strings.HasPrefix(answer.leads(), b.server.URL+"/pay/"), "nobody is sent elsewhere: %s", answer.leads())
	}
}

func TestMeansAreChosenOnThePage(t *testing.T) {
	b := newBrowser(t)
	page := b.at(b.create("A-1"))
	s := b.open(page)
	require.Contains(t, s.text, "<option>wallet</option>")
	form := deed(simpay.DeedPay)
	form.Set("means", "wallet")
	b.press(page, s, form)
	require.Equal(t, payment.Means("wallet"), b.query("A-1").Payments[0].Means)

	page = b.at(b.create("A-2", func(r *payment.CreateRequest) { r.Means = "wallet" }))
	s = b.open(page)
	require.NotContains(t, s.text, "<option>card</option>")
	b.press(page, s, deed(simpay.DeedPay))
	require.Equal(t, payment.Means("wallet"), b.query("A-2").Payments[0].Means)
}

func TestAMerchantWithoutReturn(t *testing.T) {
	b := newBrowser(t)
	a := b.create("A-1", func(r *payment.CreateRequest) { r.ReturnURL, r.CancelURL = "", "" })
	answer := b.press(b.at(a), b.open(b.at(a)), deed(simpay.DeedPay))
	require.Equal(t, http.StatusSeeOther, answer.StatusCode)
	s := b.open(answer.leads())
	require.Contains(t, s.text, "paid")
	require.NotContains(t, s.text, "Return to the merchant")
}
