package hk

import (
	"embed"
	"fmt"
	"iter"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

//go:embed data/names.txt data/holidays.txt data/festivals.txt
var tables embed.FS

// table reads one of the embedded tables.
func table(name string) (string, error) {
	b, err := tables.ReadFile("data/" + name)
	if err != nil {
		return "", fmt.Errorf("calendar/hk: %w", err)
	}
	return string(b), nil
}

// lines gives the lines of a table with their numbers, without comments and empty lines.
func lines(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		n := 0
		for line := range strings.Lines(text) {
			n++
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if !yield(n, line) {
				return
			}
		}
	}
}

// readNames reads "key | English | Chinese".
func readNames(text string) (map[string]law.Text, error) {
	names := make(map[string]law.Text)
	for n, line := range lines(text) {
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if len(cells) != 3 || cells[0] == "" || cells[1] == "" || cells[2] == "" {
			return nil, fmt.Errorf("calendar/hk: names, line %d: %.40q is not a key, an English and a Chinese name", n, line)
		}
		if names[cells[0]] != nil {
			return nil, fmt.Errorf("calendar/hk: names, line %d: the key %.40q is there twice", n, cells[0])
		}
		names[cells[0]] = law.T(cells[1], cells[2])
	}
	return names, nil
}

// row is a line of the holiday table.
type row struct {
	date   calendar.Date
	status law.Status
	name   string
	why    string        // the holiday that it stands in for, or what brought it about
	on     calendar.Date // the date on which the holiday that it stands in for met a Sunday or another one
}

// readRows reads "date status name [why[@date]]".
func readRows(text string) ([]row, error) {
	var rows []row
	for n, line := range lines(text) {
		r, err := readRow(strings.Fields(line))
		if err != nil {
			return nil, fmt.Errorf("calendar/hk: holidays, line %d: %w", n, err)
		}
		rows = append(rows, r)
	}
	return rows, nil
}

func readRow(cells []string) (r row, err error) {
	if len(cells) != 3 && len(cells) != 4 {
		return row{}, fmt.Errorf("there are %d columns instead of 3 or 4", len(cells))
	}
	if r.date, err = calendar.ParseDate(cells[0]); err != nil {
		return row{}, err
	}
	if r.status, err = law.ParseStatus(cells[1]); err != nil {
		return row{}, err
	}
	r.name = cells[2]
	if len(cells) == 4 {
		why, on, dated := strings.Cut(cells[3], "@")
		r.why = why
		if dated {
			r.on, err = calendar.ParseDate(on)
		}
	}
	return r, err
}

// festivals are the dates of one year that follow the sun and the moon.
type festivals struct {
	lunarNewYear, chingMing, buddha, tuenNg, midAutumn, chungYeung calendar.Date
}

// readFestivals reads "year MMDD MMDD MMDD MMDD MMDD MMDD".
func readFestivals(text string) (map[int]festivals, error) {
	years := make(map[int]festivals)
	for n, line := range lines(text) {
		cells := strings.Fields(line)
		var f festivals
		days := []*calendar.Date{&f.lunarNewYear, &f.chingMing, &f.buddha, &f.tuenNg, &f.midAutumn, &f.chungYeung}
		if len(cells) != 1+len(days) {
			return nil, fmt.Errorf("calendar/hk: festivals, line %d: there are %d columns instead of %d", n, len(cells), 1+len(days))
		}
		for i, d := range days {
			t, err := time.Parse("20060102", cells[0]+cells[i+1])
			if err != nil {
				return nil, fmt.Errorf("calendar/hk: festivals, line %d: %.20q is no month and day of %.20q", n, cells[i+1], cells[0])
			}
			*d = calendar.DateOf(t, time.UTC)
		}
		years[f.lunarNewYear.Year()] = f
	}
	return years, nil
}
