package members_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/members"
)

const number = "D-0001/2031"

func (h *house) sees(subject string) bool {
	h.t.Helper()
	sees, err := h.Sees(h.t.Context(), h.actor(subject), "BMC", number)
	require.NoError(h.t, err)
	return sees
}

func TestWhoSeesACase(t *testing.T) {
	for _, unlinked := range []members.Unlinked{"", members.SeenByAll, members.SeenByNone} {
		rules := ballymore()
		rules.Links.Unlinked = unlinked
		h := open(t, rules)
		admin := h.active("acme", 2)
		h.do(somebody("d1"))
		h.do(members.Decide{ID: "d1", Approve: true, By: officer, At: at})

		byPolicy := unlinked != members.SeenByNone
		require.Equal(t, byPolicy, h.sees("host:acme-1"))
		require.False(t, h.sees("host:acme-pa"), "administrators only keep the house")
		require.False(t, h.sees("host:stranger"))
		require.True(t, h.sees("host:d1"), "an individual has no house")

		link := members.LinkCase{Organisation: "acme", Court: "BMC", Case: number, User: "acme-1", By: admin, At: at}
		h.do(link)
		require.True(t, h.do(link).Replayed)
		require.True(t, h.sees("host:acme-1"))
		require.False(t, h.sees("host:acme-2"))
		unlink := members.UnlinkCase{Organisation: "acme", Court: "BMC", Case: number, User: "acme-1", By: admin, At: at}
		h.do(unlink)
		require.True(t, h.do(unlink).Replayed)
		require.False(t, h.sees("host:acme-1"), "taken from the last it is nobody's")

		h.do(link)
		h.do(members.Suspend{ID: "acme-1", Reason: because, By: admin, At: at})
		require.False(t, h.sees("host:acme-1"))
		share := members.ShareCase{Organisation: "acme", Court: "BMC", Case: number, By: admin, At: at}
		h.do(share)
		require.True(t, h.do(share).Replayed)
		require.Equal(t, byPolicy, h.sees("host:acme-2"))
		h.refused(members.CodeLinkUser, members.ErrNotFound, unlink)
		h.do(link)
		h.do(share)
		h.do(link)
		require.False(t, h.sees("host:acme-2"))
	}
}

func TestWhoCanBeLinked(t *testing.T) {
	h := open(t, ballymore())
	admin := h.active("acme", 1)
	h.active("rival", 1)
	link := members.LinkCase{Organisation: "acme", Court: "BMC", Case: number, By: admin, At: at}
	for _, user := range []string{"acme-pa", "rival-1", "nobody", ""} {
		link.User = user
		h.refused(members.CodeLinkUser, members.ErrNotFound, link)
	}
	link.User, link.Court = "acme-1", "B|C"
	h.refused(members.CodeID, members.ErrInvalid, link)
	link.Court, link.Case = "BMC", ""
	h.refused(members.CodeField, members.ErrInvalid, link)
	link.Case, link.Organisation = number, "nobody"
	h.refused(members.CodeUnknown, members.ErrNotFound, link)

	link.Organisation = "acme"
	h.do(link)
	links, _, err := h.Links(t.Context(), "acme", "", 0)
	require.NoError(t, err)
	require.Len(t, links, 1)
	require.Equal(t, []string{"acme-1"}, links[0].Users)
	links, _, err = h.LinksOf(t.Context(), "acme-1", "", 0)
	require.NoError(t, err)
	require.Len(t, links, 1)
	links, _, err = h.Links(t.Context(), "rival", "", 0)
	require.NoError(t, err)
	require.Empty(t, links)
	h.do(members.Close{ID: "acme-1", By: admin, At: at})
	link.Case = "D-0002/2031"
	h.refused(members.CodeLinkUser, members.ErrNotFound, link)
}
