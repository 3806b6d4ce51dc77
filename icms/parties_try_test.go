package icms_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
)

// tries has a registered user try a code, and gives the error.
func (c *counter) tries(who, code string, edit ...func(*icms.Link)) error {
	c.t.Helper()
	in := byCode(code)
	in.Member, in.By = who, icms.Filer{Organisation: who, User: who}
	for _, e := range edit {
		e(&in)
	}
	_, err := c.Registry().LinkParty(c.t.Context(), in)
	return err
}

// TestWrongTriesOfOthersEndNoCode: they bar who makes them, for a time.
func TestWrongTriesOfOthersEndNoCode(t *testing.T) {
	c := newCase(t)
	code := c.code("2026-04-30 00:00:00")
	for range 20 {
		require.Equal(t, "court.link.code", refusal(t, c.tries("hostile", "WRONG")))
	}
	require.Equal(t, "court.link.code", refusal(t, c.tries("hostile", code)), "too many tries: the right one is refused alike")
	require.NoError(t, c.tries("newcomer", code))
	c.proven()
}

// TestWhoTriedTooOftenWaits, in whatever cases the tries were made.
func TestWhoTriedTooOftenWaits(t *testing.T) {
	c := newCase(t)
	code := c.code("2026-04-30 00:00:00")
	for i := range 5 {
		require.Error(t, c.tries("newcomer", "WRONG", func(in *icms.Link) { in.Case = fmt.Sprintf("SCTC%06d/2026", i) }))
	}
	require.Error(t, c.tries("newcomer", code))
	c.at = c.at.Add(24*time.Hour - time.Second)
	require.Error(t, c.tries("newcomer", code))
	c.at = c.at.Add(time.Second)
	require.Error(t, c.tries("newcomer", "WRONG"), "counted anew")
	require.NoError(t, c.tries("newcomer", code))
	require.NoError(t, c.tries("newcomer", code), "said again")
	c.proven()
}

// TestACodeRestsAfterManyTries of many users, until that is over or staff lift it.
func TestACodeRestsAfterManyTries(t *testing.T) {
	c := newCase(t)
	c.court.Policies.Linking = icms.LinkPolicy{Tries: 2, CodeTries: 6, Rest: time.Hour}
	c.open()
	code := c.code("2026-04-30 00:00:00")
	storm := func() {
		for i := range 8 {
			require.Error(t, c.tries(fmt.Sprintf("hostile-%d", i/2), "WRONG"))
		}
	}
	storm()
	require.Error(t, c.tries("newcomer", code), "it rests")
	for range 2 {
		require.NoError(t, c.Registry().LiftCode(t.Context(), "SCT", secondCase, "defendant-1", registrar))
	}
	require.NoError(t, c.tries("newcomer", code))

	code = c.code("2026-04-30 00:00:00")
	c.at = c.at.Add(2 * time.Hour)
	storm()
	represents := func(in *icms.Link) { in.Represents = true }
	require.Error(t, c.tries("friend", code, represents))
	c.at = c.at.Add(time.Hour)
	require.NoError(t, c.tries("friend", code, represents), "the rest is over")

	require.Equal(t, "submission.party.unknown", refusal(t, c.Registry().LiftCode(t.Context(), "SCT", secondCase, "defendant-9", registrar)))
	require.ErrorIs(t, c.Registry().LiftCode(t.Context(), "SCT", secondCase, "defendant-1", icms.Filer{}), icms.ErrInvalid)
	c.court.Policies.Linking.Tries = -1
	_, err := icms.New(icms.Options{Store: c.store, Blobs: c.blobs, Courts: []icms.Court{c.court}})
	require.ErrorContains(t, err, "Linking")
	c.proven()
}

// TestACodeTellsNothing: a wrong code, an unknown case or party, a sealed case and too many tries have one answer, but for what was asked.
func TestACodeTellsNothing(t *testing.T) {
	c := newCase(t)
	code := c.code("2026-04-30 00:00:00")
	c.access(icms.CaseSealed)
	sealed, err := c.Registry().LinkCode(t.Context(), "SCT", firstCase, "defendant-1", hk("2026-04-30 00:00:00"), registrar)
	require.NoError(t, err)
	answers := map[string]bool{}
	say := func(who, code, number, party string) {
		err := c.tries(who, code, func(in *icms.Link) { in.Case, in.Party = number, party })
		require.ErrorIs(t, err, icms.ErrNotFound)
		require.Equal(t, "court.link.code", refusal(t, err))
		want := c.tries("reference", "WRONG", func(in *icms.Link) { in.Case, in.Party = number, party })
		require.EqualError(t, err, want.Error())
		answers[fmt.Sprintf("%T", err)] = true
	}
	say("a", "WRONG", secondCase, "defendant-1")
	say("b", "WRONG", "SCTC999999/2026", "defendant-1")
	say("c", "WRONG", "a|b", "defendant-1")
	say("d", code, secondCase, "defendant-9")
	say("e", "WRONG", firstCase, "defendant-1")
	say("f", sealed, firstCase, "defendant-1")
	require.Len(t, answers, 1)
	c.proven()
}

// TestTriesMadeAtOnceAllCount.
func TestTriesMadeAtOnceAllCount(t *testing.T) {
	c := newCase(t)
	c.court.Policies.Linking = icms.LinkPolicy{Tries: 6}
	c.open()
	code := c.code("2026-04-30 00:00:00")
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			_, err := c.Registry().LinkParty(t.Context(), byCode("WRONG"))
			require.ErrorIs(t, err, icms.ErrNotFound)
		})
	}
	wg.Wait()
	require.Error(t, c.tries("newcomer", code), "six were counted")
	c.proven()
}
