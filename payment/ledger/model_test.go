package ledger_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

// model is a ledger in plain maps: what the real one must agree with after every step.
type model struct {
	t        *rapid.T
	books    books
	prefix   string // keeps the runs of one store apart
	accounts [2]ledger.AccountID
	posted   map[ledger.AccountID]int64
	held     map[ledger.AccountID]int64
	status   map[ledger.AccountID]ledger.Status
	holds    map[string]*modelHold
	entries  map[string]modelEntry
	floor    int64
	wholes   int // counts the caller's own changes
}

type modelHold struct {
	account ledger.AccountID
	amount  int64
	state   ledger.HoldState
	taken   int64
}

// modelEntry is what an id was used for, and whether it was reversed since.
type modelEntry struct {
	request  string
	postings map[ledger.AccountID]int64
	reversed bool
}

// do carries out a request in one of the ways a caller has, and expects the outcome that the model foretells.
func (m *model) do(r ledger.Request, want error, replay bool) {
	if rapid.Bool().Draw(m.t, "merged") {
		m.merge(r, want, replay)
		return
	}
	done, err := m.books.Do(m.books.ctx, r)
	require.ErrorIs(m.t, err, want)
	require.Equal(m.t, replay, done.Replayed)
}

// merge does it inside a change of the caller's own.
func (m *model) merge(r ledger.Request, want error, replay bool) {
	if replay {
		want = ledger.ErrDone
	}
	c, err := m.books.Change(m.books.ctx, r)
	if err == nil {
		m.wholes++
		whole := store.Change{ID: fmt.Sprintf("%s whole %d", m.prefix, m.wholes), At: monday}
		whole.Merge(c)
		_, err = m.books.store.Apply(m.books.ctx, whole)
		err = m.books.Explain(m.books.ctx, whole, err)
	}
	require.ErrorIs(m.t, err, want)
}

// post expects an entry of these postings under the id, as the model allows it, and takes it over when it does.
func (m *model) post(id string, r ledger.Request, postings map[ledger.AccountID]int64) {
	request := fmt.Sprintf("%T%+v", r, r)
	if before, ok := m.entries[id]; ok {
		if before.request == request {
			m.do(r, nil, true)
		} else {
			m.do(r, ledger.ErrConflict, false)
		}
		return
	}
	if want := m.refusal(postings); want != nil {
		m.do(r, want, false)
		return
	}
	m.do(r, nil, false)
	for a, amount := range postings {
		m.posted[a] += amount
	}
	m.entries[id] = modelEntry{request: request, postings: postings}
}

// refusal foretells why postings are refused, nil when they are not.
func (m *model) refusal(postings map[ledger.AccountID]int64) error {
	for _, a := range m.accounts {
		if postings[a] != 0 && m.status[a] == ledger.Suspended {
			return ledger.ErrSuspended
		}
	}
	for _, a := range m.accounts {
		if postings[a] < 0 && m.posted[a]-m.held[a]+postings[a] < m.floor {
			return ledger.ErrInsufficient
		}
	}
	return nil
}

func (m *model) account() ledger.AccountID {
	return rapid.SampledFrom(m.accounts[:]).Draw(m.t, "account")
}

// amount is small, so that balances run out often.
func (m *model) amount() int64 { return rapid.Int64Range(1, 9).Draw(m.t, "amount") }

// id is one of few, so that requests meet their like again.
func (m *model) id(kind string) string {
	return fmt.Sprintf("%s %s %d", m.prefix, kind, rapid.IntRange(0, 7).Draw(m.t, "id"))
}

func (m *model) topUp(*rapid.T) {
	a, n := m.account(), m.amount()
	r := ledger.TopUp{From: bank, Reference: m.id("t"), Account: a, Amount: cents(n), At: monday}
	m.post(r.EntryID(), r, map[ledger.AccountID]int64{a: n, bank: -n})
}

func (m *model) debit(*rapid.T) {
	a, n := m.account(), m.amount()
	r := ledger.Debit{ID: m.id("d"), Account: a, To: fee(n), At: monday}
	m.post(r.ID, r, map[ledger.AccountID]int64{a: -n, filing: n})
}

func (m *model) transfer(*rapid.T) {
	from, n := m.account(), m.amount()
	to := m.accounts[0]
	if from == to {
		to = m.accounts[1]
	}
	r := ledger.Transfer{ID: m.id("x"), From: from, To: to, Amount: cents(n), At: monday}
	m.post(r.ID, r, map[ledger.AccountID]int64{from: -n, to: n})
}

func (m *model) reverse(*rapid.T) {
	r := ledger.Reverse{ID: m.id("r"), Entry: m.id("d"), At: monday}
	wrong, ok := m.entries[r.Entry]
	if !ok {
		m.do(r, ledger.ErrNoEntry, false)
		return
	}
	if _, used := m.entries[r.ID]; !used && wrong.reversed {
		want := ledger.ErrConflict
		if refusal := m.refusal(opposite(wrong.postings)); refusal == ledger.ErrSuspended {
			want = refusal
		}
		m.do(r, want, false)
		return
	}
	m.post(r.ID, r, opposite(wrong.postings))
	if e, ok := m.entries[r.ID]; ok && e.request == fmt.Sprintf("%T%+v", r, r) {
		wrong.reversed = true
		m.entries[r.Entry] = wrong
	}
}

