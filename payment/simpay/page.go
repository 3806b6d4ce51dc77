package simpay

import (
	"bytes"
	"crypto/rand"
	_ "embed"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"courts.example/eservices/payment"
)

//go:embed page.html
var pageText string

func parsePage() (*template.Template, error) { return template.New("page").Parse(pageText) }

// view is what the page shows.
type view struct {
	Lang, Other, OtherName, Nonce, Once string
	T                                   words
	Amount, Description, Reference      string
	Until                               time.Time
	State                               payment.AttemptState
	// Words says the state, Wrong what could not be done.
	Words, Wrong                                  string
	Waiting, Challenged, Authorise, Payable, Paid bool
	Means                                         []payment.Means
	Declines                                      []option
	// Back is where the browser goes from here, "" for nowhere; Targets are all addresses where a button may lead.
	Back    string
	Targets []string
}

type option struct {
	Value payment.Decline
	Words string
}

// language picks one of the page's two languages by a tag such as "zh-HK"; English is the one for all others.
func language(tag string) string {
	if tag = strings.ToLower(tag); tag == "zh" || strings.HasPrefix(tag, "zh-") {
		return "zh-Hant"
	}
	return "en"
}

// enterPage takes the browser that comes by payment.FormPost to the page.
func (s *Sim) enterPage(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	redirect(w, "pay/"+pageOf(r.PostFormValue("session"), r.PostFormValue("lang")))
}

// showPage shows the page of a session.
func (s *Sim) showPage(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, false)
}

// pressButton does what a button says, and sends the browser back to the merchant once the payer has no more to do.
func (s *Sim) pressButton(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	act := Act{
		Deed: Deed(r.PostFormValue("deed")), Means: payment.Means(r.PostFormValue("means")),
		Decline: payment.Decline(r.PostFormValue("decline")), Once: r.PostFormValue("once"),
	}
	back := ""
	err := s.do(func(now time.Time) error {
		x := s.books.byToken[r.PathValue("token")]
		if x == nil {
			return ErrNotThere
		}
		if len(act.Once) < onceMin || len(act.Once) > onceMax || act.Means != "" && !slices.Contains(s.o.Terms.Means, act.Means) {
			return ErrState
		}
		_, err := s.act(x, act, now)
		if err == nil && x.State != payment.AttemptPending {
			back = x.back()
		}
		return err
	})
	switch {
	case errors.Is(err, ErrNotThere), errors.Is(err, ErrJournal):
		s.gone(w, err)
	case err != nil:
		s.show(w, r, http.StatusConflict, true)
	case back != "":
		redirect(w, back)
	default:
		redirect(w, pageOf(r.PathValue("token"), r.URL.Query().Get("lang")))
	}
}

// Once values are made by the page: long enough not to meet, short enough to keep.
const onceMin, onceMax = 16, 64

// redirect sends the browser on by a GET. An address on this server is relative, so that it holds below any path.
func redirect(w http.ResponseWriter, to string) {
	harden(w.Header(), "", nil)
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
}

// pageOf gives the address of a session's page, relative to that of any other.
func pageOf(token, lang string) string {
	address := url.PathEscape(token)
	if lang != "" {
		address += "?" + url.Values{"lang": {lang}}.Encode()
	}
	return address
}

// back is where the browser returns to, with the hints that Client.Return reads; "" when the merchant named no address.
func (x *session) back() string {
	to := x.ReturnURL
	if x.State == payment.AttemptCancelled && x.CancelURL != "" {
		to = x.CancelURL
	}
	u, err := url.Parse(to)
	if err != nil || to == "" {
		return ""
	}
	if u.RawQuery != "" {
		u.RawQuery += "&"
	}
	u.RawQuery += url.Values{returnReference: {x.Reference}, returnState: {string(x.State)}}.Encode()
	return u.String()
}

// The parameters that a returning browser brings.
const (
	returnReference = "simpay_reference"
	returnState     = "simpay_state"
)

// show writes the page.
func (s *Sim) show(w http.ResponseWriter, r *http.Request, status int, refused bool) {
	v := view{Nonce: rand.Text(), Once: rand.Text()}
	err := s.do(func(now time.Time) error {
		x := s.books.byToken[r.PathValue("token")]
		if x == nil {
			return ErrNotThere
		}
		s.fill(&v, x, now)
		return nil
	})
	if err != nil {
		s.gone(w, err)
		return
	}
	v.speak(r.URL.Query().Get("lang"), refused)
	var page bytes.Buffer
	if err := s.page.Execute(&page, v); err != nil {
		s.gone(w, err)
		return
	}
	harden(w.Header(), v.Nonce, v.Targets)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(page.Bytes())
}

// fill sets what the page shows of a session; the lock is held.
func (s *Sim) fill(v *view, x *session, now time.Time) {
	v.Lang = x.Locale
	v.Amount, v.Description, v.Reference = x.Amount.String(), x.Description, x.Reference
	v.Until, v.State = x.ExpiresAt.In(s.o.Days.Zone), x.State
	v.Waiting, v.Challenged = x.State == payment.AttemptPending, x.Challenged && x.State == payment.AttemptPending
	v.Authorise, v.Payable, v.Paid = x.Authorise, s.payable(x, now), x.State == payment.AttemptSucceeded
	if x.Means == "" {
		v.Means = s.o.Terms.Means
	}
	v.Back, v.Targets = x.back(), []string{x.ReturnURL, x.CancelURL}
}

// gone answers where there is no page.
func (s *Sim) gone(w http.ResponseWriter, err error) {
	status := http.StatusNotFound
	if !errors.Is(err, ErrNotThere) {
		status = http.StatusInternalServerError
	}
	harden(w.Header(), "", nil)
	http.Error(w, http.StatusText(status), status)
}

// harden sets what keeps a page from being framed, kept, scripted, or from telling where it was. Forms go to the page itself, from
// where the browser may be sent to the addresses given.
func harden(h http.Header, nonce string, to []string) {
	style, targets := "", "'self'"
	if nonce != "" {
		style = "; style-src 'nonce-" + nonce + "'"
	}
	for _, address := range to {
		if u, err := url.Parse(address); err == nil && plainHost(u.Host) {
			targets += " " + u.Scheme + "://" + u.Host
		}
	}
	h.Set("Content-Security-Policy", "default-src 'none'"+style+"; form-action "+targets+"; frame-ancestors 'none'; base-uri 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
}

// plainHost reports whether a host is a name or an address with a port, and nothing that a policy would read as more.
func plainHost(host string) bool {
	return host != "" && strings.Trim(strings.ToLower(host), "abcdefghijklmnopqrstuvwxyz0123456789.-:[]") == ""
}
