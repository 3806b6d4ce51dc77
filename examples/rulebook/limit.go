package main

import (
	"flag"
	"fmt"
	"io"
	"strconv"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
)

// limit says on which day a period of days ends.
func limit(flags *flag.FlagSet, args []string, in io.Reader, out, notes io.Writer) error {
	closures := flags.String("closures", "", "")
	warnings := flags.String("warnings", "", "")
	if err := parseFlags(flags, args); err != nil {
		return err
	}
	rules, err := limits(*closures, *warnings, notes)
	if err != nil {
		return err
	}
	return limitQuestion(rules).stream(in, out)
}

func limitQuestion(rules map[string]*calendar.Limits) question {
	return question{
		asks:    []string{"event", "days", "rule"},
		answers: []string{"expires"},
		answer:  func(cells []string) ([]string, string, error) { return expire(rules, cells[0], cells[1], cells[2]) },
	}
}

// limits gives the rules for periods by the names that lines call them by.
func limits(closures, warnings string, notes io.Writer) (map[string]*calendar.Limits, error) {
	office, err := registry(calendarhk.Announced, closures)
	if err != nil {
		return nil, err
	}
	signals, err := readWarnings(warnings, notes)
	if err != nil {
		return nil, err
	}
	ordinary, err := calendarhk.Ordinary(calendarhk.LimitOptions{Warnings: signals})
	if err != nil {
		return nil, err
	}
	court, err := calendarhk.CourtOffice(calendarhk.LimitOptions{Warnings: signals, Office: office})
	if err != nil {
		return nil, err
	}
	return map[string]*calendar.Limits{"ord": ordinary, "court": court}, nil
}

func expire(rules map[string]*calendar.Limits, event, days, rule string) ([]string, string, error) {
	limits, ok := rules[rule]
	if !ok {
		return nil, "", fmt.Errorf("%.40q is no rule: it is ord (Cap. 1 s. 71(1)) or court (s. 71(1A))", rule)
	}
	from, err := calendar.ParseDate(event)
	if err != nil {
		return nil, "", err
	}
	n, err := strconv.Atoi(days)
	if err != nil {
		return nil, "", fmt.Errorf("%.40q is no number of days", days)
	}
	e, err := limits.Expires(from, n)
	if err != nil {
		return nil, "", err
	}
	if e.Pending {
		return nil, "", fmt.Errorf("not known yet: %s", e.Reason())
	}
	return []string{e.Date.String()}, explain(e.Reason(), e.Projected), nil
}