func opposite(postings map[ledger.AccountID]int64) map[ledger.AccountID]int64 {
	out := make(map[ledger.AccountID]int64, len(postings))
	for a, n := range postings {
		out[a] = -n
	}
	return out
}

func (m *model) place(*rapid.T) {
	r := ledger.Place{ID: m.id("h"), Account: m.account(), Amount: cents(m.amount()), At: monday}
	n := r.Amount.Minor()
	if h, ok := m.holds[r.ID]; ok {
		if h.account == r.Account && h.amount == n {
			m.do(r, nil, true)
		} else {
			m.do(r, ledger.ErrConflict, false)
		}
		return
	}
	if want := m.refusal(map[ledger.AccountID]int64{r.Account: -n}); want != nil {
		m.do(r, want, false)
		return
	}
	m.do(r, nil, false)
	m.held[r.Account] += n
	m.holds[r.ID] = &modelHold{account: r.Account, amount: n, state: ledger.Held}
}

func (m *model) capture(*rapid.T) {
	n := m.amount()
	r := ledger.Capture{Hold: m.id("h"), To: fee(n), At: monday}
	h, ok := m.holds[r.Hold]
	switch {
	case !ok || h.state == ledger.Released && n <= h.amount:
		m.do(r, ledger.ErrHold, false)
	case n > h.amount:
		m.do(r, ledger.ErrInvalid, false)
	case h.state == ledger.Captured && n == h.taken:
		m.do(r, nil, true)
	case h.state == ledger.Captured:
		m.do(r, ledger.ErrConflict, false)
	default: // whatever the account's status
		m.do(r, nil, false)
		h.state, h.taken = ledger.Captured, n
		m.held[h.account] -= h.amount
		m.posted[h.account] -= n
		m.posted[filing] += n
	}
}

func (m *model) release(*rapid.T) {
	r := ledger.Release{Hold: m.id("h"), At: monday}
	h, ok := m.holds[r.Hold]
	switch {
	case !ok || h.state == ledger.Captured:
		m.do(r, ledger.ErrHold, false)
	case h.state == ledger.Released:
		m.do(r, nil, true)
	default:
		m.do(r, nil, false)
		h.state = ledger.Released
		m.held[h.account] -= h.amount
	}
}

func (m *model) suspend(*rapid.T) {
	a := m.account()
	m.do(ledger.SuspendAccount{Account: a, At: monday}, nil, m.status[a] == ledger.Suspended)
	m.status[a] = ledger.Suspended
}

func (m *model) reopen(*rapid.T) {
	a := m.account()
	m.do(ledger.ReopenAccount{Account: a, At: monday}, nil, m.status[a] == ledger.Open)
	m.status[a] = ledger.Open
}

// check compares the balances.
func (m *model) check(*rapid.T) {
	for _, a := range m.accounts {
		b, err := m.books.Balance(m.books.ctx, a)
		require.NoError(m.t, err)
		require.Equal(m.t, cents(m.posted[a]), b.Posted)
		require.Equal(m.t, cents(m.held[a]), b.Held)
	}
}

// end compares what takes longer to ask: the statements and the accounts.
func (m *model) end() {
	for _, a := range m.accounts {
		s, err := m.books.Statement(m.books.ctx, ledger.StatementQuery{Account: a, Limit: 1000})
		require.NoError(m.t, err)
		require.Equal(m.t, cents(m.posted[a]), s.Closing)
		account, err := m.books.Account(m.books.ctx, a)
		require.NoError(m.t, err)
		require.Equal(m.t, m.status[a], account.Status)
	}
}

// TestAgainstAModel does random requests, replays and conflicting replays among them, each alone or merged into a larger change, and compares
// with the model after each.
func TestAgainstAModel(t *testing.T) {
	s := openStore(t, filepath.Join(t.TempDir(), "books.db"))
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		floor := rapid.SampledFrom([]int64{0, -5, 3}).Draw(rt, "floor")
		l, err := ledger.New(ledger.Options{Store: s, Terms: ledger.Terms{Floors: []money.Amount{cents(floor)}}})
		require.NoError(rt, err)
		org := fmt.Sprint("org", run)
		m := &model{
			t: rt, books: books{l, t, t.Context(), s}, prefix: fmt.Sprint(run), floor: floor,
			accounts: [2]ledger.AccountID{ledger.Deposit(org, ledger.Main), ledger.Deposit(org, "branch")},
			posted:   map[ledger.AccountID]int64{}, held: map[ledger.AccountID]int64{},
			status: map[ledger.AccountID]ledger.Status{}, holds: map[string]*modelHold{}, entries: map[string]modelEntry{},
		}
		for _, a := range m.accounts {
			m.books.must(ledger.OpenAccount{Account: a, Currency: hkd, At: monday})
			m.status[a] = ledger.Open
		}
		rt.Repeat(map[string]func(*rapid.T){
			"top up": m.topUp, "debit": m.debit, "transfer": m.transfer, "reverse": m.reverse, "place": m.place,
			"capture": m.capture, "release": m.release, "suspend": m.suspend, "reopen": m.reopen, "": m.check,
		})
		m.end()
	})
	booksOn(t, s, ledger.Terms{}).proven()
}
