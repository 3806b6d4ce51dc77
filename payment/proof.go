package payment

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

// Proof says whether orders, receipts and holds agree.
type Proof struct {
	// Orders and Holds count what was looked at: all orders, and the open holds that name an order.
	Orders, Holds int
	// Faults are what does not agree, at most 100; More counts the rest. None means that they agree.
	Faults []ledger.Fault
	More   int
}

// OK reports whether nothing is wrong.
func (p Proof) OK() bool { return len(p.Faults) == 0 }

const maxFaults = 100

func (p *Proof) fault(code, where, want, have string) {
	if len(p.Faults) == maxFaults {
		p.More++
		return
	}
	p.Faults = append(p.Faults, ledger.Fault{Code: code, Where: where, Want: want, Have: have})
}

// Prove reads all orders and all open holds, and proves that every paid order has its receipt and no other order has one, that every
// reserved order has its amount held, and that every hold that names an order belongs to a reserved one. It complements
// [ledger.Ledger.Prove], which proves the money. It may run beside other work: what changed while it looked is looked at again.
// Fault codes: "order.receipt", "order.hold", "hold.order".
func (s *Orders) Prove(ctx context.Context) (Proof, error) {
	var p Proof
	q := store.Query{Index: indexPayer, Limit: 1000}
	for {
		page, err := s.store.List(ctx, q)
		if err != nil {
			return p, fmt.Errorf("payment: proof: %w", err)
		}
		for _, r := range page.Records {
			p.Orders++
			if err := s.proveOrder(ctx, &p, r); err != nil {
				return p, fmt.Errorf("payment: proof: %w", err)
			}
		}
		if q.After = page.Next; page.Next == "" {
			break
		}
	}
	if err := s.proveHolds(ctx, &p); err != nil {
		return p, fmt.Errorf("payment: proof: %w", err)
	}
	return p, nil
}

// proveOrder checks an order until it stands still between the reading of its record and that of what belongs to it.
func (s *Orders) proveOrder(ctx context.Context, p *Proof, r store.Record) error {
	o, err := decodeOrder(r)
	for err == nil {
		var found Proof
		if err := s.checkOrder(ctx, &found, o); err != nil {
			return err
		}
		if found.OK() {
			return nil
		}
		var now Order
		if now, err = s.Get(ctx, o.ID); err == nil && now.Version == o.Version {
			for _, f := range found.Faults {
				p.fault(f.Code, f.Where, f.Want, f.Have)
			}
			return nil
		}
		o = now
	}
	return err
}

// checkOrder compares an order with its receipt and its hold.
func (s *Orders) checkOrder(ctx context.Context, p *Proof, o Order) error {
	r, err := s.ReceiptOf(ctx, o.ID)
	switch {
	case err != nil && !errors.Is(err, ErrNoReceipt):
		return err
	case err == nil && o.State != Paid:
		p.fault("order.receipt", o.ID, "no receipt of an order that is "+string(o.State), r.Number.String())
	case err != nil && o.State == Paid:
		p.fault("order.receipt", o.ID, o.Receipt.String(), "none")
	case err == nil && !r.agrees(o):
		p.fault("order.receipt", o.ID, o.Receipt.String()+" as the order says", "another content")
	}
	if o.State != Reserved {
		return nil
	}
	h, err := s.ledger.Hold(ctx, o.Hold)
	switch {
	case err != nil && !errors.Is(err, ledger.ErrHold):
		return err
	case err != nil || h.State != ledger.Held:
		p.fault("order.hold", o.ID, o.Hold, "no open hold")
	case h.Amount != o.Amount || h.Account != o.Account:
		p.fault("order.hold", o.ID, fmt.Sprint(o.Amount, " on ", o.Account), fmt.Sprint(h.Amount, " on ", h.Account))
	}
	return nil
}

// agrees reports whether the receipt says of the order what the order says of itself.
func (r Receipt) agrees(o Order) bool { return reflect.DeepEqual(r, receiptOf(o)) }

// proveHolds looks for open holds whose order is not reserved by them.
func (s *Orders) proveHolds(ctx context.Context, p *Proof) error {
	for after := ""; ; {
		holds, next, err := s.ledger.Holds(ctx, "", after, 1000)
		if err != nil {
			return err
		}
		for _, h := range holds {
			id, ok := strings.CutPrefix(h.Ref, orderRef(Order{}))
			if !ok {
				continue
			}
			p.Holds++
			if err := s.proveHold(ctx, p, h, id); err != nil {
				return err
			}
		}
		if after = next; next == "" {
			return nil
		}
	}
}

func (s *Orders) proveHold(ctx context.Context, p *Proof, h ledger.Hold, orderID string) error {
	o, err := s.Get(ctx, orderID)
	if err == nil && o.State == Reserved && o.Hold == h.ID {
		return nil
	}
	if err != nil && !errors.Is(err, ErrNoOrder) {
		return err
	}
	now, err := s.ledger.Hold(ctx, h.ID) // the order may have gone on since the hold was read, and the hold with it
	if err == nil && now.State == ledger.Held {
		p.fault("hold.order", h.ID, "an order reserved by it", fmt.Sprintf("order %q %s", orderID, o.State))
	}
	return err
}
