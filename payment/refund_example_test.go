package payment_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/simpay"
)

// Part of what was paid goes back: one person proposes it and another approves it. The company's answer gets lost, so the refund is asked
// about until it is known; it is made once.
func ExampleCashier_Approve() {
	ctx, hkd := context.Background(), money.MustCurrency("HKD")
	till, err := openTill(ctx, time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer till.close()
	if err := till.paid(ctx, "order-9"); err != nil {
		fmt.Println(err)
		return
	}

	refund, err := till.cashier.Propose(ctx, payment.Proposal{
		Order: "order-9", Amount: money.New(1400, hkd), Reason: "one claim was filed twice", By: "officer 1",
	})
	fmt.Println("proposed:", refund.Amount, "of", refund.Refundable, err)
	_, err = till.cashier.Approve(ctx, refund.ID, "officer 1")
	fmt.Println("alone:", errors.Is(err, payment.ErrFourEyes))

	if err := till.company.Fail(simpay.Fault{Op: simpay.OpRefund, Mode: simpay.ReplyLost}); err != nil {
		fmt.Println(err)
		return
	}
	refund, err = till.cashier.Approve(ctx, refund.ID, "officer 2")
	fmt.Println("approved:", refund.State, err)

	till.at = till.at.Add(time.Minute)
	if _, err := till.cashier.Work(ctx); err != nil {
		fmt.Println(err)
		return
	}
	refund, err = till.cashier.Refund(ctx, refund.ID)
	fmt.Println("a minute later:", refund.State, refund.Note, err)
	earned, err := till.books.Posted(ctx, ledger.Revenue("court", "filing"), hkd)
	fmt.Println("earned:", earned, err)
	// Output:
	// proposed: HKD 14.00 of HKD 42.00 <nil>
	// alone: true
	// approved: unknown <nil>
	// a minute later: succeeded refund/court/2026/000001 <nil>
	// earned: HKD 28.00 <nil>
}

// The company tells by messages. Each is verified, kept and answered; what it says is believed once the company, asked, says so too.
func ExampleCashier_Notify() {
	ctx := context.Background()
	till, err := openTill(ctx, time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer till.close()
	if err := till.paid(ctx, "order-10"); err != nil {
		fmt.Println(err)
		return
	}
	messages, err := till.company.Messages()
	if err != nil || len(messages) != 1 {
		fmt.Println(len(messages), err)
		return
	}

	forged := messages[0]
	forged.Body = append([]byte(" "), forged.Body...)
	ack, err := till.cashier.Notify(ctx, "simpay", forged)
	fmt.Println(ack.Status, till.cashier.Rejected("simpay"), err)
	for range 2 { // it comes twice
		ack, err = till.cashier.Notify(ctx, "simpay", messages[0])
		fmt.Println(ack.Status, err)
	}
	if _, err := till.cashier.Work(ctx); err != nil {
		fmt.Println(err)
		return
	}
	events, _, err := till.cashier.Inbox(ctx, payment.InboxQuery{State: payment.InboxDone})
	fmt.Println(len(events), events[0].Snapshot.Payments[0].Amount, err)
	// Output:
	// 400 map[forged:1] <nil>
	// 200 <nil>
	// 200 <nil>
	// 1 HKD 42.00 <nil>
}

// paid has an order of HKD 42.00 paid.
func (t *till) paid(ctx context.Context, id string) error {
	if err := t.order(ctx, id); err != nil {
		return err
	}
	a, err := t.cashier.Start(ctx, payment.StartRequest{Order: id, Gateway: "simpay", Means: payment.Visa, Locale: "en", By: "acme"})
	if err != nil {
		return err
	}
	if _, err := t.company.Pay(a.ID); err != nil {
		return err
	}
	_, err = t.cashier.Check(ctx, a.ID)
	return err
}
