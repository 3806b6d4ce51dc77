package icms_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/access"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/simpay"
)

// town is a court with everybody who comes to it: a claimant with its house, a defendant, a law firm that acts for the defendant, strangers,
// and the staff. The claimant has filed six claims; the cases 1 and 4 are open, 2 and 5 restricted, 3 and 6 sealed. Tests of what changes
// a case use the last three.
type town struct {
	*counter
	sim   *simpay.Sim
	path  string
	close func() error
	// batch, order, owed, fine, attempt, resolution and refund are ids: of the batch, its order that is paid, an order that the defendant owes, a
	// fine of somebody without an account, a try of the defendant to pay, what a clerk proposed about it, and a refund that an officer proposed.
	batch, order, owed, fine, attempt, resolution, refund string
	// settled is an order that the defendant paid at the counter, back the refund of it, which was approved.
	settled, back string
	// told and sealed are messages to the defendant: in the open case and in the sealed one.
	told, sealed string
	// found, foundBy and over are searches: of the defendant, of somebody without an account, and one of the defendant whose time is over.
	found, foundBy, over string
}

// The serials of the papers in the first six cases.
const (
	noticeSerial  = 1 // a notice of the court
	defenceSerial = 2 // sent by the defendant, in the file
	refusedSerial = 3 // sent by the defendant, refused
	madeUp        = "no-such-thing"
)

func number(n int) string { return fmt.Sprintf("SCTC%06d/2026", n) }

// person is somebody who is there, by the host's name.
type person struct {
	name string
	// roles are what it is at the court of the town.
	roles []access.Role
	// member is the registered user for whom it acts.
	member string
	// relation is what it is to a case.
	relation func(n int) []access.Role
}

// townspeople are all who are there.
func townspeople() []person {
	none := func(int) []access.Role { return nil }
	always := func(r access.Role) func(int) []access.Role {
		return func(int) []access.Role { return []access.Role{r} }
	}
	unlinked := func(n int) []access.Role { // an administrator linked the cases 1 and 4 to a colleague
		if n == 1 || n == 4 {
			return nil
		}
		return []access.Role{access.Representative}
	}
	public, holder := access.Public, access.Holder
	people := []person{
		{"", []access.Role{public}, "", none},
		{"stranger", []access.Role{public}, "", none},
		{"applicant", []access.Role{public, holder}, "", none},
		{"suspended", []access.Role{public, holder}, "", none},
		{"dora", []access.Role{public, holder, access.Individual}, "dora", always(access.Party)},
		{"ivan", []access.Role{public, holder, access.Individual}, "ivan", none},
		{"util-pa", []access.Role{public, holder, access.PrimaryAdministrator}, "sample-utilities", none},
		{"util-sa", []access.Role{public, holder, access.SecondaryAdministrator}, "sample-utilities", none},
		{"util-1", []access.Role{public, holder, access.OrganisationUser}, "sample-utilities", always(access.Party)},
		{"firm-pa", []access.Role{public, holder, access.PrimaryAdministrator}, "firm", none},
		{"firm-1", []access.Role{public, holder, access.OrganisationUser}, "firm", always(access.Representative)},
		{"firm-2", []access.Role{public, holder, access.OrganisationUser}, "firm", unlinked},
		{"elsewhere", []access.Role{public, holder}, "", none}, // a registry officer, but not here
	}
	for name, post := range posts() {
		people = append(people, person{name, []access.Role{public, holder, post}, "", none})
	}
	slices.SortFunc(people, func(a, b person) int { return strings.Compare(a.name, b.name) })
	return people
}

// posts are the staff with their posts.
func posts() map[string]access.Role {
	return map[string]access.Role{
		"clerk": access.RegistryClerk, "officer": access.RegistryOfficer, "accounts-clerk": access.AccountsClerk,
		"accounts-officer": access.AccountsOfficer, "accounts-officer-2": access.AccountsOfficer, "judge": access.Adjudicator,
		"chief": access.PrincipalAdjudicator, "operator": access.Operator, "auditor": access.Auditor,
	}
}

