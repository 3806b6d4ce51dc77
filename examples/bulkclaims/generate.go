package main

import (
	"errors"
	"fmt"
	"io"

	"courts.example/eservices/filing"
	"courts.example/eservices/filing/xlsx"
	"courts.example/eservices/icms/money"
)

// writable is a format that is written too.
type writable interface {
	filing.Format
	NewWriter(io.Writer, filing.WriteOptions) (filing.ClaimWriter, error)
}

// generate writes a sample where the flags say.
func generate(o options, stdout io.Writer) error {
	if o.claims == "" {
		return writeSample(stdout, filing.CSV{}, o.generate)
	}
	format, err := formatOf(o.claims)
	if err != nil {
		return err
	}
	return writeNew(o.claims, func(w io.Writer) error { return writeSample(w, format, o.generate) })
}

// writeSample writes n invented claims, with their number and total in the header, so that a file cut short is noticed.
func writeSample(w io.Writer, format writable, n int) (err error) {
	total, err := sampleTotal(n)
	if err != nil {
		return err
	}
	out, err := format.NewWriter(w, filing.WriteOptions{
		Control: filing.Control{Claims: n, HasClaims: true, Total: total, HasTotal: true},
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	for c := range sampleClaims(n) {
		if err := out.Write(c); err != nil {
			return err
		}
	}
	return nil
}

// sampleTotal is the sum of the first n amounts.
func sampleTotal(n int) (money.Amount, error) {
	sum := hkd(0)
	for c := range sampleClaims(n) {
		var err error
		if sum, err = sum.Add(c.Amount); err != nil {
			return sum, err
		}
	}
	return sum, nil
}

// writeTemplate writes an empty file with headings in both languages where the flags say.
func writeTemplate(o options, stdout io.Writer) error {
	if o.claims == "" {
		return filing.CSV{}.Template(stdout)
	}
	format, err := formatOf(o.claims)
	if err != nil {
		return err
	}
	switch format.(type) {
	case filing.CSV:
		return writeNew(o.claims, func(w io.Writer) error { return filing.CSV{}.Template(w) })
	case xlsx.Format:
		return writeNew(o.claims, func(w io.Writer) error { return xlsx.Format{}.Template(w) })
	}
	return fmt.Errorf("-claims %s: a template has columns: name a .csv or .xlsx file", o.claims)
}
