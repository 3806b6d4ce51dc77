// Package simbox is the sandbox of payment/simpay for the conformance suite of gateways: a simulated company with books that the suite can
// read, a payer, a clock, mail, and a connection that can be spoilt. It is there to run the suite against simpay's adapter, and against
// whatever stands between that adapter and its host.
package simbox
