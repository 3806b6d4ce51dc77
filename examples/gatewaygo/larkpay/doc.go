// Package larkpay translates between a court's host and Larkpay, a payment company that does not exist. It is what a provider writes: an adapter
// over the company's HTTP API, by nothing but the standard library, the port (package payment), money and the SDK.
//
// It translates and does nothing else. The host makes the references and keys, keeps the states, compares, sends again and asks; so nothing is
// remembered here, nothing is sent twice, and above all nothing is guessed: what the company did not say clearly is payment.Unknown, and the
// host asks until it knows.
//
//	gateway.go     what the company can do, and its configuration
//	attempt.go     Create, Query
//	operation.go   Cancel, Refund, QueryRefund
//	notification.go  messages: verified first, read then
//	call.go        one HTTP request, once; what an answer without an answer means
//	answer.go      the company's words in the port's
//
// The company's API, as far as it is used here: JSON over POST and GET, an Authorization that is derived from the secret, an idempotency key in
// the header Simpay-Key, messages signed with HMAC-SHA256 over "<unix second>.<body>". (It is that of the simulated company of examples/simpay,
// so that the example runs.)
package larkpay
