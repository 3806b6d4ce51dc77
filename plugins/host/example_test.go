package host_test

import (
	"context"
	"fmt"
	"log"

	"courts.example/eservices/plugins/host"
)

// A manifest is refused with everything that is wrong, before anything runs.
func ExampleParseManifest() {
	_, err := host.ParseManifest([]byte(`{"plugins":[
		{"name":"acme","kind":"gateway","version":"1.2.0","path":"../acme","sha256":"e3b0"}]}`), "/etc/court")
	fmt.Println(err)
	// Output:
	// manifest of plugins: /plugins/0/path "../acme": a path below the folder of plugins, with slashes, without ..; /plugins/0/sha256 "e3b0": 64 lower-case hexadecimal digits, as Digest gives them
}

// A plugin that is not there is an error of its own; the host goes on, and a call can't have happened.
func ExampleHost_Gateway() {
	h, err := host.New(host.Options{Dir: "/opt/court/plugins"})
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	_, err = h.Gateway(ctx, "acme")
	fmt.Println(err)
	fmt.Println(h.Close(ctx))
	// Output:
	// plugin acme: open: no such plugin in the manifest of kind gateway; name one of the manifest
	// <nil>
}
