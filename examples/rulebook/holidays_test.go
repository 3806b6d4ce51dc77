package main

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHolidaysOfEveryYear(t *testing.T) {
	_, all := vectors(t, "holidays.csv")
	require.Len(t, all, 512)
	var listed []record
	for year := 1998; year <= 2027; year++ {
		for _, flags := range [][]string{nil, {"-lenient"}} {
			days := ask(t, "", append([]string{"holidays", "-year", strconv.Itoa(year)}, flags...)...)
			for _, d := range days {
				require.Equal(t, "true", d["gazetted"])
			}
			if flags == nil {
				listed = append(listed, days...)
			}
		}
	}
	require.Equal(t, column(all, "date"), column(listed, "date"))
	require.Equal(t, column(all, "name"), column(listed, "name"))
}

func TestHolidaysByRule(t *testing.T) {
	for _, year := range []string{"2028", "2057", "2100"} {
		days := ask(t, "", "holidays", "-lenient", "-year", year)
		require.GreaterOrEqual(t, len(days), 16)
		for _, d := range days {
			require.Equal(t, year, d["date"][:4])
			require.Equal(t, "false", d["gazetted"])
			require.NotEmpty(t, d["name"])
		}
	}
}

func TestHolidaysRefuses(t *testing.T) {
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"-year", "2028"}, "-lenient"},
		{[]string{"-year", "1997"}, "1998"},
		{[]string{"-year", "1997", "-lenient"}, "1998"},
		{[]string{"-year", "2101", "-lenient"}, "2100"},
		{[]string{"-year", "-1", "-lenient"}, "1998"},
		{[]string{"-year", "x"}, "x"},
		{[]string{"-year", "99999999999999999999"}, "99999999999999999999"},
		{[]string{"-lenient"}, "-year"},
		{nil, "-year"},
		{[]string{"-year", "2026", "2027"}, "2027"},
	} {
		require.Contains(t, refused(t, "", append([]string{"holidays"}, c.args...)...), c.says)
	}
}
