package icms_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/fees"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/payment"
)

func TestAReopeningCountsThoughTheClockJumpedBack(t *testing.T) {
	c := newCounter(t, "2024-11-14 09:30:00", 1000)
	_, err := c.Registry().Announce(t.Context(), "SCT", icms.BothOffices, typhoon(""), officer)
	require.NoError(t, err)
	in := batch(replaceAll(claims(1, "INV"), "2026-01", "2024-01"))
	pending, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.True(t, pending.Pending)
	c.set("2024-11-14 09:00:00")
	announced, err := c.Registry().Announce(t.Context(), "SCT", icms.BothOffices, typhoon("2024-11-14 12:20:00"), officer)
	require.NoError(t, err)
	require.Equal(t, []string{pending.ID}, announced.Completed)
}

// shiftingBytes gives other bytes from the third reading of the file on.
type shiftingBytes struct {
	first, later *strings.Reader
	starts       int
}

func (s *shiftingBytes) ReadAt(b []byte, at int64) (int, error) {
	if at == 0 {
		s.starts++
	}
	if s.starts > 2 {
		return s.later.ReadAt(b, at)
	}
	return s.first.ReadAt(b, at)
}

func TestWhatIsFiledIsWhatWasTakenIn(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	in := batch(claims(1, "AAA", "20000"))
	in.Claims.Bytes = &shiftingBytes{first: strings.NewReader(claims(1, "AAA", "20000")), later: strings.NewReader(claims(1, "BBB", "30000"))}
	r, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	entry, err := c.CauseBook().Case(t.Context(), "SCT", r.Acknowledgement.FirstCase)
	require.NoError(t, err)
	require.Equal(t, "HKD 20000.00", entry.Amount.String(), "the bytes that the acknowledgement certifies")
}

func TestAccountsThatCantPay(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	in := batch(claims(1, "INV"))
	in.Account = "deposit:x"
	_, err := c.Registry().Preflight(t.Context(), in)
	require.ErrorIs(t, err, icms.ErrInvalid, "said before anything is kept")
	in.Account = "deposit:somebody-else/main"
	_, err = c.Registry().File(t.Context(), in)
	require.ErrorIs(t, err, icms.ErrForbidden)
	in = batch(claims(1, "INV"))
	in.By.Organisation, in.Account = "somebody-else", "deposit:somebody-else/main"
	_, err = c.Registry().File(t.Context(), in)
	require.ErrorIs(t, err, icms.ErrForbidden, "only the claimant files its claims")

	in = batch(claims(1, "INV"))
	in.Account = ""
	r, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Accepted, r.State)
	require.ErrorIs(t, r.Unpaid, icms.ErrUnpaid)
	n, err := c.Resume(t.Context())
	require.NoError(t, err)
	require.Zero(t, n)
	in.Account = account
	r, err = c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State)
}

func TestTheReasonTellsTheInstantOfThePrice(t *testing.T) {
	c := newCounter(t, "2026-03-06 10:00:00", 0)
	in := batch(claims(1, "INV"))
	_, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	c.set("2026-03-09 10:00:00")
	c.topUp(1000)
	r, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State)
	require.Contains(t, r.Acknowledgement.Reason.String(), "priced as of 2026-03-06 10:00:00")
}

func TestAnOrderPaidOrEndedAtTheAccountsOffice(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	in := batch(claims(1, "INV"))
	in.Account = ""
	waiting, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	orders := c.AccountsOffice().Orders()
	subject := payment.Subject{Kind: "batch", ID: waiting.ID}

	order, err := orders.For(t.Context(), subject)
	require.NoError(t, err)
	cancelled, err := orders.Cancel(order, "wrong counter", c.now())
	require.NoError(t, err)
	_, err = orders.Apply(t.Context(), cancelled.Change)
	require.NoError(t, err)
	waiting, err = c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.ErrorIs(t, waiting.Unpaid, icms.ErrUnpaid, "another order takes its place")

	order, err = orders.For(t.Context(), subject)
	require.NoError(t, err)
	paid, err := orders.Debit(t.Context(), order, account, payment.Number{Series: "counter", N: 1}, c.now())
	require.NoError(t, err)
	_, err = orders.Apply(t.Context(), paid.Change)
	require.NoError(t, err)
	done, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, done.State)
	require.Equal(t, "counter/000001", done.Acknowledgement.PaymentReceipt)
	require.Equal(t, "HKD 984.00", c.balance())
	require.NoError(t, c.Audit().Verify(t.Context(), "SCT", 2026))
	require.NoError(t, c.Audit().VerifyAccounts(t.Context(), 2026))
}

