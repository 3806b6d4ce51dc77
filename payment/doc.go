// Package payment holds what is owed and what was paid: orders and receipts, kept by icms/store, and paid from the deposit accounts
// of payment/ledger in the same change set as the thing they pay for.
//
// An [Order] is a fixed debt. Its lines, amount and currency never change: a new fee is a new order. What it is for ([Subject]) has one
// live order at a time, by a unique key of the store. A [Receipt] is made once for each order, in the change that marks it as
// paid, so that a paid order always has its receipt and only a paid order has one.
//
// # States
//
//	       reserve              pay
//	open ----------> reserved -------> paid
//	 |  <----------                     ^
//	 |     release                      |
//	 |---- pay -------------------------'
//	 |---- expire ---> expired
//	 '---- cancel ---> cancelled
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
// # What is kept
//
//	record kind       id                  index entries
//	payment.order     order id            payment.order.subject = kind|id|created; payment.order.payer = payer|created;
//	                                      payment.order.state = court|state|created;
//	                                      unique payment.order.for = kind|id, while the order is open, reserved or paid
//	payment.receipt   series/number       payment.receipt.series = series|number; unique payment.receipt.order = order id
//
// Receipt numbers are the sequence receipt/<series>. An order's hold has the id <order>/<version>, its debit the entry id
// order/<order>.
package payment
