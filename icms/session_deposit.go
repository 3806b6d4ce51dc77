package icms

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

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
	done, err := g.book("deposit account opened", ledger.OpenAccount{Account: ledger.Deposit(g.member, branch), Currency: c, At: x.s.now()})
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
	done, err := g.book("transfer between deposit accounts", in)
	return done.Entry, err
}

// TopUp books money that came in for a deposit account; see ledger.TopUp. At is set here.
func (x *Session) TopUp(ctx context.Context, in ledger.TopUp) (ledger.Entry, error) {
	g, err := x.deposit(ctx, "TopUp", in.Account)
	if err != nil {
		return ledger.Entry{}, err
	}
	in.At = x.s.now()
	done, err := g.book("deposit account topped up", in)
	return done.Entry, g.noAccount(err, in.Account)
}

// MoveDeposit suspends, reinstates or closes a deposit account. Reason is at most 500 bytes.
func (x *Session) MoveDeposit(ctx context.Context, account ledger.AccountID, step MemberStep, reason string) (ledger.Account, error) {
	g, err := x.deposit(ctx, "MoveDeposit", account)
	if err != nil {
		return ledger.Account{}, err
	}
	var r ledger.Request
	switch at := x.s.now(); step {
	case SuspendMember:
		r = ledger.SuspendAccount{Account: account, Reason: reason, At: at}
	case ReinstateMember:
		r = ledger.ReopenAccount{Account: account, Reason: reason, At: at}
	case CloseMember:
		r = ledger.CloseAccount{Account: account, Reason: reason, At: at}
	default:
		return ledger.Account{}, invalid("step %q is none of suspend, reinstate, close", step)
	}
	done, err := g.book("deposit account: "+string(step), r)
	return done.Account, g.noAccount(err, account)
}

// maxBookings bounds how often a booking is tried again because an account changed meanwhile.
const maxBookings = 16

// book carries a request to the ledger out in the person's name, which the ledger itself does not know. Doing the same again changes
// nothing.
func (g *guard) book(action string, r ledger.Request) (ledger.Done, error) {
	var err error
	for range maxBookings {
		var c store.Change
		c, err = g.s.ledger.Change(g.ctx, r)
		if done := (*ledger.DoneError)(nil); errors.As(err, &done) {
			return done.Done, nil
		}
		if err != nil {
			return ledger.Done{}, err
		}
		c.Chain, c.Note = accountsChain(c.At), note(action, g.by(), "change", c.ID)
		if _, err = g.s.apply(g.ctx, c); err == nil {
			continue // what was done is asked of the ledger
		}
		if err = g.s.ledger.Explain(g.ctx, c, err); !errors.Is(err, ledger.ErrChanged) {
			return ledger.Done{}, err
		}
	}
	return ledger.Done{}, err
}
