package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/ledger"
)

// open opens the counter of a place, to look at what it keeps.
func (p place) open(t *testing.T) *counter {
	t.Helper()
	o, err := parse(p.args())
	require.NoError(t, err)
	c, err := openCounter(t.Context(), o, deps{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, c.Close()) })
	return c
}

// acknowledgement reads the acknowledgement that was handed out and holds it against what is kept.
func (p place) acknowledgement(t *testing.T, c *counter) icms.Acknowledgement {
	t.Helper()
	var a icms.Acknowledgement
	require.NoError(t, json.Unmarshal([]byte(p.read(t, ackFile)), &a))
	require.NoError(t, c.Registry().Verify(t.Context(), a))
	return a
}

// requireFiledOnce says that a place holds one batch of so many claims, filed once and charged once, and that nothing in its
// audit chain is out of place.
func requireFiledOnce(t *testing.T, p place, claims int, moment string) {
	t.Helper()
	c := p.open(t)
	ctx := t.Context()
	a := p.acknowledgement(t, c)
	require.Equal(t, claims, a.Claims, moment)

	numbers := map[string]bool{}
	day := calendar.DateOf(a.Deemed, c.court.Zone())
	for after := ""; ; {
		entries, next, err := c.CauseBook().Day(ctx, c.court.Code, day, after, 0)
		require.NoError(t, err, moment)
		for _, e := range entries {
			numbers[e.Number] = true
		}
		if after = next; next == "" {
			break
		}
	}
	require.Len(t, numbers, claims, moment)
	require.True(t, numbers[a.FirstCase] && numbers[a.LastCase], moment)

	left, err := deposit().Sub(a.Paid)
	require.NoError(t, err)
	require.Equal(t, left, balance(t, c), moment)
	proofs, err := c.ledger.Prove(ctx)
	require.NoError(t, err)
	for _, proof := range proofs {
		require.True(t, proof.OK(), "%s: %v", moment, proof.Faults)
	}
	require.NoError(t, c.Audit().Verify(ctx, c.court.Code, a.Received.Year()), moment)
}

// balance is what is left on the example's deposit account.
func balance(t *testing.T, c *counter) money.Amount {
	t.Helper()
	b, err := c.ledger.Balance(t.Context(), ledger.Deposit(exampleClaimant, ledger.Main))
	require.NoError(t, err)
	return b.Available
}

// acknowledgementIn finds the number and the digest of the acknowledgement in what a run printed; "" when it printed none.
func acknowledgementIn(stdout string) string {
	_, rest, ok := strings.Cut(stdout, "\nAcknowledgement ")
	if !ok {
		return ""
	}
	var number, digest string
	for line := range strings.Lines(rest) {
		if words := strings.Fields(line); number == "" && len(words) > 0 {
			number = words[0]
		} else if len(words) == 2 && words[0] == "sha256" {
			digest = words[1]
		}
	}
	return number + " " + digest
}