func TestAReferenceTwiceInABatchWhereTheCourtAllowsIt(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 20_000)
	require.NoError(t, c.court.Filing.ReplaceRule("repeats"))
	c.open()
	csv := strings.Replace(claims(600, "INV", "1000"), "INV-00600", "INV-00001", 1) // in two parts of the change
	r, err := c.Registry().File(t.Context(), batch(csv))
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State)
	again, err := c.Registry().Preflight(t.Context(), batch(claims(1, "INV", "1000")))
	require.NoError(t, err)
	require.Equal(t, []string{"claim.filed.reference"}, codes(again.Findings), "it is still filed once against other batches")
}

// tariff gives the court another schedule.
func tariff(t *testing.T, c *counter, charge string) {
	t.Helper()
	schedule, err := fees.Load([]byte(`{"format":"fees/1","name":"free","version":"1","title":{"en":"Free"},"currency":"HKD","zone":"+08:00",
		"provisions":{"order":{"instrument":"Order of the test","status":"confirmed"}},
		"items":[{"name":"filing","title":{"en":"Filing"},"editions":[{"provision":"order",` + charge + `}]}],"electronic":{"others":"order"}}`))
	require.NoError(t, err)
	c.court.Fees = schedule
	c.open()
}

func TestACourtThatChargesNothing(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 0)
	tariff(t, c, `"flat":"0.00"`)
	r, err := c.Registry().File(t.Context(), batch(claims(2, "INV")))
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State)
	require.Nil(t, r.Payment)
	require.Empty(t, r.Acknowledgement.PaymentReceipt)
	require.Equal(t, "HKD 0.00", r.Acknowledgement.Paid.String())
}

func TestAFeeNobodyKnowsIsAFinding(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 0)
	tariff(t, c, `"bands":[{"upTo":"5000","flat":"20"},{"over":"5000","unknown":{"en":"assessed by the registrar"}}]`)
	r, err := c.Registry().File(t.Context(), batch(claims(2, "INV")))
	require.NoError(t, err)
	require.Equal(t, icms.Refused, r.State)
	require.Equal(t, []string{"claim.fee.unknown"}, codes(r.Findings))
	require.Contains(t, r.Findings[0].Text().In("en"), "assessed by the registrar")
}

func TestOnlyRegisteredBatchesMove(t *testing.T) {
	c := newCounter(t, "2024-11-14 09:00:00", 0)
	_, err := c.Registry().File(t.Context(), batch(replaceAll(claims(1, "INV"), "2026-01", "2024-01"))) // accepted, unpaid
	require.NoError(t, err)
	late, err := c.Registry().Announce(t.Context(), "SCT", icms.BothOffices, typhoon("2024-11-14 12:20:00"), officer)
	require.NoError(t, err)
	require.Empty(t, late.Moved)
}

func TestTheCauseBookIsInTheOrderOfNumbers(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	c.court.Numbers.Digits = 1
	c.open()
	_, err := c.Registry().File(t.Context(), batch(claims(12, "INV", "1000")))
	require.NoError(t, err)
	entries, _, err := c.CauseBook().Day(t.Context(), "SCT", calendar.MustDate("2026-03-02"), "", 20)
	require.NoError(t, err)
	require.Equal(t, "SCTC2/2026", entries[1].Number)
	require.Equal(t, "SCTC12/2026", entries[11].Number)
}

func TestSweepTakesOnlyWhatNoRecordNeeds(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	folder, err := blob.OpenFolder(t.TempDir())
	require.NoError(t, err)
	c.blobs = folder
	c.open()
	filed, err := c.Registry().File(t.Context(), documented())
	require.NoError(t, err)
	orphan, err := folder.Stage(t.Context(), strings.NewReader("bytes of a batch whose acceptance was lost"), 0)
	require.NoError(t, err)
	require.NoError(t, orphan.Keep(t.Context()))
	require.NoError(t, orphan.Drop())
	removed, err := c.Sweep(t.Context(), time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	require.Equal(t, 1, removed)
	for l, err := range c.Registry().Lines(t.Context(), filed.ID) {
		require.NoError(t, err)
		require.NotEmpty(t, l.Number)
	}
}

func TestManyDocumentsNeedFewOpenFiles(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 100_000)
	folder, err := blob.OpenFolder(t.TempDir())
	require.NoError(t, err)
	c.blobs = folder
	c.open()
	csv := strings.Replace(claims(300, "INV", "1000"), "arose_on\n", "arose_on,documents\n", 1)
	docs := t.TempDir()
	lines := strings.Split(strings.TrimSpace(csv), "\n")
	for i := 1; i < len(lines); i++ {
		name := "paper-" + strings.Split(lines[i], ",")[0] + ".pdf"
		require.NoError(t, os.WriteFile(docs+"/"+name, []byte(pdf+strings.Repeat("\n%%EOF\n", i)), 0o600))
		lines[i] += "," + name
	}
	in := batch(strings.Join(lines, "\n") + "\n")
	in.Documents = os.DirFS(docs)
	before := openFiles(t)
	r, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State, "%v", r.Findings)
	require.LessOrEqual(t, openFiles(t), before+4, "nothing stays open")
}

