package members_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/store"
)

// TestWhateverIsAskedTheHouseIsInOrder draws requests in any order and looks at what must always hold.
func TestWhateverIsAskedTheHouseIsInOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := open(t, ballymore())
		for range rapid.IntRange(1, 25).Draw(rt, "requests") {
			r := drawRequest(rt)
			before := h.count()
			done, err := h.Do(t.Context(), r)
			var refusal *members.RefusalError
			if err != nil {
				require.ErrorAs(t, err, &refusal, "%T", r)
			}
			if err != nil || done.Replayed {
				require.Equal(t, before, h.count(), "%T changed something", r)
			} else {
				require.Equal(t, before+1, h.count(), "%T left no link", r)
				again, err := h.Do(t.Context(), r)
				require.NoError(t, err, "%T again", r)
				require.True(t, again.Replayed, "%T again", r)
			}
			h.inOrder()
		}
		require.NoError(t, store.Verify(t.Context(), h.store, "members/2031"))
	})
}

// drawRequest draws a request about one of two firms and a few persons.
func drawRequest(t *rapid.T) members.Request {
	org := rapid.SampledFrom([]string{"acme", "rival"}).Draw(t, "organisation")
	who := rapid.SampledFrom([]string{"acme", "rival", "acme-pa", "rival-pa", "p1", "p2", "p3"}).Draw(t, "who")
	p := person(rapid.SampledFrom([]string{"p1", "p2", "p3"}).Draw(t, "id"))
	p.Subject = "host:" + rapid.SampledFrom([]string{"p1", "p2", "p3", "acme-pa"}).Draw(t, "subject")
	kind := rapid.SampledFrom([]members.AccountKind{members.OrganisationUser, members.SecondaryAdministrator}).Draw(t, "kind")
	branch := rapid.SampledFrom([]string{"", "east"}).Draw(t, "branch")
	switch rapid.IntRange(0, 13).Draw(t, "request") {
	case 0, 1:
		return firm(org)
	case 2:
		return members.ApplyIndividual{ID: p.ID, Subject: p.Subject, Name: p.Name, Eligible: "party", At: at}
	case 3, 4:
		return members.Decide{ID: who, Approve: true, By: officer, At: at}
	case 5:
		return members.Decide{ID: who, Reason: because, By: officer, At: at}
	case 6:
		return members.Suspend{ID: who, Reason: because, By: officer, At: at}
	case 7:
		return members.Reinstate{ID: who, By: officer, At: at}
	case 8:
		return members.Close{ID: who, By: officer, At: at}
	case 9, 10:
		return members.OpenAccount{Person: p, Organisation: org, Kind: kind, Branch: branch, By: officer, At: at}
	case 11:
		return members.HandOver{Organisation: org, To: who, By: officer, At: at}
	case 12:
		if rapid.Bool().Draw(t, "close") {
			return members.CloseBranch{Organisation: org, Code: "east", By: officer, At: at}
		}
		return members.OpenBranch{Organisation: org, Code: "east", Name: because, By: officer, At: at}
	default:
		return members.AppointStaff{Person: p, Office: "registry", Posts: []access.Role{access.RegistryClerk}, By: officer, At: at}
	}
}

// inOrder checks every organisation: one primary administrator, true counts, no person twice.
func (h *house) inOrder() {
	h.t.Helper()
	ctx := h.t.Context()
	organisations, _, err := h.Organisations(ctx, "", "", 0)
	require.NoError(h.t, err)
	live := map[string]string{}
	for _, o := range organisations {
		accounts, _, err := h.Accounts(ctx, o.ID, "", 0)
		require.NoError(h.t, err)
		primaries, open, inBranch := 0, 0, 0
		for _, a := range accounts {
			require.Equal(h.t, o.ID, a.Organisation)
			if a.Status == members.Closed {
				continue
			}
			require.Empty(h.t, live[a.Subject], "%s has two accounts", a.Subject)
			live[a.Subject] = a.ID
			open++
			if a.Branch != "" {
				inBranch++
			}
			if a.Kind == members.PrimaryAdministrator {
				primaries++
				require.Equal(h.t, o.Primary, a.ID)
			}
		}
		over := o.Status == members.Closed || o.Status == members.Refused
		require.Equal(h.t, !over, primaries == 1, "%s is %s and has %d primary administrators", o.ID, o.Status, primaries)
		require.Equal(h.t, open, o.Accounts)
		if len(o.Branches) > 0 {
			require.Equal(h.t, inBranch, o.Branches[0].Users)
			require.False(h.t, o.Branches[0].Closed && inBranch > 0)
		}
		require.Equal(h.t, over, open == 0)
	}
	for subject, account := range live {
		require.Equal(h.t, account, h.actor(subject).Account.ID, fmt.Sprint(subject))
	}
}