// newTown builds the town. The clock stands at Monday 2 March 2026, 10:00.
func newTown(t testing.TB) *town {
	t.Helper()
	w := &town{counter: &counter{t: t, blobs: openBlobs(t, ""), court: smallClaims(t)}}
	w.openFile(filepath.Join(t.TempDir(), "court.db"))
	w.set("2026-02-27 10:00:00")
	w.open(nil)
	w.register()
	w.fileAndLink()
	w.over = w.searched("dora", "dora")
	w.set("2026-03-02 10:00:00")
	w.papersAndMoney()
	w.found, w.foundBy = w.searched("dora", "dora, again"), w.searched("public:host:stranger", "mine")
	return w
}

// openFile opens the store.
func (w *town) openFile(path string) {
	w.t.Helper()
	db, err := sqlite.Open(context.Background(), sqlite.Options{Path: path, Durability: sqlite.Process})
	require.NoError(w.t, err)
	w.t.Cleanup(func() { db.Close() })
	w.path, w.store, w.close = path, db, db.Close
}

// copies closes the town for good, and gives a way to build the same town again and again, each on a copy of its store.
func (w *town) copies(t testing.TB) func() *town {
	t.Helper()
	require.NoError(t, w.close())
	db, err := os.ReadFile(w.path)
	require.NoError(t, err)
	kept := w.blobs.(*memoryBlobs).kept
	return func() *town {
		again := *w
		again.counter = &counter{t: t, blobs: &memoryBlobs{kept: maps.Clone(kept)}, court: w.court, at: w.at}
		path := filepath.Join(t.TempDir(), "court.db")
		require.NoError(t, os.WriteFile(path, db, 0o600))
		again.openFile(path)
		again.open(nil)
		return &again
	}
}

// open makes the service, with another table of access if one is given.
func (w *town) open(table *access.Table) {
	w.t.Helper()
	terms := simpay.Terms{Currencies: []string{"HKD"}, Means: []payment.Means{payment.Visa}, Late: time.Hour}
	secrets := []simpay.Secret{simpaySecret}
	var err error
	if w.sim == nil {
		w.sim, err = simpay.NewSim(simpay.Options{Secrets: secrets, Terms: terms, Clock: w.now})
		require.NoError(w.t, err)
	}
	client, err := simpay.NewClient(simpay.ClientOptions{URL: "http://127.0.0.1", HTTP: w.sim.RoundTripper(), Secrets: secrets, Terms: terms, Clock: w.now})
	require.NoError(w.t, err)
	if table == nil {
		table, err = icmshk.Access()
		require.NoError(w.t, err)
	}
	address := func(string) string { return "http://127.0.0.1/court" }
	w.Service, err = icms.New(icms.Options{
		Store: w.store, Blobs: w.blobs, Courts: []icms.Court{w.court}, Clock: w.now, Members: icmshk.Members(), Access: table,
		Payments: icms.Payments{
			Gateways: []payment.Gateway{client}, Name: "test", Secret: []byte(tillSecret), ReturnURL: address, CancelURL: address, NotifyURL: address,
		},
	})
	require.NoError(w.t, err)
}

// as opens the service for somebody.
func (w *town) as(name string) *icms.Session {
	w.t.Helper()
	x, err := w.Session(w.t.Context(), subject(name))
	require.NoError(w.t, err)
	return x
}

func subject(name string) members.Subject {
	if name == "" {
		return ""
	}
	return members.Subject("host:" + name)
}

func (w *town) do(r members.Request) {
	w.t.Helper()
	_, err := w.Members().Do(w.t.Context(), r)
	require.NoError(w.t, err, "%T", r)
}

