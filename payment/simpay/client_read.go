package simpay

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"courts.example/eservices/payment"
)

// reply gives a snapshot in the words of the port; addresses of the Sim's are completed with where it is.
func (a *snapshot) reply(base string) payment.QueryReply {
	q := payment.QueryReply{
		Found: true, State: stateOf(a.State), GatewayRef: a.ID, Payments: a.Payments, Disputes: a.Disputes,
		Final: a.Final, Decline: declineOf(a.Decline), Expires: a.ExpiresAt,
	}
	for _, r := range a.Refunds {
		r.State = operationOf(r.State)
		q.Refunds = append(q.Refunds, r)
	}
	if n := a.Next; n != nil {
		q.Next = payment.NextAction{Flow: n.Flow, URL: base + n.Path, Fields: n.Fields, ExpiresAt: a.ExpiresAt}
		if n.Flow == payment.QR {
			q.Next.Code = q.Next.URL
		}
	}
	return q
}

// stateOf takes the states that are known; any other is unknown.
func stateOf(s payment.AttemptState) payment.AttemptState {
	switch s {
	case payment.AttemptPending, payment.AttemptProcessing, payment.AttemptAuthorised, payment.AttemptSucceeded,
		payment.AttemptFailed, payment.AttemptCancelled, payment.AttemptExpired:
		return s
	}
	return payment.AttemptUnknown
}

// operationOf does the same for operations.
func operationOf(s payment.OperationState) payment.OperationState {
	switch s {
	case payment.OperationPending, payment.OperationSucceeded, payment.OperationFailed, payment.OperationReview:
		return s
	}
	return payment.OperationUnknown
}

func (a *operationAnswer) reply(replay bool) payment.OperationReply {
	return payment.OperationReply{State: operationOf(a.State), GatewayRef: a.ID, Amount: a.Amount, Payments: a.Payments, Replay: replay}
}

// maxMessage bounds the body of a notification.
const maxMessage = 256 << 10

// Notification verifies a notification by its signature and its stamp, at Message.Received or else now, and reads it only then. What it
// does not verify it answers all alike, whatever was wrong.
func (c *Client) Notification(_ context.Context, m payment.Message) (payment.NotificationReply, error) {
	at := m.Received
	if at.IsZero() {
		at = c.o.Clock()
	}
	if len(m.Body) > maxMessage {
		return reject(payment.RejectTooLarge), nil
	}
	if why := verify(c.o.Secrets, http.Header(m.Header), m.Body, at); why != "" {
		return reject(why), nil
	}
	var body message
	if !utf8.Valid(m.Body) || json.Unmarshal(m.Body, &body) != nil || len(body.Events) == 0 {
		return reject(payment.RejectMalformed), nil
	}
	reply := payment.NotificationReply{Verified: true, Ack: payment.Ack{Status: http.StatusOK, ContentType: "text/plain", Body: []byte("ok")}}
	for _, e := range body.Events {
		if e.ID == "" || e.Time.IsZero() {
			return reject(payment.RejectMalformed), nil
		}
		if !known(e.Type) || e.Session == nil {
			continue
		}
		if !validReference(e.Reference) || e.Session.Reference != e.Reference {
			return reject(payment.RejectMalformed), nil
		}
		reply.Events = append(reply.Events, payment.GatewayEvent{
			ID: e.ID, Time: e.Time, Reference: e.Reference, Snapshot: e.Session.reply(c.base.String()),
		})
	}
	return reply, nil
}

func reject(why payment.RejectReason) payment.NotificationReply {
	return payment.NotificationReply{Reject: why, Ack: payment.Ack{Status: http.StatusBadRequest, ContentType: "text/plain", Body: []byte("no")}}
}

// known reports whether a type of event is one that this version understands.
func known(kind string) bool {
	return slices.Contains([]string{
		"session.processing", "session.authorised", "session.paid", "session.captured", "session.failed", "session.cancelled", "session.expired",
		"refund.pending", "refund.review", "refund.succeeded", "refund.failed",
		"dispute.open", "dispute.won", "dispute.lost",
	}, kind)
}

// Settlement gives the lines of a value date of the Sim's (Options.Days). A date that is not over may still get more.
func (c *Client) Settlement(ctx context.Context, day payment.SettlementDay) ([]payment.SettlementLine, error) {
	if _, err := time.Parse(dateForm, day.Date); err != nil {
		return nil, invalid("a date is written 2006-01-02")
	}
	var all []payment.SettlementLine
	for after := 0; ; {
		var page settlementAnswer
		err := c.get(ctx, pathSettlement, url.Values{"date": {day.Date}, "after": {strconv.Itoa(after)}}, &page)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Lines...)
		if page.Next == 0 {
			return all, nil
		}
		if page.Next <= after {
			return nil, unknown("the pages of the settlement go in a circle")
		}
		after = page.Next
	}
}

// Return reads the references that the page gives to a returning browser. Without them it is Invalid.
func (c *Client) Return(_ context.Context, m payment.Message) (payment.ReturnReply, error) {
	_, query, _ := strings.Cut(m.Path, "?")
	values, err := url.ParseQuery(query)
	if err != nil || len(values[returnReference]) != 1 || !validReference(values.Get(returnReference)) {
		return payment.ReturnReply{}, invalid("the address has no reference of the gateway's")
	}
	return payment.ReturnReply{Reference: values.Get(returnReference), State: stateOf(payment.AttemptState(values.Get(returnState)))}, nil
}

// Health asks the Sim for its time, with the credentials. A refusal is a report and an error.
func (c *Client) Health(ctx context.Context) (payment.Health, error) {
	var a healthAnswer
	if err := c.get(ctx, pathHealth, nil, &a); err != nil {
		return payment.Health{Detail: err.Error()}, err
	}
	return payment.Health{OK: true, Live: a.Live, Skew: a.Time.Sub(c.o.Clock()).Round(time.Second), Detail: "simpay, a simulated gateway"}, nil
}
