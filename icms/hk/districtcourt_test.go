package hk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/fees"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/rollout"
)

func district(t testing.TB) icms.Court {
	t.Helper()
	read, err := icmshk.District()
	require.NoError(t, err)
	court, err := read.Court()
	require.NoError(t, err)
	return court
}

// The rows of the document are those of the calendar of Hong Kong, to the last name.
func TestTheDistrictCourtKeepsTheGeneralHolidays(t *testing.T) {
	known, err := calendarhk.Holidays()
	require.NoError(t, err)
	court := district(t)
	first, last := calendar.MustDate("2022-01-01"), calendar.MustDate("2037-12-31")
	var want, got []calendar.Holiday
	for h := range known.Between(first, last) {
		want = append(want, h)
	}
	for h := range court.Registry.Holidays().Between(first, last) {
		got = append(got, h)
	}
	require.Equal(t, want, got)
	require.Equal(t, known.Version(), court.Registry.Holidays().Version())
}

// Its offices receive as those of the Tribunal do, whose hours are the same, in either reading.
func TestTheDistrictCourtReceivesAsTheTribunal(t *testing.T) {
	court := district(t)
	tribunal, err := calendarhk.Registry(calendarhk.Options{})
	require.NoError(t, err)
	for _, reading := range []string{calendarhk.Announced, calendarhk.Statutory} {
		here, err := court.Registry.Reading(reading)
		require.NoError(t, err)
		there, err := tribunal.Reading(reading)
		require.NoError(t, err)
		at := time.Date(2024, 1, 1, 0, 0, 0, 0, calendarhk.Zone())
		for ; at.Year() < 2028; at = at.Add(97 * time.Minute) {
			a, err := here.Receive(at)
			require.NoError(t, err)
			b, err := there.Receive(at)
			require.NoError(t, err)
			require.True(t, a.Deemed.Equal(b.Deemed), "%s: %s and %s", at, a.Deemed, b.Deemed)
		}
	}
}

func TestTheSearchFeeOfTheDistrictCourt(t *testing.T) {
	court := district(t)
	price := func(mode fees.Mode, day string) string {
		p, err := court.Fees.Pricer(court.Inspection.Item, mode, calendar.MustDate(day).Start(calendarhk.Zone()))
		require.NoError(t, err)
		line, err := p.Flat()
		require.NoError(t, err)
		if line.Unknown {
			return "unknown"
		}
		return line.Payable.String()
	}
	require.Equal(t, "HKD 14.00", price(fees.Electronic, "2022-05-06"))
	require.Equal(t, "HKD 14.00", price(fees.Electronic, "2027-05-05"))
	require.Equal(t, "HKD 18.00", price(fees.Electronic, "2027-05-06"))
	require.Equal(t, "HKD 18.00", price(fees.Paper, "2026-03-02"), "at the counter")
	require.Equal(t, "unknown", price(fees.Paper, "2022-05-05"))
}

// The same answers as the roll-out list of the whole system.
func TestTheDistrictCourtCoversWhatTheListSays(t *testing.T) {
	court := district(t)
	list, err := icmshk.Rollout()
	require.NoError(t, err)
	whole, ok := list.Court(icmshk.DistrictCourt)
	require.True(t, ok)
	own, ok := court.Coverage.Court(court.Code)
	require.True(t, ok)
	require.Equal(t, whole, own)
	for _, kind := range whole.Types {
		for _, s := range rollout.Services() {
			require.Equal(t, kind.Offer(s), own.Types[index(own.Types, kind.Code)].Offer(s))
		}
		notice, ok := court.Single.NoticeAt(kind.Code, "", time.Date(2026, 3, 2, 9, 0, 0, 0, calendarhk.Zone()))
		require.True(t, ok)
		require.Equal(t, law.Confirmed, notice.Provision.Status)
	}
}

func index(types []rollout.Type, code string) int {
	for i, k := range types {
		if k.Code == code {
			return i
		}
	}
	return -1
}