// register brings everybody into the register of members.
func (w *town) register() {
	by, at := members.By{Organisation: "registry", User: "officer"}, w.now()
	who := func(id string) members.Person {
		return members.Person{ID: id, Subject: string(subject(id)), Name: law.T("Person "+id, "")}
	}
	for name, post := range posts() {
		w.do(members.AppointStaff{Person: who(name), Office: "court", Posts: []access.Role{post}, By: by, At: at})
	}
	w.do(members.AppointStaff{Person: who("elsewhere"), Office: "court", Posts: []access.Role{access.RegistryOfficer}, Courts: []string{"DC"}, By: by, At: at})
	for _, id := range []string{"dora", "ivan", "suspended", "applicant"} {
		w.do(members.ApplyIndividual{ID: id, Subject: string(subject(id)), Name: law.T("Defendant "+id, ""), Eligible: icmshk.PartyToCase, At: at})
		if id != "applicant" {
			w.do(members.Decide{ID: id, Approve: true, By: by, At: at})
		}
	}
	w.do(members.Suspend{ID: "suspended", Reason: law.T("Because.", ""), By: by, At: at})
	for id, prefix := range map[string]string{"sample-utilities": "util", "firm": "firm"} {
		w.do(members.ApplyOrganisation{
			ID: id, Name: law.T("Organisation "+id, "範例機構"), Kind: icmshk.StatutoryBody, Administrator: who(prefix + "-pa"), At: at,
			Proofs: []members.Proof{{Name: "certificate.pdf", SHA256: strings.Repeat("0a", 32)}},
		})
		w.do(members.Decide{ID: id, Approve: true, By: by, At: at})
		w.do(members.OpenAccount{Person: who(prefix + "-sa"), Organisation: id, Kind: members.SecondaryAdministrator, By: by, At: at})
		for _, n := range []string{"-1", "-2"} {
			w.do(members.OpenAccount{Person: who(prefix + n), Organisation: id, Kind: members.OrganisationUser, By: by, At: at})
		}
	}
	require.NoError(w.t, w.Registry().BindClaimant(w.t.Context(), "SCT", "sample-utilities", "sample-utilities", registrar))
	for _, n := range []int{1, 4} {
		w.do(members.LinkCase{Organisation: "firm", Court: "SCT", Case: number(n), User: "firm-1", By: by, At: at})
	}
}

// fileAndLink files the batch of the claimant, with the defendant and the firm linked to every case.
func (w *town) fileAndLink() {
	ctx := w.t.Context()
	w.topUp(1000)
	in := batch(claims(6, "A"))
	r, err := w.Registry().File(ctx, in)
	require.NoError(w.t, err)
	require.Equal(w.t, icms.Registered, r.State, "%v", r.Findings)
	w.batch, w.order = r.ID, r.Payment.OrderID
	for n := 1; n <= 6; n++ {
		for member, represents := range map[string]bool{"dora": false, "firm": true} {
			_, err := w.Registry().LinkParty(ctx, icms.Link{
				Court: "SCT", Case: number(n), Party: "defendant-1", Member: member, Represents: represents, Proof: "letter", By: registrar,
			})
			require.NoError(w.t, err)
		}
	}
}

