package tables_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/filing"
	filinghk "courts.example/eservices/filing/hk"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/tables"
	"courts.example/eservices/payment/ledger"
)

// sample is an invented claimant with an invented approval.
var sample = filing.Approval{
	Claimant: filing.Claimant{ID: "sample-utilities", Name: law.T("Sample Utilities Limited", "範例公用事業有限公司")}, Provision: law.Provision{Instrument: "test data", Status: law.Assumed},
}

// written writes the Small Claims Tribunal, which is a program, as a document.
func written(t testing.TB) (tables.Document, icms.Court) {
	t.Helper()
	court, err := icmshk.SmallClaims(icmshk.Options{Approvals: []filing.Approval{sample}})
	require.NoError(t, err)
	policy, err := filinghk.SmallClaims()
	require.NoError(t, err)
	policy.Approvals = append(policy.Approvals, sample)
	holidays := court.Registry.Holidays().Options()
	d := tables.Document{
		Format: tables.Format, Code: court.Code, Name: court.Name, Version: "sct.1", Zone: "+08:00",
		Holidays: tables.Holidays{Version: holidays.Version, From: holidays.From, Until: holidays.Until, Provision: holidays.Provision,
			Later: &tables.LaterHolidays{Until: holidays.RuleUntil, Provision: holidays.RuleProvision}},
		Offices: tables.Offices{Registry: office(court.Registry), Accounts: &tables.Office{Like: "registry", Name: court.Accounts.Name()}},
		Fees:    document(t, "../../../fees/hk/sct.json"), FilingFee: court.FilingFee, Filing: policy, NoSingle: court.NoSingle,
		Numbers:  tables.Numbers(court.Numbers),
		Policies: policies(court.Policies), Means: court.Means, Coverage: document(t, "../../hk/rollout.json"),
		Hearings:   &tables.Hearings{Earliest: court.Hearings.Earliest, Latest: court.Hearings.Latest, Provision: court.Hearings.Provision},
		Inspection: &tables.Inspection{Item: court.Inspection.Item, Open: tables.Span(court.Inspection.Open), Provision: court.Inspection.Provision},
		Limits:     limits(t, court),
	}
	for _, row := range holidays.Rows {
		h := tables.Holiday{Date: row.Date, Name: row.Name, Status: row.Status, InPlaceOf: row.InPlaceOf, Unnamed: row.Unnamed}
		if row.Projected {
			d.Holidays.Later.Rows = append(d.Holidays.Later.Rows, h)
		} else {
			d.Holidays.Rows = append(d.Holidays.Rows, h)
		}
	}
	hearings := office(court.Hearings.Hours)
	d.Offices.Hearings = &hearings
	for _, k := range court.Papers {
		p := tables.Paper{Code: k.Code, Name: k.Name, Sides: k.Sides, Afterwards: k.Afterwards, OnPaper: k.OnPaper, Fee: k.Fee, Provision: k.Provision}
		if k.Event != "" {
			p.Limit = &tables.PaperLimit{Event: k.Event, Days: k.Days, Provision: k.Limit}
		}
		if k.Instead != "" {
			p.Limit.Instead = &tables.PaperInstead{Event: k.Instead, Asked: k.Asked, Provision: k.Deferred}
		}
		d.Papers = append(d.Papers, p)
	}
	return d, court
}

func policies(p icms.Policies) tables.Policies {
	acceptance, asked, told := tables.AcceptancePolicy(p.Acceptance), tables.TimePolicy(p.Time), tables.RepresentedPolicy(p.Represented)
	partial, corrections := tables.PartialPolicy(p.Partial), tables.CorrectionPolicy(p.Corrections)
	return tables.Policies{
		Fee: tables.FeePolicy(p.Fee), Receipt: tables.ReceiptPolicy(p.Receipt), Acceptance: &acceptance, Time: &asked, Represented: &told, Partial: &partial,
		Corrections: &corrections,
		Linking: &tables.LinkPolicy{
			Tries: p.Linking.Tries, CodeTries: p.Linking.CodeTries, Rest: tables.Span(p.Linking.Rest), Provision: p.Linking.Provision,
		},
	}
}

