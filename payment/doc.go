// Package payment holds what is owed and what was paid: orders and receipts, kept by icms/store, and paid from the deposit accounts
// of payment/ledger, at the counter, or at gateways, in the same change set as the thing they pay for.
//
// An [Order] is a fixed debt. Its lines, amount and currency never change: a new fee is a new order. What it is for ([Subject]) has one
// live order at a time, by a unique key of the store. A [Receipt] is made once for each order, in the change that marks it as
// paid, so that a paid order always has its receipt and only a paid order has one.
//
// # States
//
//	         reserve             pay
//	open ------------> reserved ------> paid
//	 | | <------------ |                ^ ^
//	 | |    release    '-- cancel       | |
//	 | |                                | |
//	 | |     start               pay    | |
//	 | '-------------> paying ----------' |
//	 |  <-------------                    |
//	 |       end                          |
//	 |--- pay ----------------------------'
//	 |--- expire ---> expired
//	 '--- cancel ---> cancelled
//
// [Transitions] gives the table; what is not in it is refused with ErrTransition.
//
// # One commit for the whole
//
// The methods of [Orders] that take a step write nothing: they give a [Step], whose Change is applied as it is ([Orders.Apply])
// or merged into the caller's own ([store.Change.Merge]). The recommended order of things has two commits:
//
//  1. accept:  the caller's records + Reserve (order made, money held) + DrawReceipt
//  2. finish:  the caller's records + Capture (money taken, order paid, receipt with its number)
//
// If there is too little money, 1 is refused and leaves nothing. Once 1 is committed, 2 can't be refused: the money is set aside, whatever
// happens to the account. A crash between the two is mended by applying 1 again, which answers as the first time with the same
// receipt number, and then 2. Numbers of receipts so have no gaps: they are drawn when the payment is certain, and only then.
// Where somebody decides between the two, the number is drawn with the decision, and a refusal takes Release in place of Capture.
//
// # At gateways
//
// The [Cashier] has orders paid at gateways, which answer late, twice or never. An [Attempt] is one try: it is stored as unknown, and
// the order as being paid by it, before the first byte leaves ([Cashier.Start]). Whatever is learnt about it later comes in by one door,
// from its gateway's answers, messages, settlements or persons, and moves it by a table ([AttemptTransitions]):
//
//	unknown --> pending, processing, authorised --> succeeded
//	                                            '-> failed, cancelled, expired --> succeeded, by late money
//
// The rules are few, and each is needed:
//
//   - An order has one active attempt at a time. It closes only when it has none.
//   - Every payment at a gateway is a record of its own ([Taken]). It pays its order when it is that order's amount and the order
//     waits for money; else it is nobody's, flagged, and waits for persons ([Cashier.Allocate], [Cashier.Propose]).
//   - A success without a payment that shows it is not believed. Nothing takes a success back.
//   - Not found is not failed. While a request may yet take effect the Cashier waits; then it sends the same key with the same contents;
//     when the key may not be used any more, two persons decide ([Cashier.Resolve]).
//   - An attempt that ended may still bring money: it is asked about until the gateway calls it final. Money that came late pays the order
//     if that still waits, and another attempt that is active then is cancelled.
//   - Captures and cancellations are stored before they are sent, like attempts, and sent again with the same key.
//
// A payment that pays its order takes two commits: the first holds it for the order and draws the receipt's number, the second books
// it, marks the order as paid and makes the receipt, together with what the host wants to follow (CashierOptions.Follow). Between the two
// nothing else can happen to the order, so no number is lost; whoever comes next finishes it.
//
// Nobody needs to remember anything: [Cashier.Work], called every few seconds on any number of nodes, does what is due, with polls that grow
// rare. [Cashier.Status] says what people should look at.
//
// What could be a card number is taken out of all that a gateway says before it is stored, logged or returned. A payer is sent only to
// secure addresses on the gateway's own hosts.
//
// # Giving back
//
// A refund is proposed by one person ([Cashier.Propose]) and approved by another ([Cashier.Approve]). What is proposed is set aside at
// once, by a sum with a floor, so that refunds and disputes of a payment never exceed it but by the gateway's own doing. Approved, the
// money moves in the books, and back again should the refund fail, even after it was done:
//
//	             approved             done                     by
//	revenue ----------------> refund:payable -------> clearing:<gateway>     a gateway, later, asked until it is known
//	revenue ----------------------------------------> deposit:<org>/...      the ledger, at once
//	revenue ----------------> refund:payable -------> clearing:counter       a person, with evidence ([Cashier.SettleRefund])
//
// Of a payment one refund is in flight at a time, so that what the gateway holds to be left is known when the next is sent. A refund
// note has a number of its own, drawn in the change in which the refund succeeds. A dispute moves the money to dispute:reserve while it is
// open, on to the gateway when it is lost, back when it is won; nothing goes back meanwhile.
//
// What a gateway tells ([Cashier.Notify]) is verified, kept, acknowledged and only then looked at: it makes the Cashier ask, and its
// answers are believed.
//
// # What is kept
//
//	record kind       id                  index entries
//	payment.order     order id            payment.order.subject = kind|id|created; payment.order.payer = payer|created;
//	                                      payment.order.state = court|state|created;
//	                                      unique payment.order.for = kind|id, while the order is neither expired nor cancelled
//	payment.receipt   series/number       payment.receipt.series = series|number; payment.receipt.court = court|paid;
//	                                      unique payment.receipt.order = order id
//
//	payment.attempt   reference           payment.attempt.order = order|nth; payment.attempt.state = state|started;
//	                                      payment.attempt.flag = flag|started;
//	                                      unique payment.attempt.active = order id, while the attempt is active
//	payment.taken     gateway|payment     payment.taken.order = order id; payment.taken.attempt = attempt;
//	                                      payment.taken.use = use|recorded; payment.taken.paid = gateway|paid
//	payment.resolution  reference         payment.resolution.attempt = attempt|proposed;
//	                                      unique payment.resolution.open = attempt, while it is undecided
//	payment.refund    refund id           payment.refund.payment = gateway|payment; payment.refund.order = order id;
//	                                      payment.refund.state = stage|proposed; payment.refund.flag = flag|proposed;
//	                                      payment.refund.note = series|number of the note;
//	                                      unique payment.refund.gateway = gateway|gateway's id, unless it failed;
//	                                      unique payment.refund.flight = gateway|payment, while it is in flight
//	payment.dispute   gateway|id          payment.dispute.payment = gateway|payment; payment.dispute.order = order id;
//	                                      payment.dispute.state = state|recorded
//	payment.message   gateway|event id    payment.message.state = state|received; payment.message.reference = gateway|reference;
//	                                      payment.message.altered = gateway|received, of an event that came again as something else
//
//	sum
//	payment/given/<payment or order>        at most 0: what went back or is contested; its floor is minus the payment
//	payment/born/<order>|<account>          the same for each account that bears it
//	payment/turn/<payment>                  counts down whenever what the gateway holds to be left changes
//
//	work
//	payment.attempt    attempt              the next look at an attempt
//	payment.held       order                an order to be paid by what is held for it
//	payment.dispute    gateway|id           an open dispute to be asked about
//	payment.refund     refund               the next look at a refund
//	payment.message    gateway|event id     an event to be looked at
//
// Receipt numbers are the sequence receipt/<series>, each drawn by the change receipt-number/<series>/<order>. In the ledger an order's
// hold has the id <order>/<version>, its debit the entry id order/<order>, a payment gateway/<gateway>/<payment>, or that with /used
// when it was nobody's before, and a payment at the counter counter/<court>/<slip>.
package payment
