package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
)

// newMerchant is the server of a merchant, which hands on the messages that it gets. It gives the address for them.
func newMerchant(t *testing.T, got chan<- payment.Message) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- payment.Message{Method: r.Method, Path: r.URL.RequestURI(), Header: r.Header, Body: body}
	}))
	t.Cleanup(s.Close)
	return s.URL + "/notify"
}

// No other machine is reached, even if a merchant asks for it: the connection is refused before it is made.
func TestNoOtherMachineIsReached(t *testing.T) {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://192.0.2.1/", nil)
	require.NoError(t, err)
	_, err = homeOnly().RoundTrip(r)
	require.ErrorContains(t, err, "is not on this machine")
}