func openFiles(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skipf("open files can't be counted here: %v", err)
	}
	return len(entries)
}

func TestStatusSaysWhatAFilerAsks(t *testing.T) {
	c := newCounter(t, "2026-03-06 18:00:00", 0)
	var err error
	c.court.Maintenance, err = calendar.NewAvailability(calendar.Maintenance{ID: "m", From: hk("2026-03-06 17:00:00"), Until: hk("2026-03-06 19:00:00")})
	require.NoError(t, err)
	c.open()
	s, err := c.Status(t.Context(), "SCT")
	require.NoError(t, err)
	require.False(t, s.Up)
	require.False(t, s.RegistryOpen)
	require.True(t, s.Receipt.Deemed.Equal(hk("2026-03-09 08:45:00")), "maintenance moves nothing")
}

func TestAFileLargerThanTheLargestBatchIsNotTakenIn(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 0)
	in := batch(claims(1, "INV"))
	in.Claims = filing.File{Name: "huge.csv", Bytes: bytes.NewReader(nil), Size: 1 << 40}
	_, err := c.Registry().Preflight(t.Context(), in)
	require.ErrorIs(t, err, icms.ErrInvalid)
	require.ErrorContains(t, err, "split it")
}

func TestTheDepositAccountsHaveTheirChain(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 10)
	links, err := c.store.Links(t.Context(), "accounts/2026", 0, 10)
	require.NoError(t, err)
	require.Len(t, links, 2)
	require.Contains(t, string(links[1].Note), "TopUp")
}

func TestAReceiptNumberIsOfItsOwnSeries(t *testing.T) {
	c := newCounter(t, "2026-12-30 10:00:00", 1000)
	whole := c.store
	r := &reaper{at: 5, when: "after"} // two blobs, acceptance, hold, and the number: then it dies
	c.store, c.blobs = mortalStore{whole, r}, mortalBlobs{c.blobs, r}
	c.open()
	_, err := c.Registry().File(t.Context(), batch(claims(1, "A")))
	require.ErrorIs(t, err, errDead)
	r.dead = false
	c.store = whole
	c.open()
	orders := c.AccountsOffice().Orders()
	pre, err := c.Registry().Preflight(t.Context(), batch(claims(1, "A")))
	require.NoError(t, err)
	order, err := orders.For(t.Context(), payment.Subject{Kind: "batch", ID: pre.ID})
	require.NoError(t, err)
	require.Equal(t, payment.Reserved, order.State)
	released, err := orders.Release(t.Context(), order, "asked for by the payer", c.now())
	require.NoError(t, err)
	_, err = orders.Apply(t.Context(), released.Change)
	require.NoError(t, err)

	c.set("2027-01-04 10:00:00")
	for i, name := range []string{"A", "B"} {
		filed, err := c.Registry().File(t.Context(), batch(claims(1, name)))
		require.NoError(t, err)
		require.Equal(t, icms.Registered, filed.State, "%v", filed.Findings)
		require.Equal(t, []string{"SCT/2027/000001", "SCT/2027/000002"}[i], filed.Acknowledgement.PaymentReceipt)
	}
}

func TestPartialWithADocumentThatIsTooLarge(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	c.court.Filing.Documents.Bytes = int64(len(pdf)) + 1
	c.open()
	in := documented() // b.pdf is larger
	in.Partial = true
	r, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State)
	require.Equal(t, 1, r.Acknowledgement.Claims)
	require.Equal(t, []string{"document.too-large"}, codes(r.Findings))
}

func TestAnOrderThatTheAccountsOfficePutInItsPlace(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	in := batch(claims(1, "INV"))
	in.Account = ""
	waiting, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	orders := c.AccountsOffice().Orders()
	order, err := orders.For(t.Context(), payment.Subject{Kind: "batch", ID: waiting.ID})
	require.NoError(t, err)
	apply := func(step payment.Step, err error) payment.Order {
		t.Helper()
		require.NoError(t, err)
		_, err = orders.Apply(t.Context(), step.Change)
		require.NoError(t, err)
		return step.Order
	}
	apply(orders.Cancel(order, "written anew at the counter", c.now()))
	office := order
	office.ID, office.State, office.Version = "OFFICE-1.0", payment.Open, 0
	office, err = payment.NewOrder(office)
	require.NoError(t, err)
	office = apply(orders.Open(office))
	apply(orders.Debit(t.Context(), office, account, payment.Number{Series: "counter", N: 1}, c.now()))
	done, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, done.State)
	require.Equal(t, "counter/000001", done.Acknowledgement.PaymentReceipt)
	require.Equal(t, "HKD 984.00", c.balance(), "charged once")
}
