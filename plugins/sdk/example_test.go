package sdk_test

import (
	"context"
	"fmt"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/sdk"
)

// acme is an author's gateway.
type acme struct{ payment.Gateway }

func (acme) Configure(_ context.Context, config []byte) error {
	var p sdk.Problems
	if len(config) == 0 {
		p.Add("", "is empty: write {\"merchant\": \"M-1\", \"secret\": \"...\"}")
	}
	return p.Err()
}

// The whole main of a plugin. Here, without a host, it is not called.
func ExampleServeGateway() {
	main := func() { sdk.ServeGateway(sdk.About{Name: "acme-pay", Version: "1.0.0"}, acme{}) }
	_ = main
	// Output:
}

// Everything that is wrong with a configuration is told at once, by where it is and what would be right.
func ExampleProblems() {
	var p sdk.Problems
	p.Add("/merchant", "is missing: it is on the company's letter")
	p.Add("/secret", "has %d bytes, at least %d are needed", 3, 16)
	fmt.Println(p.Err())
	// Output:
	// sdk: the configuration can't be used: "/merchant": is missing: it is on the company's letter; "/secret": has 3 bytes, at least 16 are needed
}

// A record as it reaches the host.
func ExampleLogger() {
	log := sdk.Logger()
	log.Info("the company's certificate was renewed", "until", "2032-01-01") // one JSON object on stderr
	// Output:
}
