package simpayplugin_test

import (
	"fmt"

	"courts.example/eservices/plugins/simpay/simpayplugin"
)

// The gateway in process, by the configuration that the plugin takes too.
func ExampleOpen() {
	gateway, err := simpayplugin.Open([]byte(`{
		"url": "http://127.0.0.1:8081", "merchant": "county-court", "secrets": ["a secret that both know"], "currencies": ["EUR"]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	c := gateway.Describe()
	fmt.Println(c.ID, c.Currencies, c.RedirectHosts)
	_, err = simpayplugin.Open([]byte(`{"url": "pay.example", "secrets": ["short"], "currencies": ["EUR"]}`))
	fmt.Println(err)
	// Output:
	// county-court [EUR] [127.0.0.1:8081]
	// sdk: the configuration can't be used: "/url": is no address such as http://127.0.0.1:8081; "/secrets/0": has 5 bytes, at least 16 are needed
}
