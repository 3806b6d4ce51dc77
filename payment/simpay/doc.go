// Package simpay simulates a company that takes money: with its books, the page on which payers pay, signed notifications, refunds,
// disputes and settlement, and with everything that goes wrong between such a company and a merchant. No money moves, and no card
// data is asked for or could be given.
//
// [Sim] is the company. [Client] is the adapter that a [payment.Cashier] works with; it speaks the Sim's HTTP API, over a network or,
// by [Sim.RoundTripper], without one. Program and test thus run the same code.
//
//	sim, err := simpay.NewSim(simpay.Options{Secrets: secrets, Terms: terms, Clock: clock})
//	client, err := simpay.NewClient(simpay.ClientOptions{
//		URL: "http://simpay.test", HTTP: sim.RoundTripper(), Secrets: secrets, Terms: terms, Clock: clock,
//	})
//
// # A session's life
//
// A session is one attempt of the merchant's. What the payer does is an [Act], on the page by a button or in a test by a method:
//
//	           pay                                      capture
//	pending ---------> succeeded       pending -----> authorised ---------> succeeded
//	  |  process --> processing --> succeeded              |-- cancel ----> cancelled
//	  |---- decline --> failed                             '-- lapses ----> expired
//	  |---- cancel ---> cancelled      (by the payer, or by the merchant)
//	  |---- challenge, then pass (as pay) or fail (as decline)
//	  '---- nothing --> expired
//
// With [Terms].Late a session that expired or was cancelled can still be paid for a while, as happens, and with [Terms].PayTwice a QR code
// can be paid by a second payer. Until neither can happen any more the Sim does not call a session final.
//
// # What a merchant can rely on
//
// A request that changes something carries a key. The same key with the same contents has its effect once, and gives the answer of then,
// for [Terms].Window; with other contents it is refused. References are never used twice, however old. A query changes nothing and tells
// all: every payment, refund and dispute. An answer is given only when the [Journal], if there is one, is certain to have what it says.
//
// # What goes wrong
//
// [Sim.Fail] and [Sim.FaultRates] lose replies, answer with errors before or after the fact, hang, cut short, garble, redirect, throttle, refuse, and
// let requests land late. [Sim.PlanNotifications] drops, delays, doubles and shuffles notifications; [Sim.Messages] hands them out to be carried
// by hand. [Sim.PlanRefunds] has refunds end later, well or badly. All lots are drawn from [Options].Seed, and time passes only as [Options].Clock
// and [Sim.Advance] say.
//
// # The page
//
// The addresses that [Sim.Handler] serves to payers are in English and Traditional Chinese, work without scripts and have nothing but
// buttons. A button that is pressed twice counts once.
//
// # The control API
//
// With [Options].Control set, POST /control/<name> does over HTTP what the methods of [Sim] do in process; [Remote] calls it from Go. The
// Authorization is "Bearer " and the secret; body and answer are JSON:
//
//	act            {"reference", "deed", "amount", "means", "decline", "once"} -> {"id"}
//	fail           [{"op", "mode", "times", "status", "after"}]
//	rates          [{"op", "mode", "rate", "status", "after"}]
//	heal           {}
//	notifications  {"drop", "double", "delay", "shuffle", "batch"}
//	refunds        {"first", "then", "after"}
//	refund         {"reference", "well"}
//	dispute        {"payment", "amount"} -> {"id"}
//	decide         {"dispute", "won"}
//	advance        {"by"} -> {"now"}
//	fee            {"amount"}
//	hold           {"on"}
//	effects        {} -> Effects
//	totals         {"currency"} -> Totals
//
// Durations are written "1m30s", amounts "EUR 12.00". GET /control/settlement?date=2006-01-02 gives the lines of a day as CSV.
package simpay
