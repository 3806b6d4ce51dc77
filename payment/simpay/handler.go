package simpay

import (
	"net/http"
)

// Handler serves the API for merchants, the hosted page for payers and, where Options.Control is set, the control API. The API's
// addresses begin with /v1/, the page's with /pay, the control's with /control/.
func (s *Sim) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST "+pathSessions, s.operation(OpCreate))
	mux.Handle("GET "+pathSessions, s.operation(OpQuery))
	mux.Handle("POST "+pathCancel, s.operation(OpCancel))
	mux.Handle("POST "+pathCapture, s.operation(OpCapture))
	mux.Handle("POST "+pathRefunds, s.operation(OpRefund))
	mux.Handle("GET "+pathRefunds, s.operation(OpQueryRefund))
	mux.Handle("GET "+pathSettlement, s.operation(OpSettlement))
	mux.Handle("GET "+pathHealth, s.operation(OpHealth))
	mux.HandleFunc("POST /pay", s.enterPage)
	mux.HandleFunc("GET /pay/{token}", s.showPage)
	mux.HandleFunc("POST /pay/{token}", s.pressButton)
	if s.o.Control != "" {
		s.control(mux)
	}
	return mux
}
