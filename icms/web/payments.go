package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net/http"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment"
)

// Payments serves
//
//	POST /notify/{gateway}   the messages of a gateway: kept first, then answered as the gateway wants
//	GET  /return/{token}     a payer who comes back: the gateway is asked, the page says how the payment stands
//	GET  /cancel/{token}     the same for a payer who gave up
//
// An address of return proves nothing and changes nothing by itself. Its pages carry no script, are not kept by caches, and are shown in
// no other page. What went wrong is logged, and never shown to a payer. A nil logger discards. Addresses begin at the root: use
// [http.StripPrefix] to mount it elsewhere. It is safe for concurrent use.
func Payments(cashier *payment.Cashier, log *slog.Logger) http.Handler {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	p := payments{cashier, slog.New(payment.Discreet(log.Handler()))}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /notify/{gateway}", p.notify)
	mux.HandleFunc("GET /return/{token}", p.back)
	mux.HandleFunc("GET /cancel/{token}", p.back)
	return mux
}

type payments struct {
	cashier *payment.Cashier
	log     *slog.Logger
}

// notify hands a message to the Cashier. One that is too large is cut one byte over the limit, which the Cashier turns away.
func (p payments) notify(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, payment.MaxMessage+1))
	if err != nil {
		http.Error(w, "the message did not come whole", http.StatusBadRequest)
		return
	}
	gateway := r.PathValue("gateway")
	ack, err := p.cashier.Notify(r.Context(), gateway, payment.Message{
		Method: r.Method, Path: r.URL.RequestURI(), Header: r.Header, Body: body,
	})
	if err != nil {
		p.log.ErrorContext(r.Context(), "a message of a gateway was not taken", "gateway", gateway, "error", err)
	}
	if ack.ContentType != "" {
		w.Header().Set("Content-Type", ack.ContentType)
	}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(ack.Status)
	_, _ = w.Write(ack.Body) // the gateway sends again when it does not hear us
}

// back answers a payer who comes back. The gateway is asked as the attempt says; when it does not answer, the page says that we are checking.
func (p payments) back(w http.ResponseWriter, r *http.Request) {
	id, err := p.cashier.AttemptOf(r.PathValue("token"))
	if err != nil {
		p.show(w, http.StatusNotFound, page{Says: strange})
		return
	}
	a, err := p.check(r.Context(), id)
	if err != nil {
		p.log.ErrorContext(r.Context(), "a payer came back", "attempt", id, "error", err)
		p.show(w, http.StatusServiceUnavailable, page{Says: checking, Reference: id})
		return
	}
	order, err := p.cashier.Orders.Get(r.Context(), a.Order)
	if err != nil {
		p.log.ErrorContext(r.Context(), "a payer came back", "attempt", id, "error", err)
		p.show(w, http.StatusServiceUnavailable, page{Says: checking, Reference: id})
		return
	}
	what := page{Says: standing(a, order), Reference: a.ID, Amount: a.Amount.String()}
	if a.State == payment.AttemptPending && a.Next.Flow == payment.Redirect {
		what.Next = a.Next.URL
	}
	p.show(w, http.StatusOK, what)
}

// check asks the gateway, and reads what is known when that does not help.
func (p payments) check(ctx context.Context, id string) (payment.Attempt, error) {
	a, err := p.cashier.Check(ctx, id)
	if err == nil || errors.Is(err, payment.ErrNoAttempt) {
		return a, err
	}
	p.log.WarnContext(ctx, "the gateway was not asked", "attempt", id, "error", err)
	return p.cashier.Attempt(ctx, id)
}

// standing is what a payer is told about an attempt: that it is paid when its order is, and by its money.
func standing(a payment.Attempt, order payment.Order) law.Text {
	switch a.State {
	case payment.AttemptSucceeded:
		if order.State != payment.Paid || order.Reference != a.ID {
			return law.T("We have received your money and are looking into it. Do not pay again.", "本處已收到你的款項，現正查核。請勿再次付款。")
		}
		return law.T("Paid. Your receipt follows from the court.", "已付款。法院會另發收據。")
	case payment.AttemptAuthorised:
		return law.T("Your payment is held until the court decides.", "款項已預留，待法院決定。")
	case payment.AttemptPending:
		return law.T("Not paid yet. You can go on paying, or close this page.", "尚未付款。你可繼續付款或關閉此頁。")
	case payment.AttemptFailed:
		return law.T("The payment was refused; nothing has been taken so far. You may pay again from the court's page.",
			"付款不獲接納，至今並無收取款項。你可從法院網頁再次付款。")
	case payment.AttemptCancelled, payment.AttemptExpired:
		return law.T("The payment was given up; nothing has been taken so far. You may pay again from the court's page.",
			"付款已取消，至今並無收取款項。你可從法院網頁再次付款。")
	default:
		return checking
	}
}

var (
	checking = law.T("We are checking your payment. Do not pay again.", "本處正查核你的付款。請勿重複付款。")
	strange  = law.T("This address is not one of ours. Go back to the court's page.", "此網址並非本處所發。請返回法院網頁。")
)

// page is what the template shows.
type page struct {
	Says                    law.Text
	Reference, Amount, Next string
}

// English and Chinese give the words in one language.
func (p page) English() string { return p.Says.In(law.English) }

// Chinese gives the words in Traditional Chinese.
func (p page) Chinese() string { return p.Says.In(law.TraditionalChinese) }

// shown is the page, parsed at each use of the package's one constant: it is small, and a package variable could be changed.
func shown(w io.Writer, p page) error {
	t, err := template.New("page").Parse(pageText)
	if err != nil {
		return fmt.Errorf("web: %w", err)
	}
	return t.Execute(w, p)
}

func (p payments) show(w http.ResponseWriter, status int, what page) {
	var body bytes.Buffer
	if err := shown(&body, what); err != nil {
		p.log.Error("showing a page", "error", err)
		http.Error(w, what.English(), status)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes())
}

const pageText = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Payment</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem}</style></head>
<body>
<p>{{.English}}</p>
<p lang="zh-Hant">{{.Chinese}}</p>
{{if .Amount}}<p>{{.Amount}}</p>{{end}}
{{if .Reference}}<p>Reference <span lang="zh-Hant">參考編號</span> {{.Reference}}</p>{{end}}
{{if .Next}}<p><a href="{{.Next}}" rel="noreferrer">Go on paying <span lang="zh-Hant">繼續付款</span></a></p>{{end}}
</body>
</html>
`