func office(o *calendar.Office) tables.Office {
	from := o.Options()
	out := tables.Office{Name: from.Name, Version: from.Version, Strict: from.Strict, Closures: from.Closures}
	for _, r := range from.Readings {
		to := tables.Reading{Name: r.Name, Title: r.Title, ClosingIn: r.ClosingIn, Closing: r.Closing}
		for _, h := range r.Hours {
			edition := tables.Hours{From: h.From, Until: h.Until, Provision: h.Provision}
			for day, sessions := range h.Week {
				if len(sessions) > 0 {
					edition.Week = append(edition.Week, tables.Days{On: []tables.Weekday{tables.Weekday(day)}, Open: open(sessions)})
				}
			}
			to.Editions = append(to.Editions, edition)
		}
		out.Readings = append(out.Readings, to)
	}
	g := from.Grounds
	if g.Rule.IsZero() {
		return out
	}
	out.Grounds = &tables.OfficeGrounds{
		Rule: g.Rule, OutsideRule: g.OutsideRule, Closed: g.Closed, AfterHours: g.AfterHours, Reopening: g.Reopening, Pending: g.Pending, Causes: map[string]tables.Cause{},
	}
	for cause, entry := range g.Causes {
		out.Grounds.Causes[string(cause)] = tables.Cause(entry)
	}
	return out
}

func open(sessions []calendar.Session) []tables.Session {
	out := make([]tables.Session, len(sessions))
	for i, s := range sessions {
		out[i] = tables.Session{Hours: s.Opens.String() + "-" + s.Closes.String(), Provision: s.Provision}
	}
	return out
}

// limits writes the rule of time limits, and what it makes of closures.
func limits(t testing.TB, court icms.Court) *tables.Limits {
	closed, err := court.Registry.With(calendar.Closure{ID: "x", Cause: calendarhk.GaleWarning, From: time.Date(2026, 8, 3, 0, 0, 0, 0, time.UTC)})
	require.NoError(t, err)
	rule, err := court.Limits(closed)
	require.NoError(t, err)
	o := rule.Options()
	require.Len(t, o.Warnings, 1)
	days := func(s calendar.DaySet) tables.DaySet {
		out := tables.DaySet{Holidays: s.Holidays, Warnings: s.Warnings, Closed: s.Closed}
		for _, d := range s.Weekdays {
			out.Weekdays = append(out.Weekdays, tables.Weekday(d))
		}
		return out
	}
	g := o.Grounds
	out := &tables.Limits{
		Name: o.Name, Version: o.Version, Short: o.Short, LeftOut: days(o.LeftOut), NotLast: days(o.NotLast), Kinds: map[string]tables.Cause{},
		Closures: &tables.ClosuresAsWarnings{
			Causes: []string{calendarhk.GaleWarning, calendarhk.BlackRainstorm}, Opening: tables.Span(9 * time.Hour), Provision: o.Warnings[0].Provision,
		},
		Grounds: tables.LimitGrounds{
			Event: g.Event, Short: g.Short, NotLast: g.NotLast, Closed: g.Closed, Pending: g.Pending, Weekdays: map[tables.Weekday]law.Provision{},
		},
	}
	for name, k := range o.Kinds {
		out.Kinds[name] = tables.Cause(k)
	}
	for d, p := range g.Weekdays {
		out.Grounds.Weekdays[tables.Weekday(d)] = p
	}
	return out
}

