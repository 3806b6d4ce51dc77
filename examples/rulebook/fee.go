package main

import (
	"flag"
	"fmt"
	"io"

	"courts.example/eservices/fees"
	feeshk "courts.example/eservices/fees/hk"
)

// fee prices items as of an instant.
func fee(flags *flag.FlagSet, args []string, in io.Reader, out, _ io.Writer) error {
	if err := parseFlags(flags, args); err != nil {
		return err
	}
	schedule, err := feeshk.SmallClaims()
	if err != nil {
		return err
	}
	return feeQuestion(schedule).stream(in, out)
}

func feeQuestion(schedule *fees.Schedule) question {
	return question{
		asks:    []string{"court", "item", "amount", "mode", "at"},
		answers: []string{"fee", "base", "status"},
		answer: func(cells []string) ([]string, string, error) {
			return price(schedule, cells[0], cells[1], cells[2], cells[3], cells[4])
		},
	}
}

// unknownFee stands for an amount that nobody knows, which is not nothing.
const unknownFee = "unknown"

func price(schedule *fees.Schedule, court, item, amount, mode, at string) ([]string, string, error) {
	if err := checkCourt(court); err != nil {
		return nil, "", err
	}
	how, err := fees.ParseMode(mode)
	if err != nil {
		return nil, "", err
	}
	instant, err := parseInstant(at)
	if err != nil {
		return nil, "", err
	}
	sum, err := parseAmount(amount, schedule.Currency())
	if err != nil {
		return nil, "", err
	}
	pricer, err := schedule.Pricer(item, how, instant)
	if err != nil {
		return nil, "", err
	}
	line, err := pricer.Line(sum)
	if err != nil {
		return nil, "", err
	}
	reason := line.Reason()
	answers := []string{line.Payable.Short(), line.Base.Short(), reason.Status().String()}
	if line.Unknown {
		answers[0], answers[1] = unknownFee, unknownFee
	}
	return answers, reason.String(), nil
}

// smallClaims is the one court whose rules this program knows.
const smallClaims = "sct"

func checkCourt(court string) error {
	if court != smallClaims {
		return fmt.Errorf("%.40q is no court that this program knows; it knows %s, the Small Claims Tribunal", court, smallClaims)
	}
	return nil
}
