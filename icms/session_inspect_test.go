package icms_test

import (
	"context"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// Somebody without an account searches, pays at a gateway and inspects, whatever the host calls the person.
func TestSomebodyWithoutAnAccountSearchesPaysAndInspects(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	for _, subject := range []members.Subject{"somebody", "auth0|5f7c8ec7", members.Subject(strings.Repeat("long ", 60)), "#somebody", " spaced "} {
		x, err := w.Session(ctx, subject)
		require.NoError(t, err)
		q, err := x.Search(ctx, icms.Search{Court: "SCT", Reference: "1", Number: number(1)})
		require.NoError(t, err, "%q", subject)
		require.Equal(t, "HKD 14.00", q.Fee.String())
		_, _, err = x.Results(ctx, q.ID, "", 10)
		require.Equal(t, filing.SearchUnpaid, turned(t, err))
		a, err := x.Pay(ctx, payment.StartRequest{Order: q.Order, Gateway: "simpay", Means: payment.Visa})
		require.NoError(t, err, "%q", subject)
		_, err = w.sim.Pay(a.ID)
		require.NoError(t, err)
		a, err = w.AccountsOffice().Cashier().Check(ctx, a.ID)
		require.NoError(t, err)
		require.Equal(t, payment.AttemptSucceeded, a.State)
		mine, _, err := x.Searches(ctx, "", 10)
		require.NoError(t, err)
		require.Len(t, mine, 1)
		require.Equal(t, icms.SearchOpen, mine[0].State)
		r, err := x.Receipt(ctx, q.Order)
		require.NoError(t, err)
		require.Equal(t, r.Number.String(), mine[0].Receipt)
		found, _, err := x.Results(ctx, q.ID, "", 10)
		require.NoError(t, err)
		require.Len(t, found, 1)
		_, err = x.InspectCase(ctx, q.ID, number(1))
		require.NoError(t, err)
		papers, _, err := x.InspectPapers(ctx, q.ID, number(1), "", 10)
		require.NoError(t, err)
		require.NotEmpty(t, papers)
		f, err := x.InspectFile(ctx, q.ID, number(1), papers[1].Serial, 0)
		require.NoError(t, err)
		_, err = io.Copy(io.Discard, io.NewSectionReader(f, 0, f.Size()))
		require.NoError(t, err)
		require.NoError(t, f.Close())
		other, err := w.Session(ctx, subject+"2")
		require.NoError(t, err)
		_, _, err = other.Results(ctx, q.ID, "", 10)
		require.ErrorIs(t, err, icms.ErrNotFound, "it is somebody else's")
	}
	_, err := w.as("").Search(ctx, icms.Search{Court: "SCT", Reference: "1", Number: number(1)})
	var denied *icms.DeniedError
	require.ErrorAs(t, err, &denied)
	require.Equal(t, filing.AccessUnidentified, denied.Finding.Code)
	w.proven()
}

// reading is a store that counts the records that are got one by one.
type reading struct {
	store.Store
	got atomic.Int64
}

func (x *reading) Get(ctx context.Context, kind, id string) (store.Record, error) {
	x.got.Add(1)
	return x.Store.Get(ctx, kind, id)
}

// A page of results reads no file of a case that is open, however many there are on it.
func TestAPageOfResultsReadsNoFiles(t *testing.T) {
	w := newTown(t)
	w.court.Inspection.Item = ""
	x := &reading{Store: w.store}
	w.store = x
	w.open(nil)
	s := w.as("stranger")
	reads := func(number, party string) (int, int64) {
		q, err := s.Search(t.Context(), icms.Search{Court: "SCT", Reference: number + party, Number: number, Party: party})
		require.NoError(t, err)
		x.got.Store(0)
		page, _, err := s.Results(t.Context(), q.ID, "", 100)
		require.NoError(t, err)
		return len(page), x.got.Load()
	}
	one, forOne := reads("", "defendant 00001")
	all, forAll := reads("", "defendant")
	require.Equal(t, []int{1, 2}, []int{one, all})
	require.Equal(t, forOne, forAll)
}
