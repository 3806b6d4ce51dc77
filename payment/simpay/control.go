package simpay

import (
	"bytes"
	"crypto/hmac"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// span is a duration that is written "1m30s".
type span time.Duration

// MarshalText and UnmarshalText write and read it as package time does.
func (d span) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

func (d *span) UnmarshalText(b []byte) error {
	parsed, err := time.ParseDuration(string(b))
	*d = span(parsed)
	return err
}

// The bodies of the control API. Where a method takes a type with a duration in it, the body has the same fields with the duration written out.
type (
	controlAct struct {
		Reference string          `json:"reference"`
		Deed      Deed            `json:"deed"`
		Amount    money.Amount    `json:"amount,omitzero"`
		Means     payment.Means   `json:"means,omitempty"`
		Decline   payment.Decline `json:"decline,omitempty"`
		Once      string          `json:"once,omitempty"`
	}
	controlFault struct {
		Fault
		After span `json:"after,omitempty"`
	}
	controlNotify struct {
		NotifyPlan
		Delay span `json:"delay,omitempty"`
	}
	controlRefunds struct {
		RefundPlan
		After span `json:"after,omitempty"`
	}
	controlRefund struct {
		Reference string `json:"reference"`
		Well      bool   `json:"well"`
	}
	controlDispute struct {
		Payment string       `json:"payment"`
		Amount  money.Amount `json:"amount,omitzero"`
	}
	controlDecision struct {
		Dispute string `json:"dispute"`
		Won     bool   `json:"won"`
	}
	controlAdvance struct {
		By span `json:"by"`
	}
	controlFee struct {
		Amount money.Amount `json:"amount"`
	}
	controlHold struct {
		On bool `json:"on"`
	}
	controlTotals struct {
		Currency money.Currency `json:"currency"`
	}
	controlNone struct{}
	controlID   struct {
		ID string `json:"id"`
	}
	controlNow struct {
		Now time.Time `json:"now"`
	}
	controlError struct {
		Error string `json:"error"`
	}
)

// control adds the control API.
func (s *Sim) control(mux *http.ServeMux) {
	serve(mux, s, "act", func(b controlAct) (any, error) {
		id, err := s.Act(b.Reference, Act{Deed: b.Deed, Amount: b.Amount, Means: b.Means, Decline: b.Decline, Once: b.Once})
		return controlID{id}, err
	})
	serve(mux, s, "fail", func(b []controlFault) (any, error) { return controlNone{}, s.Fail(faultsOf(b)...) })
	serve(mux, s, "rates", func(b []controlFault) (any, error) { return controlNone{}, s.FaultRates(faultsOf(b)...) })
	serve(mux, s, "heal", func(controlNone) (any, error) { s.Heal(); return controlNone{}, nil })
	serve(mux, s, "notifications", func(b controlNotify) (any, error) {
		b.NotifyPlan.Delay = time.Duration(b.Delay)
		return controlNone{}, s.PlanNotifications(b.NotifyPlan)
	})
	serve(mux, s, "refunds", func(b controlRefunds) (any, error) {
		b.RefundPlan.After = time.Duration(b.After)
		return controlNone{}, s.PlanRefunds(b.RefundPlan)
	})
	serve(mux, s, "refund", func(b controlRefund) (any, error) { return controlNone{}, s.FinishRefund(b.Reference, b.Well) })
	serve(mux, s, "dispute", func(b controlDispute) (any, error) {
		id, err := s.OpenDispute(b.Payment, b.Amount)
		return controlID{id}, err
	})
	serve(mux, s, "decide", func(b controlDecision) (any, error) { return controlNone{}, s.EndDispute(b.Dispute, b.Won) })
	serve(mux, s, "advance", func(b controlAdvance) (any, error) {
		err := s.Advance(time.Duration(b.By))
		return controlNow{s.Now()}, err
	})
	serve(mux, s, "fee", func(b controlFee) (any, error) { return controlNone{}, s.ChargeFee(b.Amount) })
	serve(mux, s, "hold", func(b controlHold) (any, error) { return controlNone{}, s.HoldLines(b.On) })
	serve(mux, s, "effects", func(controlNone) (any, error) { return s.Effects() })
	serve(mux, s, "totals", func(b controlTotals) (any, error) { return s.Totals(b.Currency) })
	mux.HandleFunc("GET /control/settlement", func(w http.ResponseWriter, r *http.Request) {
		if !s.controls(w, r) {
			return
		}
		var text bytes.Buffer
		if err := s.WriteSettlement(&text, r.URL.Query().Get("date")); err != nil {
			answerControl(w, nil, err)
			return
		}
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		_, _ = w.Write(text.Bytes())
	})
}

func faultsOf(all []controlFault) []Fault {
	faults := make([]Fault, len(all))
	for i, f := range all {
		faults[i] = f.Fault
		faults[i].After = time.Duration(f.After)
	}
	return faults
}

// serve adds one request of the control API.
func serve[B any](mux *http.ServeMux, s *Sim, name string, do func(B) (any, error)) {
	mux.HandleFunc("POST /control/"+name, func(w http.ResponseWriter, r *http.Request) {
		if !s.controls(w, r) {
			return
		}
		var b B
		d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
		d.DisallowUnknownFields()
		if err := d.Decode(&b); err != nil {
			answerControl(w, nil, errors.Join(ErrOptions, err))
			return
		}
		v, err := do(b)
		answerControl(w, v, err)
	})
}

// controls reports whether a request shows the control secret, and answers one that does not.
func (s *Sim) controls(w http.ResponseWriter, r *http.Request) bool {
	ok := hmac.Equal([]byte(r.Header.Get("Authorization")), []byte("Bearer "+string(s.o.Control)))
	if !ok {
		writeControl(w, http.StatusUnauthorized, controlError{"the control secret is not shown"})
	}
	return ok
}

func answerControl(w http.ResponseWriter, v any, err error) {
	status := http.StatusOK
	switch {
	case errors.Is(err, ErrOptions):
		status = http.StatusBadRequest
	case errors.Is(err, ErrNotThere):
		status = http.StatusNotFound
	case errors.Is(err, ErrState):
		status = http.StatusConflict
	case err != nil:
		status = http.StatusInternalServerError
	}
	if err != nil {
		v = controlError{err.Error()}
	}
	writeControl(w, status, v)
}

func writeControl(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		status, body = http.StatusInternalServerError, []byte(`{"error":"the answer can't be written"}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
