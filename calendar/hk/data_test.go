package hk

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTableErrors(t *testing.T) {
	for text, want := range map[string]string{
		"a | b":           "names, line 1",
		"a | b | ":        "is not a key, an English and a Chinese name",
		"a|b|c\n#\na|d|e": "names, line 3: the key \"a\" is there twice",
	} {
		_, err := readNames(text)
		require.ErrorContains(t, err, want)
	}
	for text, want := range map[string]string{
		"2026-01-01 confirmed":                   "holidays, line 1: there are 2 columns instead of 3 or 4",
		"\n2026-02-30 confirmed jan1":            "holidays, line 2: calendar: February 2026 has no day 30",
		"2026-01-01 certain jan1":                `law: status "certain" is none of`,
		"2026-01-01 confirmed jan1 x@2026-13-01": "there is no date with year 2026, month 13",
		"2026-01-01 confirmed jan1 x@2026 01 01": "there are 6 columns",
	} {
		_, err := readRows(text)
		require.ErrorContains(t, err, want)
	}
	for text, want := range map[string]string{
		"2026 0101":                           "festivals, line 1: there are 2 columns instead of 7",
		"2026 0101 0202 0303 0404 0505 0631":  `"0631" is no month and day of "2026"`,
		"12026 0101 0202 0303 0404 0505 0631": `"0101" is no month and day of "12026"`,
	} {
		_, err := readFestivals(text)
		require.ErrorContains(t, err, want)
	}
	names, err := loadNames()
	require.NoError(t, err)
	for text, want := range map[string]string{
		"2026-01-01 confirmed jan2":      `the holiday on 2026-01-01 has the name "jan2", which the names lack`,
		"2026-01-01 confirmed jan1 jan2": `the holiday on 2026-01-01 stands in for "jan2", which the names lack`,
	} {
		rows, err := readRows(text)
		require.NoError(t, err)
		_, err = resolve(rows, names)
		require.ErrorContains(t, err, want)
	}
	_, err = table("nothing.txt")
	require.ErrorContains(t, err, "nothing.txt")
}

func FuzzReadRows(f *testing.F) {
	f.Add("2026-04-06 confirmed ching-ming+1 ching-ming@2026-04-05\n# comment\n\n2026-05-01 secondary labour")
	f.Add("2026-04-06")
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := readRows(text)
		if err != nil {
			return
		}
		for _, r := range rows {
			require.False(t, r.date.IsZero())
			require.NotEmpty(t, r.name)
		}
	})
}

func FuzzReadNames(f *testing.F) {
	f.Add("a | b | c\n# d\ne|f|g")
	f.Fuzz(func(t *testing.T, text string) {
		names, err := readNames(text)
		if err != nil {
			return
		}
		for key, name := range names {
			require.NotEmpty(t, key)
			require.Len(t, name, 2)
		}
	})
}

func FuzzReadFestivals(f *testing.F) {
	f.Add("2026 0217 0405 0524 0619 0925 1018")
	f.Add("0000 0101 0101 0101 0101 0101 0101")
	f.Fuzz(func(t *testing.T, text string) {
		years, err := readFestivals(text)
		if err != nil {
			return
		}
		for y, of := range years {
			require.Equal(t, y, of.chungYeung.Year())
		}
	})
}
