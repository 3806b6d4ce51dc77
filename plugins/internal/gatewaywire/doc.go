// Package gatewaywire carries a payment.Gateway over gRPC: [Server] serves one, [Client] and [Load] are one again at the other end.
//
// Nothing that comes in is believed further than it can be read. A class, state or kind that is not in the contract is unknown, open or not said;
// an amount without a currency, or an instant that is none, makes the whole answer a *payment.GatewayError of class Unknown that names the
// field. So junk never becomes an amount, a refusal or an end.
//
// A call that failed as such, by a gRPC status, may have happened: it is Unknown. The one exception is a call that never left the host, which its
// connection marks with wire.ErrNotSent: that is Unavailable.
//
// Instants come out in UTC, empty lists and maps as nil, and a state that was not said as unknown. Header fields of messages that are not UTF-8 are
// left out: no signature is in one.
package gatewaywire
