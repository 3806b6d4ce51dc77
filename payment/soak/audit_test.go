package main

import (
	"bytes"
	"database/sql"
	"errors"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// copied is the same soak with a copy of its files, to tamper with.
func (s *soak) copied(t *testing.T) *soak {
	t.Helper()
	other := &soak{
		o: s.o, folder: t.TempDir(), company: s.company, desk: s.desk, hands: s.hands, browser: s.browser, progress: s.progress,
		frontURL: s.frontURL, settled: s.settled, tales: s.tales, played: s.played,
	}
	for _, name := range []string{courtDatabase, courtLog, companyJournal} {
		text, err := os.ReadFile(s.path(name))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(other.path(name), text, 0o600))
	}
	return other
}

// exec tampers with the court's database.
func (s *soak) exec(t *testing.T, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", s.path(courtDatabase))
	require.NoError(t, err)
	_, err = db.Exec(statement)
	require.NoError(t, err)
	require.NoError(t, db.Close())
}

func (s *soak) appendTo(t *testing.T, name, text string) {
	t.Helper()
	f, err := os.OpenFile(s.path(name), os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.WriteString(text)
	require.NoError(t, err)
	require.NoError(t, f.Close())
}

// first is a condition for the first record of a kind that fits.
func first(kind, where string) string {
	return " WHERE seq = (SELECT min(seq) FROM icms_record WHERE kind = '" + kind + "' AND " + where + ")"
}

// unpaid gives an order that nobody has paid, and what it is for.
func (s *soak) unpaid(t *testing.T) (order string, amount money.Amount) {
	t.Helper()
	db, err := sql.Open("sqlite", s.path(courtDatabase))
	require.NoError(t, err)
	defer db.Close()
	var text string
	require.NoError(t, db.QueryRow("SELECT id, json_extract(body, '$.amount') FROM icms_record"+first("payment.order", is("state", "open"))).
		Scan(&order, &text))
	amount, err = money.Parse(strings.TrimPrefix(text, "HKD "), hkd())
	require.NoError(t, err)
	return order, amount
}

// paysAfterwards has somebody pay at the company of whom the court never hears.
func (s *soak) paysAfterwards(t *testing.T) {
	t.Helper()
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	clock := new(ahead)
	clock.set(s.hands.ahead())
	client, err := simpay.NewClient(simpay.ClientOptions{
		URL: s.company.url, HTTP: transport, Secrets: []simpay.Secret{sharedSecret}, Terms: terms(), Clock: clock.now,
	})
	require.NoError(t, err)
	_, err = client.Create(t.Context(), payment.CreateRequest{Reference: "R-1", Key: "R-1:create:1", Amount: money.New(100, hkd()), Flow: payment.Redirect})
	require.NoError(t, err)
	_, err = s.company.Act(t.Context(), "R-1", simpay.Act{Deed: simpay.DeedPay})
	require.NoError(t, err)
}

// tampering is one way in which what a soak has left can be wrong, and what the audit says of it.
type tampering struct {
	says string
	do   func(t *testing.T, s *soak)
}

// tamperings are put upon one copy together, those about the same things.
func tamperings() map[string][]tampering {
	set := func(kind, where, field, value string) func(*testing.T, *soak) {
		return func(t *testing.T, s *soak) {
			s.exec(t, "UPDATE icms_record SET body = json_set(body, '"+field+"', '"+value+"')"+first(kind, where))
		}
	}
	remove := func(kind, where string) func(*testing.T, *soak) {
		return func(t *testing.T, s *soak) { s.exec(t, "DELETE FROM icms_record"+first(kind, where)) }
	}
	add := func(sum string) func(*testing.T, *soak) {
		return func(t *testing.T, s *soak) {
			s.exec(t, "UPDATE icms_sum SET value = value + 1 WHERE name = 'ledger/HKD/"+sum+"/posted'")
		}
	}
	logs := func(text string) func(*testing.T, *soak) {
		return func(t *testing.T, s *soak) { s.appendTo(t, courtLog, text+"\n") }
	}
	return map[string][]tampering{
		"payments": {
			{"at the company is not on record", remove("payment.taken", is("use", "order"))},
			{"is on record, at the company it is of", set("payment.taken", is("use", "excess"), "$.amount", "HKD 0.01")},
			{"is paid with HKD 0.02", set("payment.taken", is("use", "order"), "$.amount", "HKD 0.02")},
			{"is open and has", func(t *testing.T, s *soak) {
				order, _ := s.unpaid(t)
				set("payment.taken", is("use", "order")+" AND NOT "+is("amount", "HKD 0.02"), "$.order", order)(t, s)
			}},
		},
		"refunds": {
			{"which is nobody's, HKD", remove("payment.refund", is("state", "succeeded")+" AND json_extract(body, '$.payment') IN ("+
				"SELECT json_extract(body, '$.id') FROM icms_record WHERE kind = 'payment.taken' AND "+is("use", "excess")+")")},
			{"given back: ", set("payment.refund", is("state", "succeeded"), "$.amount", "HKD 0.03")},
			{"lost in disputes: ", set("payment.dispute", is("state", "lost"), "$.amount", "HKD 0.04")},
			{"refund note", remove("payment.refund", "json_extract(body, '$.note.number') = 1")},
		},
		"receipts": {
			{"and its claim open with", set(kindClaim, is("state", "paid"), "$.state", "open")},
			{"follows number 0", remove("payment.receipt", "json_extract(body, '$.number.number') = 1")},
			{"is paid and has no receipt", remove("payment.receipt", "json_extract(body, '$.number.number') = 5")},
		},
		"books": {
			{"the ledger does not prove", add("revenue:east:filing")},
			{"owed by the company: ", add("clearing:simpay")},
			{"dispute:reserve stands at", add("dispute:reserve")},
			{"the audit chain", func(t *testing.T, s *soak) {
				s.exec(t, "UPDATE icms_link SET note = '{}' WHERE seq = (SELECT max(seq) FROM icms_link)")
			}},
			{"final false", func(t *testing.T, s *soak) {
				s.exec(t, "UPDATE icms_record SET body = json_remove(body, '$.final')"+first("payment.attempt", "true"))
			}},
			{"the database: ", remove("payment.message", "true")},
			{"the clearing account is not explained", remove("reconcile.line", is("kind", "payment"))},
		},
		"traces": {
			{"the court's log: panic", logs("panic: something")},
			{"court.log holds the canary", logs("level=WARN " + canary)},
			{"court.log holds a secret", logs("level=WARN " + sharedSecret)},
			{"a payer who dreams has paid", func(t *testing.T, s *soak) {
				order, amount := s.unpaid(t)
				s.tales = append(s.tales, &tale{order: order, plot: "dreams", paid: []money.Amount{amount}})
			}},
			{"a payer who is modest has paid []", func(_ *testing.T, s *soak) {
				i := slices.IndexFunc(s.tales, func(told *tale) bool { return told.plot == "pays" })
				s.tales = append(s.tales, &tale{order: s.tales[i].order, plot: "is modest"})
			}},
			{"somebody's trouble", func(_ *testing.T, s *soak) { s.trouble(errors.New("somebody's trouble")) }},
		},
		"somebody who pays afterwards": {
			{"taken: ", func(t *testing.T, s *soak) { s.paysAfterwards(t) }},
		},
	}
}

// is a condition on a field.
func is(field, value string) string { return "json_extract(body, '$." + field + "') = '" + value + "'" }

// findsWhatIsWrong tampers with copies of what a soak has left: the audit says it all.
func (s *soak) findsWhatIsWrong(t *testing.T) {
	groups := tamperings()
	for _, name := range slices.Sorted(maps.Keys(groups)) { // the last one is the company's, not the copy's
		t.Run(name, func(t *testing.T) {
			s := s.copied(t)
			for _, tamper := range groups[name] {
				tamper.do(t, s)
			}
			f, err := s.audit(t.Context())
			require.NoError(t, err)
			var out bytes.Buffer
			require.Equal(t, unexplained, newProgress(&out, s.o).report(s, f, s.played))
			for _, tamper := range groups[name] {
				require.Contains(t, out.String(), tamper.says)
			}
		})
	}
}
