package main

import (
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"time"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
)

// holidays lists the general holidays of a year; it reads nothing.
func holidays(flags *flag.FlagSet, args []string, _ io.Reader, out, _ io.Writer) error {
	year := flags.Int("year", 0, "")
	lenient := flags.Bool("lenient", false, "")
	if err := parseFlags(flags, args); err != nil {
		return err
	}
	given := false
	flags.Visit(func(f *flag.Flag) { given = given || f.Name == "year" })
	if !given {
		return errors.New("name the year with -year, such as -year 2026")
	}
	table, err := calendarhk.Holidays()
	if err != nil {
		return err
	}
	if err := checkYear(*year, *lenient, table); err != nil {
		return err
	}
	first, err := calendar.MakeDate(*year, time.January, 1)
	if err != nil {
		return err
	}
	last, err := calendar.MakeDate(*year, time.December, 31)
	if err != nil {
		return err
	}
	w := csv.NewWriter(out)
	lines := [][]string{{"date", "name", "gazetted"}}
	for h := range table.Between(first, last) {
		lines = append(lines, []string{h.Date.String(), h.Name.In(), strconv.FormatBool(!h.Projected)})
	}
	return w.WriteAll(lines)
}

// checkYear refuses a year of which the table says nothing, and one that it knows by rule only unless that is asked for.
func checkYear(year int, lenient bool, table *calendar.Holidays) error {
	first, last, horizon := table.First().Year(), table.Last().Year(), table.Horizon().Year()
	switch {
	case year < first:
		return fmt.Errorf("-year %d: the holidays are known from %d on", year, first)
	case year > horizon:
		return fmt.Errorf("-year %d: the holidays are known to %d, and by rule to %d", year, last, horizon)
	case year > last && !lenient:
		return fmt.Errorf("-year %d: the holidays after %d are not gazetted yet; -lenient finds them by rule", year, last)
	}
	return nil
}
