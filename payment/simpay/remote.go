package simpay

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"courts.example/eservices/icms/money"
)

// Remote does to a Sim in another process, by its control API, what the methods of the same names do to one in this. It is safe for
// concurrent use. Refusals wrap the same errors as there.
type Remote struct {
	url     string
	control Secret
	http    *http.Client
}

// NewRemote makes a Remote for the address and the control secret (Options.Control) of a Sim. A nil transport is one of its own. It sends
// nothing yet; its error wraps ErrOptions.
func NewRemote(address string, control Secret, transport http.RoundTripper) (*Remote, error) {
	if !validURL(address) || address == "" || len(control) < MinSecret {
		return nil, fmt.Errorf("%w: an address such as http://127.0.0.1:8080 and the control secret are needed", ErrOptions)
	}
	if transport == nil {
		transport = newTransport()
	}
	return &Remote{strings.TrimSuffix(address, "/"), control, &http.Client{Transport: transport, Timeout: 30 * time.Second}}, nil
}

// Act has the payer of a session do something.
func (r *Remote) Act(ctx context.Context, reference string, a Act) (paymentID string, err error) {
	var id controlID
	err = r.do(ctx, "act", controlAct{reference, a.Deed, a.Amount, a.Means, a.Decline, a.Once}, &id)
	return id.ID, err
}

// Fail plans faults for the next requests.
func (r *Remote) Fail(ctx context.Context, faults ...Fault) error {
	return r.do(ctx, "fail", faultBodies(faults), nil)
}

// FaultRates sets which share of requests goes wrong.
func (r *Remote) FaultRates(ctx context.Context, faults ...Fault) error {
	return r.do(ctx, "rates", faultBodies(faults), nil)
}

func faultBodies(faults []Fault) []controlFault {
	all := make([]controlFault, len(faults))
	for i, f := range faults {
		all[i] = controlFault{Fault: f, After: span(f.After)}
	}
	return all
}

// Heal drops all faults.
func (r *Remote) Heal(ctx context.Context) error { return r.do(ctx, "heal", controlNone{}, nil) }

// PlanNotifications sets the plan for notifications.
func (r *Remote) PlanNotifications(ctx context.Context, p NotifyPlan) error {
	return r.do(ctx, "notifications", controlNotify{p, span(p.Delay)}, nil)
}

// PlanRefunds sets the plan for refunds.
func (r *Remote) PlanRefunds(ctx context.Context, p RefundPlan) error {
	return r.do(ctx, "refunds", controlRefunds{p, span(p.After)}, nil)
}

// FinishRefund ends a refund by its reference.
func (r *Remote) FinishRefund(ctx context.Context, reference string, well bool) error {
	return r.do(ctx, "refund", controlRefund{reference, well}, nil)
}

// OpenDispute has the payer contest a payment.
func (r *Remote) OpenDispute(ctx context.Context, paymentID string, amount money.Amount) (disputeID string, err error) {
	var id controlID
	err = r.do(ctx, "dispute", controlDispute{paymentID, amount}, &id)
	return id.ID, err
}

// EndDispute decides an open dispute.
func (r *Remote) EndDispute(ctx context.Context, disputeID string, won bool) error {
	return r.do(ctx, "decide", controlDecision{disputeID, won}, nil)
}

// Advance sets the Sim's time forward, and gives what it is then.
func (r *Remote) Advance(ctx context.Context, d time.Duration) (now time.Time, err error) {
	var a controlNow
	err = r.do(ctx, "advance", controlAdvance{span(d)}, &a)
	return a.Now, err
}

// ChargeFee has the company charge the merchant.
func (r *Remote) ChargeFee(ctx context.Context, amount money.Amount) error {
	return r.do(ctx, "fee", controlFee{amount}, nil)
}

// HoldLines keeps lines of settlement back, or lets them go.
func (r *Remote) HoldLines(ctx context.Context, on bool) error {
	return r.do(ctx, "hold", controlHold{on}, nil)
}

// Effects counts what has happened.
func (r *Remote) Effects(ctx context.Context) (e Effects, err error) {
	err = r.do(ctx, "effects", controlNone{}, &e)
	return e, err
}

// Totals sums up the settlement.
func (r *Remote) Totals(ctx context.Context, currency money.Currency) (t Totals, err error) {
	err = r.do(ctx, "totals", controlTotals{currency}, &t)
	return t, err
}

// WriteSettlement writes the lines of a value date as CSV.
func (r *Remote) WriteSettlement(ctx context.Context, w io.Writer, date string) error {
	body, err := r.send(ctx, http.MethodGet, "settlement?"+url.Values{"date": {date}}.Encode(), nil)
	if err == nil {
		_, err = w.Write(body)
	}
	return err
}

// do sends one request of the control API and reads its answer into v, unless that is nil.
func (r *Remote) do(ctx context.Context, name string, body, v any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	answer, err := r.send(ctx, http.MethodPost, name, text)
	if err != nil || v == nil {
		return err
	}
	return json.Unmarshal(answer, v)
}

// send sends a request and gives the body of its answer.
func (r *Remote) send(ctx context.Context, method, name string, body []byte) ([]byte, error) {
	q, err := http.NewRequestWithContext(ctx, method, r.url+"/control/"+name, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	q.Header.Set("Authorization", "Bearer "+string(r.control))
	answer, err := r.http.Do(q)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxRemote))
	if err != nil || answer.StatusCode == http.StatusOK {
		return text, err
	}
	var no controlError
	if json.Unmarshal(text, &no) != nil {
		no.Error = http.StatusText(answer.StatusCode)
	}
	return nil, &remoteError{fmt.Sprintf("simpay: %s: %s", name, no.Error), kindOf(answer.StatusCode)}
}

// maxRemote bounds an answer of the control API.
const maxRemote = 64 << 20

// kindOf gives the error that a status of the control API stands for, nil for none.
func kindOf(status int) error {
	switch status {
	case http.StatusBadRequest:
		return ErrOptions
	case http.StatusNotFound:
		return ErrNotThere
	case http.StatusConflict:
		return ErrState
	}
	return nil
}

// remoteError is what a Sim elsewhere has said, and the kind of error that it is, which its words name already.
type remoteError struct {
	text string
	kind error
}

// Error gives the words.
func (e *remoteError) Error() string { return e.text }

// Unwrap gives the kind.
func (e *remoteError) Unwrap() error { return e.kind }
