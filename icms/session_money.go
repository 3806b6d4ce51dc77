package icms

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// order enters a method about an order of payment.
func (x *Session) order(ctx context.Context, method, id string) (*guard, payment.Order, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, payment.Order{}, err
	}
	o, err := x.s.orders.Get(ctx, id)
	if errors.Is(err, payment.ErrNoOrder) {
		return nil, o, g.missing(id)
	}
	if err != nil {
		return nil, o, fmt.Errorf("icms: order %s: %w", id, err)
	}
	return g, o, g.on(object{court: o.Court, state: g.whose(o.Payer), name: id})
}

// Order reads an order of payment: the person's own, or any of its court for the accounts office. Somebody without an account owns the orders
// made for it under the name by which the host knows it.
func (x *Session) Order(ctx context.Context, id string) (payment.Order, error) {
	_, o, err := x.order(ctx, "Order", id)
	if err != nil {
		return payment.Order{}, err
	}
	return o, nil
}

// Receipt reads the receipt of an order that is paid; payment.ErrNoReceipt while it is not.
func (x *Session) Receipt(ctx context.Context, order string) (payment.Receipt, error) {
	if _, _, err := x.order(ctx, "Receipt", order); err != nil {
		return payment.Receipt{}, err
	}
	return x.s.orders.ReceiptOf(ctx, order)
}

// Pay begins an attempt to pay an order of the person's own at a gateway; see payment.Cashier.Start. By and Registered are set here.
func (x *Session) Pay(ctx context.Context, in payment.StartRequest) (payment.Attempt, error) {
	g, _, err := x.order(ctx, "Pay", in.Order)
	if err != nil {
		return payment.Attempt{}, err
	}
	in.By, in.Registered = g.by().User, g.member != ""
	return x.s.cashier.Start(ctx, in)
}

// PayFromAccount pays an order of the person's own organisation from one of its deposit accounts; see [AccountsOffice.PayFromAccount].
func (x *Session) PayFromAccount(ctx context.Context, order string, account ledger.AccountID) (payment.Receipt, error) {
	g, _, err := x.order(ctx, "PayFromAccount", order)
	if err == nil {
		err = g.on(object{state: g.whose(account.Org()), name: string(account)})
	}
	if err != nil {
		return payment.Receipt{}, err
	}
	return x.s.AccountsOffice().PayFromAccount(ctx, order, account, g.by())
}

// Attempt reads an attempt to pay: of the person's own orders, or any of its court for the accounts office.
func (x *Session) Attempt(ctx context.Context, id string) (payment.Attempt, error) {
	_, a, err := x.attempt(ctx, "Attempt", id)
	if err != nil {
		return payment.Attempt{}, err
	}
	return a, nil
}

func (x *Session) attempt(ctx context.Context, method, id string) (*guard, payment.Attempt, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, payment.Attempt{}, err
	}
	a, err := x.s.cashier.Attempt(ctx, id)
	if errors.Is(err, payment.ErrNoAttempt) {
		return nil, a, g.missing(id)
	}
	if err != nil {
		return nil, a, fmt.Errorf("icms: attempt %s: %w", id, err)
	}
	return g, a, g.on(object{court: a.Court, state: g.whose(a.Payer), name: id})
}

// deposit enters a method about a deposit account.
func (x *Session) deposit(ctx context.Context, method string, account ledger.AccountID) (*guard, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, err
	}
	return g, g.on(object{state: g.whose(account.Org()), name: string(account)})
}

// OpenDeposit opens the deposit account of the person's organisation, or of a branch of it: the one under whose terms all payments from it are
// made. An account that is open already is given as it is.
func (x *Session) OpenDeposit(ctx context.Context, branch string, c money.Currency) (ledger.Account, error) {
	g, err := x.enter(ctx, "OpenDeposit")
	if err == nil {
		err = g.on(object{state: g.whose(g.member)})
	}
	if err != nil {
		return ledger.Account{}, err
	}
	if branch == "" {
		branch = ledger.Main
	}
	if _, ok := g.actor.Organisation.Branch(branch); !ok && branch != ledger.Main {
		return ledger.Account{}, g.missing(branch)
	}
	done, err := x.s.ledger.Do(ctx, ledger.OpenAccount{Account: ledger.Deposit(g.member, branch), Currency: c, At: x.s.now()})
	return done.Account, err
}

// Deposit reads the balance of a deposit account: of the person's own organisation, or any for the accounts office.
func (x *Session) Deposit(ctx context.Context, account ledger.AccountID) (ledger.Balance, error) {
	g, err := x.deposit(ctx, "Deposit", account)
	if err != nil {
		return ledger.Balance{}, err
	}
	b, err := x.s.ledger.Balance(ctx, account)
	return b, g.noAccount(err, account)
}

// noAccount tells that a deposit account was never opened in the words of what is not there.
func (g *guard) noAccount(err error, account ledger.AccountID) error {
	if errors.Is(err, ledger.ErrNoAccount) {
		return fmt.Errorf("%w: %w", g.missing(string(account)), err)
	}
	return err
}

// Statement reads a page of the statement of a deposit account; see ledger.Ledger.Statement.
func (x *Session) Statement(ctx context.Context, q ledger.StatementQuery) (ledger.Statement, error) {
	g, err := x.deposit(ctx, "Statement", q.Account)
	if err != nil {
		return ledger.Statement{}, err
	}
	s, err := x.s.ledger.Statement(ctx, q)
	return s, g.noAccount(err, q.Account)
}

// Transfer moves money between the deposit accounts of the person's organisation; At is set here.
func (x *Session) Transfer(ctx context.Context, in ledger.Transfer) (ledger.Entry, error) {
	g, err := x.deposit(ctx, "Transfer", in.From)
	if err == nil {
		err = g.on(object{state: g.whose(in.To.Org()), name: string(in.To)})
	}
	if err != nil {
		return ledger.Entry{}, err
	}
	in.At = x.s.now()
	done, err := x.s.ledger.Do(ctx, in)
	return done.Entry, err
}
