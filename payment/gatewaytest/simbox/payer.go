package simbox

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
	"courts.example/eservices/payment/simpay"
)

// buttons are the deeds as the hosted page names them.
func button(d gatewaytest.Deed) simpay.Deed {
	return map[gatewaytest.Deed]simpay.Deed{
		gatewaytest.Pay: simpay.DeedPay, gatewaytest.PayTwice: simpay.DeedPay, gatewaytest.PayLate: simpay.DeedPay,
		gatewaytest.PaySlowly: simpay.DeedProcess, gatewaytest.Fail: simpay.DeedDecline, gatewaytest.GiveUp: simpay.DeedCancel,
		gatewaytest.Challenge: simpay.DeedChallenge, gatewaytest.PassChallenge: simpay.DeedPass, gatewaytest.FailChallenge: simpay.DeedFail,
	}[d]
}

// Act is the payer at the hosted page.
func (s *Sandbox) Act(reference string, a gatewaytest.Act) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.acts[reference] = append(s.acts[reference], a)
	x := s.session(reference)
	once, err := s.visit(x)
	if err != nil || a.Deed == gatewaytest.Abandon {
		return err
	}
	over := x.State == payment.AttemptExpired || x.State == payment.AttemptCancelled
	if s.o.Terms.Late > 0 && over && a.Deed == gatewaytest.Pay {
		return gatewaytest.ErrRefused // the page that was open says so; only money on its way still comes
	}
	if a.Amount != (money.Amount{}) {
		_, err := s.sim.PayAmount(reference, a.Amount) // no button pays another amount
		return err
	}
	form := url.Values{"once": {once}, "deed": {string(button(a.Deed))}, "decline": {string(a.Decline)}}
	if a.Deed != gatewaytest.PayTwice {
		return s.press(x, form)
	}
	var errs [2]error
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { errs[i] = s.press(x, form) })
	}
	wg.Wait()
	if errs[0] != nil {
		return errs[0]
	}
	return errs[1]
}

var onceField = regexp.MustCompile(`name="once" value="([^"]+)"`)

// visit opens the page and reads the value that makes its buttons work once.
func (s *Sandbox) visit(x sessionRow) (string, error) {
	w := httptest.NewRecorder()
	s.sim.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/pay/"+x.Token, nil))
	once := onceField.FindStringSubmatch(w.Body.String())
	if w.Code != http.StatusOK || once == nil {
		return "", fmt.Errorf("the page of %s: status %d", x.Reference, w.Code)
	}
	return once[1], nil
}

// press presses a button of the page.
func (s *Sandbox) press(x sessionRow, form url.Values) error {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, "/pay/"+x.Token, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	s.sim.Handler().ServeHTTP(w, r)
	switch w.Code {
	case http.StatusSeeOther:
		return nil
	case http.StatusConflict:
		return fmt.Errorf("%w: %s", gatewaytest.ErrRefused, form.Get("deed"))
	}
	return fmt.Errorf("the button %s of %s: status %d", form.Get("deed"), x.Reference, w.Code)
}

var backLink = regexp.MustCompile(`<p><a href="([^"]+)" rel="noreferrer">`)

// Back follows the page's link to where the payer came from.
func (s *Sandbox) Back(reference string) (payment.Message, error) {
	w := httptest.NewRecorder()
	s.sim.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/pay/"+s.session(reference).Token, nil))
	link := backLink.FindStringSubmatch(w.Body.String())
	if link == nil {
		return payment.Message{}, fmt.Errorf("the page of %s leads nowhere", reference)
	}
	u, err := url.Parse(strings.ReplaceAll(link[1], "&amp;", "&"))
	if err != nil {
		return payment.Message{}, err
	}
	return payment.Message{Method: http.MethodGet, Path: u.RequestURI(), Received: s.sim.Now()}, nil
}
