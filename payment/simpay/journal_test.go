package simpay_test

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// brittle is a journal in memory that can be made to fail.
type brittle struct {
	mu      sync.Mutex
	entries [][]byte
	synced  int
	err     error
}

func (j *brittle) fail(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.err = err
}

func (j *brittle) Entries() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, e := range j.entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func (j *brittle) Append(e []byte) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err == nil {
		j.entries = append(j.entries, slices.Clone(e))
	}
	return nil // as a disk that fails only when it is asked to be certain
}

func (j *brittle) Sync() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err == nil {
		j.synced = len(j.entries)
	}
	return j.err
}

func openJournal(t *testing.T, path string) *simpay.FileJournal {
	t.Helper()
	j, err := simpay.OpenJournal(path)
	require.NoError(t, err)
	t.Cleanup(func() { _ = j.Close() })
	return j
}

func entries(t *testing.T, j simpay.Journal) (all []string) {
	t.Helper()
	for e, err := range j.Entries() {
		require.NoError(t, err)
		all = append(all, string(e))
	}
	return all
}

func TestTheFileOfAJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal")
	j := openJournal(t, path)
	require.Empty(t, entries(t, j))
	want := []string{`[1]`, `[]`, `["` + string(bytes.Repeat([]byte("x"), 200_000)) + `"]`, ``}
	for _, e := range want {
		require.NoError(t, j.Append([]byte(e)))
	}
	require.NoError(t, j.Sync())
	require.Error(t, j.Append([]byte("a\nb")))
	_, err := simpay.OpenJournal(path)
	require.ErrorIs(t, err, simpay.ErrJournal)
	require.ErrorContains(t, err, "in use by another program")
	require.NoError(t, j.Close())

	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	j = openJournal(t, path)
	require.Equal(t, want, entries(t, j))
	require.NoError(t, j.Close())

	// However much of the last two entries a kill has left, what was whole is there and can be added to.
	start := len(whole) - 9 - 200_004 - 10
	for _, left := range []int{start + 1, start + 8, start + 9, start + 100, len(whole) - 11, len(whole) - 1} {
		require.NoError(t, os.WriteFile(path, whole[:left], 0o600))
		j = openJournal(t, path)
		n := len(entries(t, j))
		require.Contains(t, []int{2, 3}, n)
		require.NoError(t, j.Append([]byte("new")))
		require.NoError(t, j.Close())
		j = openJournal(t, path)
		require.Equal(t, append(slices.Clone(want[:n]), "new"), entries(t, j))
		require.NoError(t, j.Close())
	}
}

func TestADamagedJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal")
	for name, text := range map[string]string{
		"a changed byte": "53b7f1f0 [1]\n",
		"no checksum":    "[1]\n",
		"text":           "hello world\n",
		"a short sum":    "5 [1]\n",
	} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
			_, err := simpay.OpenJournal(path)
			require.ErrorIs(t, err, simpay.ErrJournal)
			require.ErrorContains(t, err, "the entry at byte 0 is damaged")
			require.ErrorContains(t, err, path)
			kept, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, text, string(kept), "a damaged file is left alone")
		})
	}
	_, err := simpay.OpenJournal(filepath.Join(path, "under", "a file"))
	require.ErrorIs(t, err, simpay.ErrJournal)
}

func TestAJournalOfAnotherVersion(t *testing.T) {
	for _, e := range []string{`{}`, `[{"kind":"unicorn","row":{}}]`, `[{"kind":"session","row":[]}]`, `nonsense`} {
		j := &brittle{entries: [][]byte{[]byte(e)}}
		_, err := simpay.NewSim(simpay.Options{
			Secrets: []simpay.Secret{secret}, Clock: func() time.Time { return noon }, Terms: simpay.Terms{Currencies: []string{"EUR"}}, Journal: j,
		})
		require.ErrorIs(t, err, simpay.ErrJournal, e)
		require.ErrorContains(t, err, "entry 1")
	}
}

