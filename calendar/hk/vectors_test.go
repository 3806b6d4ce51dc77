package hk_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
	_ "time/tzdata" // zones of other places, on any machine

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/calendar/hk"
)

// readCSV reads a file of testdata as rows by column name.
func readCSV(t testing.TB, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	require.NoError(t, err)
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	records, err := r.ReadAll()
	require.NoError(t, err)
	var rows []map[string]string
	for _, record := range records[1:] {
		row := make(map[string]string)
		for i, column := range records[0] {
			row[column] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// at reads a time of the test data, in Hong Kong time, with or without seconds. Empty is the zero Time.
func at(t testing.TB, text string) time.Time {
	t.Helper()
	if text == "" {
		return time.Time{}
	}
	layout := "2006-01-02T15:04:05"
	v, err := time.ParseInLocation(layout[:min(len(text), len(layout))], text, hk.Zone())
	require.NoError(t, err)
	return v
}

func closures(t testing.TB) []calendar.Closure {
	var out []calendar.Closure
	for i, row := range readCSV(t, "closures.csv") {
		out = append(out, calendar.Closure{
			ID: strconv.Itoa(i), Cause: hk.Direction, From: at(t, row["closed"]), Reopens: at(t, row["reopened"]),
		})
	}
	return out
}

func warnings(t testing.TB) []calendar.Warning {
	var out []calendar.Warning
	for i, row := range readCSV(t, "warnings.csv") {
		if row["start"] == "" || row["end"] == "" {
			continue
		}
		out = append(out, calendar.Warning{
			ID: strconv.Itoa(i), Kind: row["kind"], From: at(t, row["start"]), Until: at(t, row["end"]),
		})
	}
	return out
}

func registry(t testing.TB, o hk.Options) *calendar.Office {
	t.Helper()
	office, err := hk.Registry(o)
	require.NoError(t, err)
	return office
}

func TestReceiptVectors(t *testing.T) {
	office := registry(t, hk.Options{Closures: closures(t)})
	zones := []*time.Location{hk.Zone(), time.UTC, zone(t, "America/New_York"), zone(t, "Europe/Dublin")}
	for _, reading := range []string{hk.Announced, hk.Statutory} {
		office, err := office.Reading(reading)
		require.NoError(t, err)
		require.Equal(t, reading, office.ReadingName())
		for _, row := range readCSV(t, "receipts.csv") {
			for _, z := range zones {
				r, err := office.Receive(at(t, row["received"]).In(z))
				require.NoError(t, err)
				require.Equal(t, row[reading], r.Deemed.Format("2006-01-02T15:04:05"), "%s: %s: %s", reading, row["received"], row["what"])
				require.False(t, r.Pending)
				require.Equal(t, r.Moved(), row["received"] != row[reading])
			}
		}
	}
}

func TestPeriodVectors(t *testing.T) {
	office := registry(t, hk.Options{Closures: closures(t)})
	ordinary, err := hk.Ordinary(hk.LimitOptions{Warnings: warnings(t)})
	require.NoError(t, err)
	court, err := hk.CourtOffice(hk.LimitOptions{Warnings: warnings(t), Office: office})
	require.NoError(t, err)
	rules := map[string]*calendar.Limits{"ord": ordinary, "court": court}
	for _, row := range readCSV(t, "periods.csv") {
		days, err := strconv.Atoi(row["days"])
		require.NoError(t, err)
		e, err := rules[row["rule"]].Expires(calendar.MustDate(row["event"]), days)
		require.NoError(t, err)
		require.Equal(t, row["expires"], e.Date.String(), fmt.Sprint(row))
		require.False(t, e.Pending)
	}
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	require.NoError(t, err)
	return z
}
