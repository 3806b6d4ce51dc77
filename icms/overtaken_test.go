package icms_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// contested is a store in which somebody else is always first. It ends those who never give up.
type contested struct {
	store.Store
	tries int
}

var errEndless = errors.New("tried for ever")

func (x *contested) Apply(_ context.Context, c store.Change) (store.Applied, error) {
	if x.tries++; x.tries > 100 {
		return store.Applied{}, errEndless
	}
	at := max(0, slices.IndexFunc(c.Puts, func(p store.Put) bool { return p.Kind == "order" }))
	p := c.Puts[at]
	return store.Applied{}, &store.VersionError{Kind: p.Kind, ID: p.ID, Expected: p.Expect, Found: p.Expect + 1}
}

// TestChangesThatOthersOvertakeAreGivenUp with one code, after as many tries, wherever somebody else may be first.
func TestChangesThatOthersOvertakeAreGivenUp(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardMade, "2026-03-01")
	ask := icms.TimeRequest{
		Court: "SCT", Case: firstCase, Party: "defendant-1", Kind: icmshk.Review, By: defendant, Reason: tooVague, Until: calendar.MustDate("2026-03-20"),
	}
	asked, err := c.Registry().RequestTime(t.Context(), ask)
	require.NoError(t, err)
	other := ask
	other.Reference = "another"
	owe := func(id string) string {
		owed := fine(10)
		owed.ID = id
		o, err := c.AccountsOffice().Charge(t.Context(), owed)
		require.NoError(t, err)
		return o.ID
	}
	paid, withdrawn := owe("KCS000124"), owe("KCS000125")
	sent := paper(icmshk.Defence)
	sent.Files = fstest.MapFS{"paper.pdf": {Data: []byte(goodPDF + "\n")}}
	refused := c.submit(sent).Document.Serial
	unread, _, err := c.Messages().Unread(t.Context(), "defendant-0001", "", 10)
	require.NoError(t, err)
	require.NotEmpty(t, unread)
	doors := map[string]func() error{
		"in a case": func() error {
			_, err := c.Registry().SetAccess(t.Context(), icms.CaseAct{Court: "SCT", Case: firstCase, By: registrar}, icms.CaseRestricted)
			return err
		},
		"paper": func() error {
			_, err := c.Registry().Submit(t.Context(), paper(icmshk.Defence))
			return err
		},
		"time asked for": func() error {
			_, err := c.Registry().RequestTime(t.Context(), other)
			return err
		},
		"time allowed": func() error {
			_, err := c.Registry().AllowTime(t.Context(), asked.ID, true, nil, registrar)
			return err
		},
		"search": func() error {
			_, err := c.Inspection().Search(t.Context(), byNumber(stranger))
			return err
		},
		"charge": func() error {
			_, err := c.AccountsOffice().Charge(t.Context(), fine(20))
			return err
		},
		"payment": func() error {
			_, err := c.AccountsOffice().PayFromAccount(t.Context(), paid, account, searcher)
			return err
		},
		"withdrawal": func() error { return c.AccountsOffice().Withdraw(t.Context(), withdrawn, "a mistake", registrar) },
		"approval":   func() error { return c.Registry().ApproveClaimant(t.Context(), "SCT", gasWorks(), registrar) },
		"binding": func() error {
			return c.Registry().BindClaimant(t.Context(), "SCT", "gas-works", "gas-works", registrar)
		},
		"maintenance": func() error {
			return c.PublishMaintenance(t.Context(), "SCT", calendar.Maintenance{
				ID: "night", From: hk("2026-03-11 22:00:00"), Until: hk("2026-03-12 02:00:00"), Note: law.T("At night.", "晚上。"),
				Provision: law.Provision{Instrument: "test data", Status: law.Assumed},
			}, registrar)
		},
	}
	doors["closure"] = func() error {
		_, err := c.Registry().Announce(t.Context(), "SCT", icms.RegistryOffice, calendar.Closure{
			ID: "works", Cause: "other", From: hk("2026-06-01 09:00:00"), Reopens: hk("2026-06-01 12:00:00"),
		}, registrar)
		return err
	}
	doors["warning"] = func() error {
		_, err := c.Registry().AnnounceWarning(t.Context(), "SCT", calendar.Warning{
			ID: "gale", Kind: calendarhk.GaleWarning, From: hk("2026-06-02 09:00:00"), Until: hk("2026-06-02 12:00:00"),
		}, registrar)
		return err
	}
	doors["refusal"] = func() error {
		_, err := c.Registry().RefuseDocument(t.Context(), "SCT", firstCase, refused, tooVague, registrar)
		return err
	}
	doors["message"] = func() error {
		_, err := c.Messages().Open(t.Context(), unread[0].ID, defendant)
		return err
	}
	whole := c.store
	for what, do := range doors {
		t.Run(what, func(t *testing.T) {
			x := &contested{Store: whole}
			c.store = x
			c.open()
			err := do()
			require.ErrorIs(t, err, icms.ErrOvertaken)
			require.Equal(t, "request.overtaken", refusal(t, err))
			require.Equal(t, 32, x.tries)
		})
	}
	c.store = whole
	c.open()
	for what, do := range doors {
		require.NoError(t, do(), what)
	}
}
