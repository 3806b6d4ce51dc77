package simbox_test

import (
	"fmt"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
	"courts.example/eservices/payment/gatewaytest/simbox"
)

// A host's own layer around gateways, here one that does nothing, put to the whole suite.
func ExampleHarness() {
	layer := func(_ *simbox.Sandbox, g simbox.Gateway) payment.Gateway { return g }
	report, err := gatewaytest.Check(simbox.Harness(simbox.Options{Terms: simbox.Plain(), Wrap: layer}))
	fmt.Println(len(report.IDs(gatewaytest.Passed)), report.IDs(gatewaytest.Failed), report.IDs(gatewaytest.NotChecked), err)
	// Output: 96 [] [D3 D12 I16 I18] <nil>
}
