package main

import (
	"bytes"
	"database/sql"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// ready is a soak that is over and waits for its audit.
func ready(t *testing.T) *soak {
	t.Helper()
	o, err := parse([]string{"-attempts", "100", "-kills", "0", "-seed", "3", "-canary", canary}, io.Discard)
	require.NoError(t, err)
	s := newSoak(o, t.TempDir(), io.Discard)
	require.NoError(t, s.begin(t.Context()))
	t.Cleanup(func() { require.NoError(t, s.company.end()) })
	require.NoError(t, s.serve(t.Context()))
	return s
}

// copied is the same soak with a copy of its files, to tamper with.
func (s *soak) copied(t *testing.T) *soak {
	t.Helper()
	other := &soak{
		o: s.o, folder: t.TempDir(), company: s.company, desk: s.desk, hands: s.hands, browser: s.browser, progress: s.progress,
		frontURL: s.frontURL, settled: s.settled, tales: s.tales,
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
	require.NoError(t, db.QueryRow("SELECT id, json_extract(body, '$.amount') FROM icms_record"+first("payment.order", "json_extract(body, '$.state') = 'open'")).
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

// TestAuditFindsWhatIsWrong tampers with what a soak has left, in one way at a time: the audit must say so.
func TestAuditFindsWhatIsWrong(t *testing.T) {
	s := ready(t)
	set := func(kind, where, field, value string) func(*soak) {
		return func(s *soak) {
			s.exec(t, "UPDATE icms_record SET body = json_set(body, '"+field+"', '"+value+"')"+first(kind, where))
		}
	}
	remove := func(kind, where string) func(*soak) {
		return func(s *soak) { s.exec(t, "DELETE FROM icms_record"+first(kind, where)) }
	}
	for says, tamper := range map[string]func(*soak){
		"at the company is not on record":    remove("payment.taken", "json_extract(body, '$.use') = 'order'"),
		"is on record, at the company it is": set("payment.taken", "1", "$.amount", "HKD 0.01"),
		"is paid with":                       set("payment.taken", "json_extract(body, '$.use') = 'order'", "$.amount", "HKD 0.02"),
		"which is nobody's, HKD":             remove("payment.refund", "json_extract(body, '$.state') = 'succeeded' AND json_extract(body, '$.payment') IN (SELECT json_extract(body, '$.id') FROM icms_record WHERE kind = 'payment.taken' AND json_extract(body, '$.use') = 'excess')"),
		"given back: ":                       set("payment.refund", "json_extract(body, '$.state') = 'succeeded'", "$.amount", "HKD 0.03"),
		"lost in disputes: ":                 set("payment.dispute", "json_extract(body, '$.state') = 'lost'", "$.amount", "HKD 0.04"),
		"has no receipt":                     remove("payment.receipt", "1"),
		"follows number 0":                   remove("payment.receipt", "json_extract(body, '$.number.number') = 1"),
		"refund note":                        remove("payment.refund", "json_extract(body, '$.note.number') = 1"),
		"is open and has": func(s *soak) {
			order, _ := s.unpaid(t)
			set("payment.taken", "json_extract(body, '$.use') = 'order'", "$.order", order)(s)
		},
		"the ledger does not prove": func(s *soak) {
			s.exec(t, "UPDATE icms_sum SET value = value + 1 WHERE name LIKE 'ledger/HKD/revenue%'")
		},
		"owed by the company: ": func(s *soak) {
			s.exec(t, "UPDATE icms_sum SET value = value + 1 WHERE name = 'ledger/HKD/clearing:simpay/posted'")
		},
		"dispute:reserve stands at": func(s *soak) {
			s.exec(t, "UPDATE icms_sum SET value = value + 1 WHERE name = 'ledger/HKD/dispute:reserve/posted'")
		},
		"the audit chain": func(s *soak) {
			s.exec(t, "UPDATE icms_link SET note = '{}' WHERE seq = (SELECT max(seq) FROM icms_link)")
		},
		"final false": func(s *soak) {
			s.exec(t, "UPDATE icms_record SET body = json_remove(body, '$.final')"+first("payment.attempt", "1"))
		},
		"the clearing account is not": remove("reconcile.line", "json_extract(body, '$.kind') = 'payment'"),
		"the court's log: panic":      func(s *soak) { s.appendTo(t, courtLog, "panic: something\n") },
		"court.log holds the canary":  func(s *soak) { s.appendTo(t, courtLog, "level=WARN "+canary+"\n") },
		"court.log holds a secret":    func(s *soak) { s.appendTo(t, courtLog, "level=WARN "+sharedSecret+"\n") },
		"a payer who dreams": func(s *soak) {
			order, amount := s.unpaid(t)
			s.tales = append(s.tales, &tale{order: order, plot: "dreams", paid: []money.Amount{amount}})
		},
		"a payer who is modest": func(s *soak) {
			for _, told := range s.tales {
				if told.plot == "pays" {
					s.tales = append(s.tales, &tale{order: told.order, plot: "is modest"})
					return
				}
			}
		},
		"somebody's trouble": func(s *soak) { s.trouble(errors.New("somebody's trouble")) },
	} {
		t.Run(says, func(t *testing.T) {
			s := s.copied(t)
			tamper(s)
			f, err := s.audit(t.Context())
			all := strings.Join(f.wrong, "\n")
			if err != nil {
				all += err.Error()
			}
			require.Contains(t, all, says)
		})
	}
	t.Run("nothing", func(t *testing.T) {
		f, err := s.copied(t).audit(t.Context())
		require.NoError(t, err)
		require.Empty(t, f.wrong)
	})
	t.Run("somebody pays afterwards", func(t *testing.T) {
		s := s.copied(t)
		s.paysAfterwards(t)
		f, err := s.audit(t.Context())
		require.NoError(t, err)
		require.Contains(t, strings.Join(f.wrong, "\n"), "at the company is not on record")
		require.Contains(t, strings.Join(f.wrong, "\n"), "taken: ")
		var out bytes.Buffer
		p := newProgress(&out, s.o)
		require.Equal(t, unexplained, p.report(s, f, 0))
		require.Contains(t, out.String(), "UNEXPLAINED: ")
	})
}
