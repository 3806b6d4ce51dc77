package conformance_test

import (
	"fmt"
	"time"

	"courts.example/eservices/plugins/conformance"
	"courts.example/eservices/plugins/host"
)

// What an author reads and an operator pins.
func ExampleReport_String() {
	r := conformance.Report{
		Certified: true, Date: time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC), Suite: conformance.Suite, Protocol: 1, System: "linux/amd64",
		Plugin: conformance.Plugin{Kind: "court", Name: "ballymore", Version: "3.0.0", SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
		Counts: map[conformance.Status]int{conformance.Passed: 22, conformance.NotChecked: 2},
		Results: []conformance.Result{
			{ID: "K9", Rule: "every parser was fuzzed", Status: conformance.NotChecked, Reason: "that is done with the source, by its author"},
			{ID: "M2", Rule: "an hour of load leaves memory, files and goroutines as they are", Status: conformance.NotChecked, Reason: "it takes an hour"},
		},
	}
	fmt.Print(r)
	// Output:
	// NOT CHECKED: a machine can't, or the sandbox does not supply what it takes
	//   that is done with the source, by its author:
	//     K9   every parser was fuzzed
	//   it takes an hour:
	//     M2   an hour of load leaves memory, files and goroutines as they are
	//
	// CERTIFIED: court ballymore 3.0.0 by suite 1.0.0, protocol 1, on linux/amd64, 2026-11-02T12:00:00Z
	// 22 passed, 0 failed, 0 skipped, 2 not checked
	// Pin it in the manifest:
	//   {"name":"ballymore","kind":"court","version":"3.0.0","path":"...","sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}
}

// The rules of a kind, by which a report is read.
func ExampleRules() {
	for _, r := range conformance.Rules(host.Court)[:4] {
		fmt.Println(r.ID, r.Text)
	}
	// Output:
	// A1 it starts by the handshake of its protocol, and not without the cookie
	// A2 what it says of itself needs no configuration and is the same at every call and in every process
	// A4 a configuration that can't be used is refused with problems, and nothing is served
	// A6 Health answers at once, and says what is
}
