package main

import (
	"flag"
	"io"
	"strconv"
	"strings"

	"courts.example/eservices/filing"
	filinghk "courts.example/eservices/filing/hk"
)

// claim asks whether a claimant may file a claim in bulk.
func claim(flags *flag.FlagSet, args []string, in io.Reader, out, _ io.Writer) error {
	if err := parseFlags(flags, args); err != nil {
		return err
	}
	policy, err := filinghk.SmallClaims()
	if err != nil {
		return err
	}
	return claimQuestion(&policy).stream(in, out)
}

func claimQuestion(policy *filing.Policy) question {
	return question{
		asks:    []string{"claimant", "category", "amount", "at"},
		answers: []string{"eligible", "codes"},
		answer: func(cells []string) ([]string, string, error) {
			return assess(policy, cells[0], cells[1], cells[2], cells[3])
		},
	}
}

func assess(policy *filing.Policy, claimant, category, amount, at string) ([]string, string, error) {
	instant, err := parseInstant(at)
	if err != nil {
		return nil, "", err
	}
	sum, err := parseAmount(amount, policy.Currency)
	if err != nil {
		return nil, "", err
	}
	a := policy.Assess(claimant, filing.Category(category), sum, instant)
	codes := make([]string, len(a.Findings))
	for i, f := range a.Findings {
		codes[i] = string(f.Code)
	}
	return []string{strconv.FormatBool(a.Eligible()), strings.Join(codes, ";")}, a.Reason.String(), nil
}
