package icms_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/payment"
)

// searcher is a registered user that is party to nothing, and has the account that pays; stranger is a person without an account.
var (
	searcher = icms.Filer{Organisation: "sample-utilities", User: "clerk-2"}
	stranger = icms.Filer{Organisation: "public:somebody", User: "somebody"}
)

// byParty is a search for the name of a party.
func byParty(text string) icms.Search {
	return icms.Search{Court: "SCT", By: searcher, Reference: "S-" + text, Party: text}
}

// look asks for a search.
func (c *counter) look(in icms.Search) icms.Searched {
	c.t.Helper()
	q, err := c.Inspection().Search(c.t.Context(), in)
	require.NoError(c.t, err)
	return q
}

// bought asks for a search and pays it from the account, or at the counter for somebody who has none.
func (c *counter) bought(in icms.Search) icms.Searched {
	c.t.Helper()
	q := c.look(in)
	var err error
	if in.By.Organisation == searcher.Organisation {
		_, err = c.AccountsOffice().PayFromAccount(c.t.Context(), q.Order, account, in.By)
	} else {
		_, err = c.AccountsOffice().Collect(c.t.Context(), q.Order, "slip-"+q.ID[len(q.ID)-8:], registrar)
	}
	require.NoError(c.t, err)
	q, err = c.Inspection().Asked(c.t.Context(), q.ID)
	require.NoError(c.t, err)
	require.Equal(c.t, icms.SearchOpen, q.State)
	return q
}

// found lists what a search finds, in pages of a size.
func (c *counter) found(q icms.Searched, size int) []string {
	c.t.Helper()
	out, after := []string{}, ""
	for {
		page, next, err := c.Inspection().Results(c.t.Context(), q.ID, after, size)
		require.NoError(c.t, err)
		require.LessOrEqual(c.t, len(page), size)
		for _, f := range page {
			out = append(out, f.Number)
		}
		if after = next; next == "" {
			return out
		}
	}
}

// turned gives the code of a refusal by the court's rules.
func turned(t testing.TB, err error) filing.Code { return filing.Code(refusal(t, err)) }

func TestASearchIsPaidAndOpenForItsTime(t *testing.T) {
	c := newCase(t)
	before := c.balance()
	q := c.look(byParty("defendant"))
	require.Equal(t, icms.SearchAsked, q.State)
	require.Equal(t, "HKD 14.00", q.Fee.String())
	require.Equal(t, []string{string(filing.SearchLimited)}, codes(q.Findings), "what it can't find is said before it is paid for")
	require.Equal(t, before, c.balance())
	_, _, err := c.Inspection().Results(t.Context(), q.ID, "", 0)
	require.Equal(t, filing.SearchUnpaid, turned(t, err))
	_, err = c.Inspection().Case(t.Context(), q.ID, firstCase)
	require.Equal(t, filing.SearchUnpaid, turned(t, err))

	c.set("2026-03-02 11:00:00")
	r, err := c.AccountsOffice().PayFromAccount(t.Context(), q.Order, account, searcher)
	require.NoError(t, err)
	require.Equal(t, "search", r.Purpose)
	q = c.look(byParty("defendant"))
	require.Equal(t, icms.SearchOpen, q.State)
	require.Equal(t, r.Number.String(), q.Receipt)
	require.Equal(t, hk("2026-03-02 11:00:00").UTC(), q.Opened)
	require.Equal(t, hk("2026-03-03 11:00:00").UTC(), q.Ends)
	require.Equal(t, []string{firstCase, "SCTC000002/2026"}, c.found(q, 100))
	inbox, _, err := c.Messages().Inbox(t.Context(), searcher.Organisation, "", 100)
	require.NoError(t, err)
	require.Contains(t, inbox[0].Body.In("en"), "receipt "+q.Receipt)

	c.set("2026-03-03 10:59:59")
	require.Len(t, c.found(q, 1), 2)
	c.set("2026-03-03 11:00:00")
	_, _, err = c.Inspection().Results(t.Context(), q.ID, "", 0)
	require.Equal(t, filing.AccessEnded, turned(t, err))
	_, err = c.Inspection().Open(t.Context(), q.ID, firstCase, 0, 0)
	require.Equal(t, filing.AccessEnded, turned(t, err))
	require.Equal(t, icms.SearchEnded, c.look(byParty("defendant")).State, "its reference stays its own")
	mine, next, err := c.Inspection().AskedBy(t.Context(), searcher.Organisation, "", 0)
	require.NoError(t, err)
	require.Empty(t, next)
	require.Len(t, mine, 1)
	c.proven()
}

