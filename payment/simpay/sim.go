package simpay

import (
	"errors"
	"fmt"
	"html/template"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"courts.example/eservices/icms/money"
)

// The kinds of error of a Sim; test with errors.Is.
var (
	// ErrOptions says that the options can't be used.
	ErrOptions = errors.New("simpay: options")
	// ErrNotThere says that there is no such session, payment, refund or dispute.
	ErrNotThere = errors.New("simpay: not there")
	// ErrState says that the state of the thing does not allow it.
	ErrState = errors.New("simpay: not in this state")
	// ErrJournal says that the journal can't be read or written. A Sim that could not write answers nothing any more.
	ErrJournal = errors.New("simpay: journal")
)

// Options say how a Sim behaves.
type Options struct {
	// Secrets are shared with the merchant, at least one of MinSecret bytes. Every one opens the API, and notifications are signed with
	// every one, so that the merchant can change over from one to the next.
	Secrets []Secret
	// Terms are what was agreed with the merchant.
	Terms Terms
	// Clock gives the time; required.
	Clock func() time.Time
	// Journal keeps what the Sim knows; nil keeps it in memory alone.
	Journal Journal
	// Seed makes the rates of faults repeatable.
	Seed uint64
	// Fees is what the company keeps of each payment; the zero value keeps nothing.
	Fees Fees
	// Days says on which day money counts; the zero value has days of UTC without holidays.
	Days Days
	// Control opens the control API to who shows it; the empty value closes it.
	Control Secret
	// HTTP delivers notifications; nil delivers by a transport of the Sim's own.
	HTTP http.RoundTripper
	// Canary is a text, such as the number of a test card, that the Sim slips into codes, details and references, to find out where a
	// merchant lets them through. Empty for none.
	Canary string
}

// Fees is what the company keeps of a payment: Fixed minor units and a Rate of the amount, rounded half up.
type Fees struct {
	Rate  money.Rate
	Fixed int64
}

// Sim is the simulated company: its books, its hosted page, its notifications and its settlement. Make it by NewSim; its methods are safe
// for concurrent use.
type Sim struct {
	o       Options
	deliver *http.Client
	page    *template.Template

	mu     sync.Mutex
	books  books
	random *rand.Rand
	faults faultPlan
	notify NotifyPlan
	refund RefundPlan
	held   bool
	counts map[Op]int
	// secrets are the current ones: they can be changed.
	secrets []Secret
	// broken is set once the journal failed; from then on nothing is answered.
	broken error
	// news wakes Run.
	news chan struct{}
}

// NewSim makes a Sim, and has it know what its journal holds. It starts nothing. Its errors wrap ErrOptions or ErrJournal.
func NewSim(o Options) (*Sim, error) {
	if err := checkSecrets(o.Secrets); err != nil {
		return nil, err
	}
	if o.Control != "" && len(o.Control) < MinSecret {
		return nil, fmt.Errorf("%w: Control has %d bytes, at least %d are needed", ErrOptions, len(o.Control), MinSecret)
	}
	if o.Clock == nil {
		return nil, fmt.Errorf("%w: Clock is not set", ErrOptions)
	}
	terms, err := o.Terms.complete()
	if err != nil {
		return nil, err
	}
	o.Terms = terms
	if o.Days, err = o.Days.complete(); err != nil {
		return nil, err
	}
	if o.Fees.Fixed < 0 || o.Fees.Fixed > maxMinor {
		return nil, fmt.Errorf("%w: Fees.Fixed is %d", ErrOptions, o.Fees.Fixed)
	}
	page, err := parsePage()
	if err != nil {
		return nil, err
	}
	s := &Sim{
		o: o, page: page, books: newBooks(), counts: map[Op]int{}, news: make(chan struct{}, 1),
		random:  rand.New(rand.NewPCG(o.Seed, 0)),
		secrets: append([]Secret(nil), o.Secrets...),
	}
	s.deliver = deliverer(o.HTTP)
	if o.Journal != nil {
		if err := s.books.replay(o.Journal); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// now is the Sim's time: the clock's, and as far ahead as Advance went.
func (s *Sim) now() time.Time {
	return s.o.Clock().Add(s.books.settings.Ahead).Round(0).UTC()
}

// do runs f with the books up to date and locked, has the journal keep what changed, and returns only when that is certain. The change
// of an f that fails is kept too: f must not change anything before it knows that it will not fail.
func (s *Sim) do(f func(now time.Time) error) error {
	s.mu.Lock()
	err := s.broken
	if err == nil {
		now := s.now()
		s.tick(now)
		err = f(now)
		s.write()
	}
	s.mu.Unlock()
	if failed := s.sync(); failed != nil {
		return failed
	}
	return err
}

// write hands the changed rows to the journal; the lock is held.
func (s *Sim) write() {
	changed := s.books.taken()
	if s.o.Journal == nil || len(changed) == 0 {
		return
	}
	entry, err := encodeRows(changed)
	if err == nil {
		err = s.o.Journal.Append(entry)
	}
	if err != nil {
		s.broken = fmt.Errorf("%w: %w; restart the program with a journal that can be written", ErrJournal, err)
	}
}

// sync waits until all that was written is certain. What others wrote counts too: an answer may tell of it.
func (s *Sim) sync() error {
	if s.o.Journal == nil {
		return nil
	}
	err := s.o.Journal.Sync()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil && s.broken == nil {
		s.broken = fmt.Errorf("%w: %w; restart the program with a journal that can be written", ErrJournal, err)
	}
	return s.broken
}

// Advance sets the Sim's time forward, and has done all that comes due by then. It is journaled. A negative d is refused with ErrState.
func (s *Sim) Advance(d time.Duration) error {
	if d < 0 {
		return fmt.Errorf("%w: time can't be set back by %v", ErrState, -d)
	}
	return s.do(func(time.Time) error {
		s.books.settings.Ahead += d
		s.books.put(s.books.settings)
		s.tick(s.now())
		return nil
	})
}

// Tick does all that has come due: sessions expire, authorisations lapse, refunds end, requests land, days are closed. Every other method
// begins with it; it is needed only to have the notifications of what came due.
func (s *Sim) Tick() error { return s.do(func(time.Time) error { return nil }) }

// Now gives the Sim's time.
func (s *Sim) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now()
}

// SetSecrets changes the secrets, as when one is replaced: first to the new and the old, later to the new alone. A Sim
// that is made anew has those of its Options.
func (s *Sim) SetSecrets(secrets ...Secret) error {
	if err := checkSecrets(secrets); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.secrets = append([]Secret(nil), secrets...)
	return nil
}
