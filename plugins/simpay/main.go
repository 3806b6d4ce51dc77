// Command simpay is the gateway plugin of the simulated payment company that package payment/simpay has, and the program examples/simpay serves.
// Package simpayplugin has it for use in process, and says what its configuration holds.
package main

import (
	"courts.example/eservices/plugins/sdk"
	"courts.example/eservices/plugins/simpay/simpayplugin"
)

func main() { sdk.ServeGateway(simpayplugin.About(), new(simpayplugin.Plugin)) }