// What can't be kept is not answered, and nothing is answered from then on.
func TestAJournalThatFails(t *testing.T) {
	j := &brittle{}
	b := newBench(t, func(o *simpay.Options) { o.Journal = j })
	b.create("A-1")
	j.fail(errors.New("the disk is full"))
	_, err := b.client.Create(t.Context(), b.request("A-2"))
	require.True(t, b.class(err, payment.Unknown).Sent)
	j.fail(nil)
	_, err = b.client.Query(t.Context(), payment.QueryRequest{Reference: "A-1"})
	b.class(err, payment.Unknown)
	_, err = b.sim.Pay("A-1")
	require.ErrorIs(t, err, simpay.ErrJournal)
	require.ErrorContains(t, err, "the disk is full")
	require.ErrorIs(t, b.sim.Tick(), simpay.ErrJournal)
}

// Nothing is answered before it is certain: at every answer all of the journal has been synced.
func TestAnswersWaitForTheJournal(t *testing.T) {
	j := &brittle{}
	b := newBench(t, func(o *simpay.Options) { o.Journal = j })
	certain := func() {
		j.mu.Lock()
		defer j.mu.Unlock()
		require.Equal(t, len(j.entries), j.synced)
	}
	b.create("A-1")
	certain()
	_, err := b.sim.Pay("A-1")
	require.NoError(t, err)
	certain()
	n := len(j.entries)
	b.query("A-1")
	require.Len(t, j.entries, n, "a query writes nothing")
}

func TestManyShareOneSync(t *testing.T) {
	j := openJournal(t, filepath.Join(t.TempDir(), "journal"))
	b := newBench(t, func(o *simpay.Options) { o.Journal = j })
	var all sync.WaitGroup
	for i := range 64 {
		all.Go(func() { b.paid(fmt.Sprint("A-", i)) })
	}
	all.Wait()
	again := b.restart(j)
	for i := range 64 {
		require.Equal(t, b.query(fmt.Sprint("A-", i)), again.query(fmt.Sprint("A-", i)))
	}
}

// restart makes another Sim of a journal, with the same terms.
func (b *bench) restart(j simpay.Journal, change ...func(*simpay.Options)) *bench {
	b.Helper()
	o := simpay.Options{Secrets: []simpay.Secret{secret}, Clock: b.clock.now, Seed: 1, Terms: b.terms, Journal: j}
	for _, c := range change {
		c(&o)
	}
	s, err := simpay.NewSim(o)
	require.NoError(b, err)
	again := &bench{T: b.T, clock: b.clock, sim: s, terms: b.terms}
	again.client = again.newClient(s.RoundTripper(), secret)
	return again
}

func TestARestartForgetsNothing(t *testing.T) {
	j := &brittle{}
	b := newBench(t, func(o *simpay.Options) { o.Journal = j })
	require.NoError(t, b.sim.Advance(time.Minute))
	first := b.create("A-1")
	require.NoError(t, b.sim.PlanRefunds(simpay.RefundPlan{First: payment.OperationPending, Then: payment.OperationSucceeded, After: time.Hour}))
	id := b.paid("A-2")
	_, err := b.client.Refund(t.Context(), refundOf("R-1", id, eur(1), eur(1250)))
	require.NoError(t, err)
	require.NoError(t, b.sim.Fail(simpay.Fault{Op: simpay.OpCreate, Mode: simpay.Late, After: time.Minute}))
	_, err = b.client.Create(t.Context(), b.request("A-3"))
	b.class(err, payment.Unknown)
	b.held("A-4")

	again := b.restart(j)
	require.Equal(t, noon.Add(time.Minute), again.sim.Now())
	same, err := again.client.Create(t.Context(), b.request("A-1"))
	require.NoError(t, err)
	require.True(t, same.Replay, "keys are known")
	require.Equal(t, first.GatewayRef, same.GatewayRef)
	require.Equal(t, b.query("A-2"), again.query("A-2"))
	require.Len(t, again.events(), 3, "messages that were not sent are still to be")
	require.False(t, again.query("A-3").Found)
	again.clock.add(time.Hour)
	require.True(t, again.query("A-3").Found, "a request that was under way lands")
	require.Equal(t, payment.AttemptExpired, again.query("A-1").State)
	require.Equal(t, payment.OperationSucceeded, again.refundState("R-1"))
	again.clock.add(8 * 24 * time.Hour)
	require.Equal(t, payment.AttemptExpired, again.query("A-4").State, "authorisations lapse")
	require.Equal(t, "payout", string(again.lines("2031-05-06")[2].Kind))
	require.NotEqual(t, again.create("A-5").GatewayRef, first.GatewayRef, "numbers go on")
}
