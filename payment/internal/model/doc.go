// Package model is the design of payments at gateways as a machine that is small enough to be explored whole: every order of events, every
// crash, every message that is lost, late, doubled or out of order. The tests of package payment explore it (see [explore]) and hold the
// design to what is promised; with a rule of the design switched off, or a row of its tables changed, the exploration must find what the
// rule is there to prevent.
//
// # What is modelled
//
// One order with two attempts ([State]):
//
//   - here: the order, its attempts with their captures and cancellations, the payments on record, a deposit account that may pay too. They
//     move by the tables of package payment, as its Next and Active methods answer ([Real]); what is no row does not happen. Each change
//     of the store is one move; where the Cashier needs several (a payment is set aside, booked, then its attempt is moved), it may die
//     between any two, and others go on from there.
//   - a process that is about to send: what it sends is written down, and sent by the next move. That is all that a crash takes away. An
//     answer that is lost, and one whose reader dies before it has written it down, are the same: it is not heard.
//   - under way: up to two copies of a request, which arrive in any order, at any time within the bound that the gateway states, or never.
//     There is no queue of answers and notifications: whatever the gateway once was may be heard of at any time, any number of times,
//     in any order, or never. That has every loss, delay, doubling and reordering of them, of any number.
//   - at the gateway: a session or a direct charge; keys that are forgotten after a time; payments that are held, taken or given up; the
//     promise that no more money comes. The payer pays, declines, cancels, is challenged, pays after the end of the session, pays one
//     code twice, or another amount.
//   - the court: the order has to close, at any time; an officer accepts or refuses what the held money is for.
//
// One payment with up to three refunds ([Refunds]), in parallel and in parts, whose gateway does not look at what is left: they are answered
// at once or later, looked at by a person, refused, fail, and come back after they were done.
//
// The surroundings are parted into scenarios ([Scenarios]), so that each has at most a few hundred thousand states.
//
// # What is asked
//
// In every state: at most one active attempt; the order not paid twice, nor by another amount; no payment recorded twice, and none that nobody
// took; no more going back than was taken; the payer not charged twice unless he paid twice himself. No move changes what has ended.
//
// Once the faults end, that is when only those moves still happen that happen for certain (what is under way arrives, sessions run out,
// questions are asked again, settlements are read), every run comes to rest, and there all money taken is on record, the order is open,
// paid or closed, no attempt, operation or refund is undecided, nothing is held, and who paid in time has paid the order.
//
// # Variants
//
// [Rule] lists the rules of the design that can be switched off, [Variants] the ways in which the tests do; the table of verdicts is in the
// tests of package payment. Some rules guard each other: where a gateway keeps keys, to send again too early does no harm, and where
// nothing is sent too early, keys are not needed. So some scenarios take one of the two away: in "overdue" requests arrive after the time in
// which they can, as when a process stood still or two clocks differ, in "promise" a gateway takes money after it said that it would not.
//
// # Limits
//
// Two attempts, one gateway, one process that sends at a time (others send again, and write what they hear, in between). Amounts are the
// order's or another. Time is a few instants: the session ends, the flight is over, the key is forgotten, no more money comes. A hold that was
// given up is not taken again by the same session, and late holds come to first attempts only. Receipts, the ledger, disputes, the counter
// and the inbox are not modelled. What an operator decides is modelled where nothing else can decide: an attempt or refund that its gateway
// does not know and whose key has run out is closed by the statement, which is taken to be right. That every fair move happens at last is assumed.
package model
