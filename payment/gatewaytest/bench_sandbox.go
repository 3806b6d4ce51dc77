package gatewaytest

import (
	"errors"
	"time"

	"courts.example/eservices/payment"
)

// act has the payer do something; it says whether the company let him.
func (b *bench) act(ref string, a Act) bool {
	b.Helper()
	p, ok := b.s.(Payer)
	if !ok {
		leave(b, NotChecked, "the sandbox has no Payer")
	}
	err := p.Act(ref, a)
	if errors.Is(err, ErrRefused) {
		return false
	}
	b.offered(err, "Act "+string(a.Deed))
	return true
}

// must is act that must be let.
func (b *bench) must(ref string, a Act) {
	b.Helper()
	if !b.act(ref, a) {
		b.Fatalf("the company did not let the payer of %s %s", ref, a.Deed)
	}
}

// offered ends the case when the sandbox does not offer something, and fails it for another error.
func (b *bench) offered(err error, what string) {
	b.Helper()
	if errors.Is(err, ErrNotOffered) {
		leave(b, NotChecked, "the sandbox does not offer "+what)
	}
	if err != nil {
		b.Fatalf("sandbox: %s: %v", what, err)
	}
}

// paid starts an attempt that is paid at once, and gives its only payment.
func (b *bench) paid() (string, payment.GatewayPayment) {
	b.Helper()
	ref := b.start()
	b.must(ref, Act{Deed: Pay})
	return ref, b.payment(ref)
}

// payment gives an attempt's only payment.
func (b *bench) payment(ref string) payment.GatewayPayment {
	b.Helper()
	q := b.query(ref)
	if len(q.Payments) != 1 {
		b.Fatalf("Query %s: %d payments after one was made", ref, len(q.Payments))
	}
	return q.Payments[0]
}

// book reads what the company holds.
func (b *bench) book(ref string) Book {
	b.Helper()
	books, ok := b.s.(Books)
	if !ok {
		leave(b, NotChecked, "the sandbox has no Books")
	}
	book, err := books.Book(ref)
	b.offered(err, "Book")
	return book
}

// asked reads what the company understood of a request.
func (b *bench) asked(ref string) payment.CreateRequest {
	b.Helper()
	asked := b.book(ref).Asked
	if asked == nil {
		leave(b, NotChecked, "the sandbox's Books do not show what was asked")
	}
	return *asked
}

// effects makes sure of the number of attempts that the company has started.
func (b *bench) effects(ref string, want int) {
	b.Helper()
	if got := b.book(ref).Attempts; got != want {
		b.Errorf("the company holds %d attempts of %s, must be %d", got, ref, want)
	}
}

// wait moves the clock.
func (b *bench) wait(d time.Duration) {
	b.Helper()
	c, ok := b.s.(Clock)
	if !ok {
		leave(b, NotChecked, "the sandbox has no Clock")
	}
	b.offered(c.Advance(d), "Advance")
}

// fault spoils the connection.
func (b *bench) fault(f Fault) Trouble {
	b.Helper()
	s, ok := b.s.(Faulter)
	if !ok {
		leave(b, NotChecked, "the sandbox has no Faulter")
	}
	trouble, err := s.Fault(f, Changes)
	b.offered(err, "the fault "+string(f))
	return trouble
}