func TestAStrangerPaysForASearchAtAGateway(t *testing.T) {
	x := newTill(t, false)
	require.NotEmpty(t, x.file(claims(1, "A")).ID)
	q := x.look(icms.Search{Court: "SCT", By: stranger, Reference: "1", Number: firstCase})
	a, err := x.AccountsOffice().Cashier().Start(t.Context(), payment.StartRequest{Order: q.Order, Gateway: "simpay", Means: payment.Visa, By: "somebody"})
	require.NoError(t, err)
	_, err = x.sim.Pay(a.ID)
	require.NoError(t, err)
	x.set("2026-03-02 12:00:00") // the message that it is paid came late: no time is lost
	require.Equal(t, payment.AttemptSucceeded, x.check(a).State)
	q = x.look(icms.Search{Court: "SCT", By: stranger, Reference: "1", Number: firstCase})
	require.Equal(t, icms.SearchOpen, q.State)
	require.Equal(t, hk("2026-03-03 12:00:00").UTC(), q.Ends)
	require.Empty(t, x.found(q, 10), "the batch is not paid: there is no such case, and the answer costs the same")
	x.proven()
}

func TestAnOrderThatEndedIsReplacedAtTheFeeOfThen(t *testing.T) {
	c := newCase(t)
	q := c.look(byParty("defendant"))
	require.NoError(t, c.AccountsOffice().Withdraw(t.Context(), q.Order, "not wanted", registrar))
	c.set("2027-11-01 10:00:00") // the concession is over
	again := c.look(byParty("defendant"))
	require.NotEqual(t, q.Order, again.Order)
	require.Equal(t, q.ID, again.ID)
	require.Equal(t, "HKD 18.00", again.Fee.String())
	require.Equal(t, again.Order, c.look(byParty("defendant")).Order)
	require.NotEmpty(t, c.found(c.bought(byParty("defendant")), 10))
	c.proven()
}

// What a host pays with its own hand, past the counter, opens when the search is asked for again.
func TestASearchThatWasPaidPastTheCounter(t *testing.T) {
	c := newCase(t)
	q := c.look(byParty("defendant"))
	orders := c.AccountsOffice().Orders()
	o, err := orders.Get(t.Context(), q.Order)
	require.NoError(t, err)
	step, err := orders.Debit(t.Context(), o, account, payment.Number{Series: "host", N: 1}, c.now())
	require.NoError(t, err)
	_, err = orders.Apply(t.Context(), step.Change)
	require.NoError(t, err)
	q = c.look(byParty("defendant"))
	require.Equal(t, icms.SearchOpen, q.State)
	require.Equal(t, "host/000001", q.Receipt)
	require.Len(t, c.found(q, 10), 2)
}

func TestSearchesThatRace(t *testing.T) {
	c := newCase(t)
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			q, err := c.Inspection().Search(t.Context(), byParty("defendant"))
			require.NoError(t, err)
			_, err = c.AccountsOffice().PayFromAccount(t.Context(), q.Order, account, searcher)
			require.NoError(t, err)
		})
	}
	wg.Wait()
	orders, _, err := c.AccountsOffice().Orders().List(t.Context(), payment.Query{For: payment.Subject{Kind: "search", ID: c.look(byParty("defendant")).ID}})
	require.NoError(t, err)
	require.Len(t, orders, 1, "paid once")
	c.proven()
}

// A process may die at every change on the way from asking to looking; who asks again gets what was paid for, and pays once.
func TestASearchOutlivesItsProcess(t *testing.T) {
	for _, after := range []bool{false, true} {
		for n := int64(1); n < 20; n++ {
			c := newCase(t)
			was := c.balance()
			whole := c.store
			dying := &mortal{Store: whole, after: after}
			dying.left.Store(n)
			c.store = dying
			c.open()
			one := func() error {
				q, err := c.Inspection().Search(t.Context(), byParty("defendant"))
				if err == nil {
					_, err = c.AccountsOffice().PayFromAccount(t.Context(), q.Order, account, searcher)
				}
				return err
			}
			died := one() != nil
			c.store = whole
			c.open()
			require.NoError(t, one())
			require.Len(t, c.found(c.look(byParty("defendant")), 10), 2)
			require.NotEqual(t, was, c.balance())
			require.Equal(t, icms.SearchOpen, c.bought(byParty("defendant")).State)
			c.proven()
			if !died {
				require.Greater(t, n, int64(3))
				break
			}
		}
	}
}

