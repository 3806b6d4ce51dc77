// Package simpayplugin is the gateway plugin of the simulated payment company, by the adapter of payment/simpay. The program that serves it is
// the folder above; a host that wants the same gateway without a process of its own takes [Open] with the same configuration.
//
// The configuration is a JSON object:
//
//	{
//	  "url": "http://127.0.0.1:8081",
//	  "merchant": "simpay",
//	  "secrets": ["a secret that both know"],
//	  "currencies": ["HKD"],
//	  "means": ["card", "wallet"],
//	  "window": "24h"
//	}
//
// Url is where the company is, as examples/simpay prints it. Merchant is the gateway's name in the host's records, "simpay" when it is not said:
// whoever has two accounts runs the plugin twice, under two names. Secrets are shared with the company: requests are made with the first,
// messages may be signed with any, so that a secret can be changed. The rest is what was agreed with the company, as its flags say: currencies,
// means ("card" and "wallet" when they are not said), window, inFlight, sessionMin, sessionMax, authorised, late, refundWindow, maxRefunds and
// payTwice; times are written "1m30s".
package simpayplugin
