package main

import (
	"errors"
	"fmt"
	"time"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// localInstant is how instants are written out: the time that the clocks of Hong Kong show, a fraction of a second only if there is one.
const localInstant = "2006-01-02T15:04:05.999999999"

// parseInstant reads a time of the clocks of Hong Kong, or one with an offset as RFC 3339 writes it. The seconds may be missing.
func parseInstant(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, errors.New("no time is given: write it like 2026-03-02T17:31:00, in Hong Kong time")
	}
	for _, layout := range [...]string{"2006-01-02T15:04:05", "2006-01-02T15:04", time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if t, err := time.ParseInLocation(layout, text, calendarhk.Zone()); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%.40q is no time: write it like 2026-03-02T17:31:00, in Hong Kong time, or like 2026-03-02T09:31:00Z", text)
}

// formatInstant writes what the clocks of Hong Kong show.
func formatInstant(t time.Time) string { return t.In(calendarhk.Zone()).Format(localInstant) }

// parseAmount reads a plain decimal; nothing is the zero Amount.
func parseAmount(text string, c money.Currency) (money.Amount, error) {
	if text == "" {
		return money.Amount{}, nil
	}
	return money.Parse(text, c)
}

// explain gives a reason on one line; what rests on holidays found by rule says so first.
func explain(r law.Reason, projected bool) string {
	if projected {
		return "projected: " + r.String()
	}
	return r.String()
}