func TestWhatASearchRefuses(t *testing.T) {
	c := newCase(t)
	for want, edit := range map[filing.Code]func(*icms.Search){
		filing.SearchEmpty: func(q *icms.Search) { q.Party = "" },
		filing.SearchName:  func(q *icms.Search) { q.Party = "..." },
		filing.SearchDates: func(q *icms.Search) {
			q.From, q.Until = calendar.MustDate("2026-03-02"), calendar.MustDate("2026-03-01")
		},
		filing.SearchBefore:     func(q *icms.Search) { q.Until = calendar.MustDate("2024-10-30") },
		filing.CoverageType:     func(q *icms.Search) { q.Type = "appeal" },
		filing.CoverageExcluded: func(q *icms.Search) { q.Type = "ordinary_claim" },
	} {
		in := byParty("defendant")
		edit(&in)
		_, err := c.Inspection().Search(t.Context(), in)
		require.Equal(t, want, turned(t, err))
	}
	c.look(byParty("defendant"))
	other := byParty("defendant")
	other.Party = "somebody"
	_, err := c.Inspection().Search(t.Context(), other)
	require.Equal(t, filing.SearchReference, turned(t, err))
	for name, edit := range map[string]func(*icms.Search){
		"nobody":       func(q *icms.Search) { q.By = icms.Filer{} },
		"bar":          func(q *icms.Search) { q.By.Organisation = "a|b" },
		"long":         func(q *icms.Search) { q.By.Organisation = strings.Repeat("a", 101) },
		"no reference": func(q *icms.Search) { q.Reference = "" },
		"a number":     func(q *icms.Search) { q.Number = "\x00" },
	} {
		in := byParty("defendant")
		edit(&in)
		_, err := c.Inspection().Search(t.Context(), in)
		require.ErrorIs(t, err, icms.ErrInvalid, name)
	}
	in := byParty("defendant")
	in.Court = "XX"
	_, err = c.Inspection().Search(t.Context(), in)
	require.ErrorIs(t, err, icms.ErrUnknownCourt)
	_, err = c.Inspection().Asked(t.Context(), "SCT/0")
	require.ErrorIs(t, err, icms.ErrNotFound)
}

func TestWhatACourtDoesNotOffer(t *testing.T) {
	c := newCase(t)
	c.set("2024-10-30 10:00:00")
	_, err := c.Inspection().Search(t.Context(), byParty("defendant"))
	require.Equal(t, filing.CoverageNone, turned(t, err), "the day before the first")
	c.set("2026-03-02 10:00:00")
	for want, edit := range map[filing.Code]func(*icms.Court){
		filing.CoverageNone: func(court *icms.Court) { court.Inspection = icms.InspectionPolicy{} },
		filing.SearchFee:    func(court *icms.Court) { court.Inspection.Item = "nothing" },
	} {
		before := c.court
		edit(&c.court)
		c.open()
		_, err := c.Inspection().Search(t.Context(), byParty("defendant"))
		require.Equal(t, want, turned(t, err))
		c.court = before
	}
	whole := c.court
	c.court.Coverage = nil
	c.open()
	c.set("2024-10-30 23:59:59")
	_, err = c.Inspection().Search(t.Context(), byParty("defendant"))
	require.Equal(t, filing.SearchFee, turned(t, err), "no source says what it cost before")
	c.set("2024-10-31 00:00:00")
	require.Equal(t, "HKD 14.00", c.look(byParty("defendant")).Fee.String())
	c.set("2026-03-02 10:00:00")
	c.court = whole
	free := c.court
	free.Inspection = icms.InspectionPolicy{Open: time.Hour}
	c.court = free
	c.open()
	in := byParty("defendant")
	in.Reference = "free"
	q := c.look(in)
	require.Equal(t, icms.SearchOpen, q.State, "there is nothing to pay")
	require.Len(t, c.found(q, 10), 2)
	for _, bad := range []icms.InspectionPolicy{{Item: "search"}, {Open: -1}, {Open: 1, Parties: []string{"dance"}}} {
		c.court.Inspection = bad
		_, err := icms.New(icms.Options{Store: c.store, Blobs: c.blobs, Courts: []icms.Court{c.court}})
		require.ErrorContains(t, err, "Inspection")
	}
}
