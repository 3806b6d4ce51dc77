package main

import (
	"flag"
	"io"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
)

// The status of a receipt.
const (
	received = "received"
	pending  = "pending"
)

// receipt says when something that came in counts as received.
func receipt(flags *flag.FlagSet, args []string, in io.Reader, out, _ io.Writer) error {
	reading := flags.String("reading", calendarhk.Announced, "")
	closures := flags.String("closures", "", "")
	if err := parseFlags(flags, args); err != nil {
		return err
	}
	office, err := registry(*reading, *closures)
	if err != nil {
		return err
	}
	return receiptQuestion(office).stream(in, out)
}

func receiptQuestion(office *calendar.Office) question {
	return question{
		asks:    []string{"received"},
		answers: []string{"deemed", "status"},
		answer:  func(cells []string) ([]string, string, error) { return deem(office, cells[0]) },
	}
}

// registry is the registry of the Small Claims Tribunal in a reading of its hours, with the closures of a file.
func registry(reading, closures string) (*calendar.Office, error) {
	office, err := calendarhk.Registry(calendarhk.Options{})
	if err != nil {
		return nil, err
	}
	if office, err = office.Reading(reading); err != nil {
		return nil, err
	}
	notices, err := readClosures(closures)
	if err != nil {
		return nil, err
	}
	return office.With(notices...)
}

func deem(office *calendar.Office, at string) ([]string, string, error) {
	instant, err := parseInstant(at)
	if err != nil {
		return nil, "", err
	}
	r, err := office.Receive(instant)
	if err != nil {
		return nil, "", err
	}
	why := explain(r.Reason(), r.Projected)
	if r.Pending {
		return []string{"", pending}, why, nil
	}
	return []string{formatInstant(r.Deemed), received}, why, nil
}
