package icms_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/members"
)

// TestStaffAtSingleCourtsAreToldWhichPostingItTakes has a registry officer of two single courts at the doors that belong to no court: refused by
// name of the posting, and in the same words whether there is anything behind the door or not.
func TestStaffAtSingleCourtsAreToldWhichPostingItTakes(t *testing.T) {
	w := newTown(t)
	ctx, x := t.Context(), w.as("elsewhere")
	doors := map[string]func(id string) error{
		"DecideApplication": func(id string) error { return x.DecideApplication(ctx, id, true, nil) },
		"MoveMember":        func(id string) error { return x.MoveMember(ctx, id, icms.SuspendMember, why) },
		"Account":           func(id string) error { _, err := x.Account(ctx, id); return err },
		"Organisation":      func(id string) error { _, err := x.Organisation(ctx, id); return err },
		"SearchMembers":     func(id string) error { _, _, err := x.SearchMembers(ctx, id, "", 1); return err },
	}
	for name, knock := range doors {
		there, absent := knock("dora"), knock(madeUp)
		require.Equal(t, "access.posting", deniedBy(t, there), name)
		require.ErrorContains(t, there, "registry officer at all courts; you hold it at DC alone", name)
		require.EqualError(t, absent, there.Error(), name)
		var denied *icms.DeniedError
		require.True(t, errors.As(there, &denied))
		speaksBothLanguages(t, denied)
	}
	_, err := x.Deposit(ctx, mainAccount)
	require.Equal(t, "access.denied", deniedBy(t, err), "no posting as a registry officer opens that")
}

// TestAPostingNamesSeveralCourtsOrAll moves an officer from one court to two, and to all.
func TestAPostingNamesSeveralCourtsOrAll(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	by, at := members.By{Organisation: "court", User: "chief"}, w.now()
	move := func(courts ...string) members.Account {
		done, err := w.Members().Do(ctx, members.ChangePosts{ID: "elsewhere", Posts: []access.Role{access.RegistryOfficer}, Courts: courts, By: by, At: at})
		require.NoError(t, err)
		return done.Account
	}
	_, err := w.as("elsewhere").Case(ctx, "SCT", number(1))
	require.Error(t, err)
	move("DC", "SCT")
	_, err = w.as("elsewhere").Case(ctx, "SCT", number(1))
	require.NoError(t, err)
	_, err = w.as("elsewhere").Organisation(ctx, "firm")
	require.ErrorContains(t, err, "DC, SCT")
	require.Empty(t, move(members.AllCourts).Courts)
	_, err = w.as("elsewhere").Organisation(ctx, "firm")
	require.NoError(t, err)
	_, err = w.Members().Do(ctx, members.ChangePosts{ID: "elsewhere", Posts: []access.Role{access.RegistryOfficer}, Courts: []string{"SCT", members.AllCourts}, By: by, At: at})
	require.ErrorIs(t, err, members.ErrInvalid)
}