// papersAndMoney puts papers into the cases, has money on its way, and restricts and seals the cases that are.
func (w *town) papersAndMoney() {
	ctx := w.t.Context()
	for n := 1; n <= 6; n++ {
		_, err := w.Registry().Issue(ctx, notice(n))
		require.NoError(w.t, err)
		for _, kind := range []string{icmshk.Defence, icmshk.Evidence} {
			r, err := w.Registry().Submit(ctx, sent(n, kind))
			require.NoError(w.t, err)
			require.False(w.t, r.Refused(), "%v", r.Findings)
		}
		_, err = w.Registry().RefuseDocument(ctx, "SCT", number(n), refusedSerial, law.T("It can't be read.", ""), registrar)
		require.NoError(w.t, err)
	}
	w.told, w.sealed = w.message(number(1)), w.message(number(3))
	for n, to := range map[int]icms.CaseAccess{2: icms.CaseRestricted, 3: icms.CaseSealed, 5: icms.CaseRestricted, 6: icms.CaseSealed} {
		_, err := w.Registry().SetAccess(ctx, icms.CaseAct{Court: "SCT", Case: number(n), By: registrar}, to)
		require.NoError(w.t, err)
	}
	w.owed, w.fine = w.charge("owed", "dora"), w.charge("fine", "public:host:stranger")
	cashier := w.AccountsOffice().Cashier()
	a, err := cashier.Start(ctx, payment.StartRequest{Order: w.owed, Gateway: "simpay", Means: payment.Visa, By: "dora", Registered: true})
	require.NoError(w.t, err)
	w.attempt = a.ID
	p, err := cashier.Resolve(ctx, payment.Resolution{Attempt: a.ID, Outcome: payment.AttemptFailed, Evidence: "the company's page", ProposedBy: "accounts-officer"})
	require.NoError(w.t, err)
	w.resolution = p.ID
	r, err := cashier.Propose(ctx, payment.Proposal{Order: w.order, Reason: "a mistake", By: "accounts-officer"})
	require.NoError(w.t, err)
	w.refund = r.ID
	w.settled = w.charge("settled", "dora")
	_, err = w.AccountsOffice().Collect(ctx, w.settled, "slip-settled", registrar)
	require.NoError(w.t, err)
	r, err = cashier.Propose(ctx, payment.Proposal{Order: w.settled, Reason: "paid twice", By: "accounts-officer"})
	require.NoError(w.t, err)
	w.back = r.ID
	_, err = cashier.Approve(ctx, r.ID, "accounts-officer-2")
	require.NoError(w.t, err)
}

// message finds the message that brought the notice in a case to the defendant.
func (w *town) message(about string) string {
	w.t.Helper()
	all, _, err := w.Messages().Inbox(w.t.Context(), "dora", "", 1000)
	require.NoError(w.t, err)
	i := slices.IndexFunc(all, func(m icms.Message) bool { return m.About == about && m.Document == noticeSerial })
	require.GreaterOrEqual(w.t, i, 0)
	return all[i].ID
}

func (w *town) charge(id, payer string) string {
	w.t.Helper()
	c := fine(100)
	c.ID, c.Payer = id, payer
	o, err := w.AccountsOffice().Charge(w.t.Context(), c)
	require.NoError(w.t, err)
	return o.ID
}

// searched asks for a search of all cases and has it paid at the counter.
func (w *town) searched(owner, reference string) string {
	return w.searchedFor(owner, icms.Search{Reference: reference, From: civilDate("2026-01-01"), Until: civilDate("2026-12-31")})
}

func (w *town) searchedFor(owner string, q icms.Search) string {
	w.t.Helper()
	q.Court, q.By = "SCT", icms.Filer{Organisation: owner}
	return w.paid(w.Inspection().Search(w.t.Context(), q))
}

// paid has a search paid for at the counter.
func (w *town) paid(q icms.Searched, err error) string {
	w.t.Helper()
	require.NoError(w.t, err)
	_, err = w.AccountsOffice().Collect(w.t.Context(), q.Order, "slip-"+strings.ReplaceAll(q.ID, "/", "-"), registrar)
	require.NoError(w.t, err)
	return q.ID
}

func notice(n int) icms.Issue {
	return icms.Issue{Court: "SCT", Case: number(n), Kind: icms.PaperNotice, Words: law.T("Take notice.", "特此通知。"), By: registrar}
}

func sent(n int, kind string) icms.Submission {
	return icms.Submission{
		Court: "SCT", Case: number(n), Party: "defendant-1", Kind: kind, By: icms.Filer{Organisation: "dora", User: "dora"},
		Files: fstest.MapFS{"paper.pdf": {Data: []byte(goodPDF + "% " + mark(n, kind))}}, Names: []string{"paper.pdf"},
	}
}

// mark is what stands in the file of a paper that the defendant sent, and nowhere else.
func mark(n int, kind string) string { return fmt.Sprintf("MARK-%d-%s", n, kind) }

var hkd = money.MustCurrency("HKD")

var mainAccount = ledger.AccountID(account)
