package hk_test

import (
	"fmt"
	"log"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/fees"
	feeshk "courts.example/eservices/fees/hk"
	filinghk "courts.example/eservices/filing/hk"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/rollout"
)

// The plan of the mandate, as it was known on a day.
func TestRolloutPlans(t *testing.T) {
	list, err := icmshk.Rollout()
	require.NoError(t, err)
	for on, want := range map[string]string{
		"2024-10-09": "",
		"2024-10-10": "planned 2026-01-01 ",
		"2025-12-19": "planned 2026-07-01 ",
		"2026-05-17": "planned 2026-07-01 ",
		"2026-05-18": "planned 2026-10-01 2026-12-31; announced 2026-06-01 ",
		"2026-06-01": "planned 2026-10-01 2026-12-31; in_force 2026-06-01 ",
	} {
		d, err := list.Mandate(rollout.Question{Court: icmshk.CourtOfAppeal, Type: "CACV", Date: calendar.MustDate(on), Represented: rollout.Yes})
		require.NoError(t, err)
		got := ""
		for i, m := range d.Mandates {
			if i > 0 {
				got += "; "
			}
			got += fmt.Sprintf("%s %s %s", m.State, m.From, m.Latest)
		}
		require.Equal(t, want, got, on)
	}
}

// A bulk claim commenced before the first day is inspected at the registry.
func TestRolloutInspectionOfOlderClaims(t *testing.T) {
	list, err := icmshk.Rollout()
	require.NoError(t, err)
	on := calendar.MustDate("2026-11-02")
	for commenced, want := range map[string]rollout.Verdict{"2024-10-30": rollout.No, "2024-10-31": rollout.Yes} {
		a, err := list.CoversCase(filinghk.Court, filinghk.BulkClaim, rollout.Inspection, calendar.MustDate(commenced), on)
		require.NoError(t, err)
		require.Equal(t, want, a.Verdict, commenced)
		require.Equal(t, law.Confirmed, a.Reason.Status())
	}
}

// The list says of the Small Claims Tribunal what its filing rules and its fees say.
func TestRolloutAgreesWithTheTribunal(t *testing.T) {
	list, err := icmshk.Rollout()
	require.NoError(t, err)
	sct, ok := list.Court(filinghk.Court)
	require.True(t, ok)
	policy, err := filinghk.SmallClaims()
	require.NoError(t, err)
	require.Equal(t, policy.Name, sct.Name)
	schedule, err := feeshk.SmallClaims()
	require.NoError(t, err)
	require.Equal(t, feeshk.Search, sct.Search.Item)
	for d := calendar.MustDate("2024-10-01"); d.Before(calendar.MustDate("2027-12-01")); d = d.AddDays(1) {
		at := d.Start(calendarhk.Zone())
		a, err := list.Covers(filinghk.Court, filinghk.BulkClaim, rollout.Filing, d)
		require.NoError(t, err)
		_, notice := policy.NoticeAt(filinghk.BulkClaim, "", at)
		require.Equal(t, notice, a.Verdict == rollout.Yes, d)
		pricer, err := schedule.Pricer(feeshk.Search, fees.Electronic, at)
		if a.Verdict == rollout.No {
			require.ErrorIs(t, err, fees.ErrNotElectronic, d)
			continue
		}
		require.NoError(t, err)
		line, err := pricer.Flat()
		require.NoError(t, err)
		require.Equal(t, sct.Concession.Contains(d) == rollout.Yes, line.Concession.Sign() > 0, d)
	}
}

// Nothing in the list rests on a policy of ours, and every text speaks both languages.
func TestRolloutGrounds(t *testing.T) {
	list, err := icmshk.Rollout()
	require.NoError(t, err)
	both := func(what string, words law.Text) { require.Equal(t, []string{"en", "zh-Hant"}, words.Tags(), what) }
	for _, c := range list.Courts() {
		both(c.Code, c.Name)
		require.Greater(t, c.Voluntary.Status, law.Assumed)
		for _, k := range c.Types {
			both(k.Code, k.Name)
			require.Greater(t, k.Named.Status, law.Assumed)
			for _, o := range k.Offers {
				require.Greater(t, o.Provision.Status, law.Assumed)
				if o.Note != nil {
					both(k.Code, o.Note)
				}
			}
		}
	}
	for _, m := range list.Mandates() {
		both(m.Name, m.Title)
	}
}

func ExampleRollout() {
	list, err := icmshk.Rollout()
	if err != nil {
		log.Fatal(err)
	}
	firm := rollout.Question{
		Court: icmshk.CourtOfFirstInstance, Type: "HCA", Date: calendar.MustDate("2026-06-01"),
		Represented: rollout.Yes, Commencing: rollout.Yes, Firm: rollout.FirmNew,
	}
	duty, err := list.Mandate(firm)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(duty.Verdict, "-", duty.Reason)
	probate, err := list.Covers(icmshk.CourtOfFirstInstance, "HCAP", rollout.Filing, firm.Date)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(probate.Verdict, "-", probate.Reason)
	// Output:
	// yes - a law firm's first case by the system: in force since 2026-06-01 (Judiciary press release of 18 May 2026, confirmed); the party is legally represented; the act commences a case; the firm has never commenced a case electronically; no permission of the court to do otherwise is claimed
	// unknown - Court of First Instance of the High Court, probate action: the first day of electronic filing is not known: the source names the type without a day (Judiciary FAQ on e-inspection (High Court) A1, confirmed)
}
