package larkpay_test

import (
	"context"
	"fmt"

	"courts.example/eservices/examples/gatewaygo/larkpay"
)

// What an operator is told of a configuration with two mistakes.
func ExampleGateway_Configure() {
	g := new(larkpay.Gateway)
	fmt.Println(g.Configure(context.Background(), []byte(`{"url": "https://api.larkpay.example", "secrets": ["short"], "currencies": ["XYZ"]}`)))
	// Output:
	// sdk: the configuration can't be used: "/secrets/0": has 5 bytes, at least 16 are needed; "/currencies/0": is no current ISO 4217 code in capitals
}
