// Command gatewaygo is a gateway plugin in Go, for a payment company to copy: Larkpay, which does not exist. All that is about the company is in
// package larkpay; all that is about plugins is this line. The README leads from nothing to a plugin that runs.
package main

import (
	"courts.example/eservices/examples/gatewaygo/larkpay"
	"courts.example/eservices/plugins/sdk"
)

func main() { sdk.ServeGateway(larkpay.About(), new(larkpay.Gateway)) }
