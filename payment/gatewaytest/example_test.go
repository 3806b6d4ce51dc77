package gatewaytest_test

import (
	"fmt"
	"testing"

	"courts.example/eservices/payment/gatewaytest"
)

// In a test file: the whole suite against a gateway.
func ExampleRun() {
	_ = func(t *testing.T) {
		gatewaytest.Run(gatewaytest.Go(t), gatewaytest.Harness{Open: func(t gatewaytest.T) gatewaytest.Sandbox {
			return open(t, plain(), nil) // a new Sim and what moves it: see the tests of this package
		}})
	}
	// Output:
}

// In a command: the same suite without go test, as a report.
func ExampleCheck() {
	report, err := gatewaytest.Check(harness(plain(), nil))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report)
	// Output:
	// C11  skipped     a gateway with references or nothing is as it declares: the gateway declares keys
	// D3   not checked a failed TLS handshake is unavailable: TLS ends at the process; a proxy outside it must be tried
	// D12  not checked killed at any byte, a new process finds out: a process must be killed from outside
	// E3   skipped     two payments of one attempt are listed: the gateway declares no attempts that can be paid twice
	// H13  skipped     refunds that are not declared are not faked: the gateway declares refunds, whole and partial
	// I16  not checked a look at whose message it is needs no secret: the port has no such call: a host gives each gateway its own address
	// I18  not checked signatures are compared in constant time: time can't be measured without noise here; read the code for hmac.Equal or its like
	// simpay 1, seed 7: 96 passed, 0 failed, 3 skipped, 4 not checked
}