func asJSON(t require.TestingT, v any) string {
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

// The tribunal as a document is the tribunal as a program: in what it is, receives, counts, charges and finds.
func TestTheTribunalAsADocumentIsTheTribunal(t *testing.T) {
	d, program := written(t)
	data, err := json.Marshal(d)
	require.NoError(t, err)
	read := load(t, data)

	require.Equal(t, program.Papers, read.Papers)
	require.Equal(t, program.Policies, read.Policies)
	require.Equal(t, program.Numbers, read.Numbers)
	require.Equal(t, program.Inspection, read.Inspection)
	require.Equal(t, program.NoSingle, read.NoSingle)
	require.Equal(t, program.Coverage, read.Coverage)
	require.Equal(t, asJSON(t, program.Means), asJSON(t, read.Means))
	require.Equal(t, asJSON(t, program.Filing), asJSON(t, read.Filing))

	causes := []string{calendarhk.GaleWarning, calendarhk.BlackRainstorm, calendarhk.ExtremeConditions, calendarhk.Direction}
	instant := func(r *rapid.T, name string) time.Time {
		return time.Unix(rapid.Int64Range(1_400_000_000, 2_100_000_000).Draw(r, name), 0).UTC()
	}
	rapid.Check(t, func(r *rapid.T) {
		from := instant(r, "closed from")
		closure := calendar.Closure{ID: "c", Cause: calendar.Cause(rapid.SampledFrom(causes).Draw(r, "cause")), From: from}
		if rapid.Bool().Draw(r, "reopens") {
			closure.Reopens = from.Add(time.Duration(rapid.IntRange(1, 200).Draw(r, "hours")) * time.Hour)
		}
		at := from.Add(time.Duration(rapid.IntRange(-400, 400).Draw(r, "hours later")) * time.Hour)
		for _, pair := range [][2]*calendar.Office{
			{program.Registry, read.Registry}, {program.Accounts, read.Accounts}, {program.Hearings.Hours, read.Hearings.Hours},
		} {
			here, err := pair[0].With(closure)
			require.NoError(r, err)
			there, err := pair[1].With(closure)
			require.NoError(r, err)
			a, errA := here.Receive(at)
			b, errB := there.Receive(at)
			require.Equal(r, errA == nil, errB == nil)
			require.Equal(r, asJSON(r, a), asJSON(r, b))
			require.Equal(r, asJSON(r, a.Reason()), asJSON(r, b.Reason()))
			if pair[0] != program.Registry {
				continue
			}
			first, err := program.Limits(here)
			require.NoError(r, err)
			second, err := read.Limits(there)
			require.NoError(r, err)
			days := rapid.IntRange(1, 20).Draw(r, "days")
			x, errX := first.Expires(calendar.DateOf(at, calendarhk.Zone()), days)
			y, errY := second.Expires(calendar.DateOf(at, calendarhk.Zone()), days)
			require.Equal(r, errX == nil, errY == nil)
			require.Equal(r, x.Date, y.Date)
			if errX == nil {
				require.Equal(r, asJSON(r, x.Reason()), asJSON(r, y.Reason()))
			}
		}
	})
	t.Run("batches", func(t *testing.T) { sameBatches(t, program, read) })
}

// sameBatches files the same batches at both.
func sameBatches(t *testing.T, program, read icms.Court) {
	at := time.Date(2026, 4, 2, 18, 0, 0, 0, calendarhk.Zone()) // the evening before Easter
	account := ledger.Deposit("sample-utilities", "main")
	hkd := money.MustCurrency("HKD")
	var answers [2][]string
	for i, court := range []icms.Court{program, read} {
		s := counter(t, court, at)
		deposit(t, s, account, money.New(1_000_000, hkd), at)
		for _, csv := range []string{
			claims("A", "other", "1000", "5000.01", "75000"), claims("B", "other", "75000.01", "0", "x"), claims("A", "other", "1000"),
			claims("C", "surcharges", "200"), "reference\n", claims("D", "other", "20000", "30000"),
		} {
			in := batch("SCT", "Sample Utilities Limited", "sample-utilities", csv, account)
			preflight, err := s.Registry().Preflight(t.Context(), in)
			require.NoError(t, err)
			filed, err := s.Registry().File(t.Context(), in)
			require.NoError(t, err)
			answers[i] = append(answers[i], asJSON(t, preflight), asJSON(t, filed))
		}
		require.NoError(t, s.Audit().Verify(t.Context(), "SCT", 2026))
	}
	require.Equal(t, answers[0], answers[1])
	require.Contains(t, answers[0][1], "SCTC000001/2026")
}
