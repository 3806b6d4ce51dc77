package icms_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/ledger"
)

// own is a claim that somebody of no register files.
func own(claimant law.Text) icms.SingleClaim {
	return icms.SingleClaim{
		Court: "BMC", Claimant: claimant, By: icms.Filer{Organisation: "pat-example"}, Account: string(ledger.Deposit("pat-example", "main")),
		Claim: filing.Claim{
			Reference: "MINE-1", Category: "supply", Amount: money.New(100_00, money.MustCurrency("EUR")), Nature: "services",
			Defendants: []filing.Party{{Name: "Defendant 0001", Address: "1 Sample Street"}}, Particulars: "Unpaid work", Calculation: "One invoice",
		},
	}
}

// TestRegisterRefusesWhatIsNoLanguage: what somebody calls its own name's language can't stand in a record.
func TestRegisterRefusesWhatIsNoLanguage(t *testing.T) {
	c := newBallymore(t)
	for _, tag := range []string{"claim", "", "en_GB", `aa":{"claim`} {
		_, err := c.Registry().FileClaim(t.Context(), own(law.Text{"aa": "Pat Example", tag: "Padraig"}))
		require.Equal(t, "request.text.tag", refusal(t, err), tag)
		_, err = c.Registry().PreflightClaim(t.Context(), own(law.Text{"aa": "Pat Example", tag: "Padraig"}))
		require.Equal(t, "request.text.tag", refusal(t, err), tag)
	}
	r, err := c.Registry().FileClaim(t.Context(), own(law.Text{"en": `Pat ,"claim":{ Example`, "ga-IE": "Padraig"}))
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State, "%v", r.Findings)
	all, _, err := c.CauseBook().Find(t.Context(), icms.BookQuery{Court: "BMC"})
	require.NoError(t, err)
	require.Equal(t, `Pat ,"claim":{ Example`, all[len(all)-1].ClaimantName["en"])
}

// TestRegisterCutsTheHeadOfACase whatever stands in it and in the claim.
func TestRegisterCutsTheHeadOfACase(t *testing.T) {
	word := rapid.SampledFrom([]string{"claim", `,"claim":`, `"`, `\`, `\"`, "{", "}", "[", "]", ",", "甲", "a"})
	text := rapid.MapOf(word, word)
	rapid.Check(t, func(t *rapid.T) {
		part := func(label string) []byte {
			body, err := json.Marshal(struct {
				Number string              `json:"number"`
				Name   map[string]string   `json:"name"`
				More   []map[string]string `json:"more"`
			}{word.Draw(t, label), text.Draw(t, label), rapid.SliceOf(text).Draw(t, label)})
			require.NoError(t, err)
			return body
		}
		head := part("head")
		cut, err := icms.Head(head, part("claim"))
		require.NoError(t, err)
		require.Equal(t, string(head), string(cut))
	})
}
