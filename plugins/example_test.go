package plugins_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"courts.example/eservices/icms/tables"
	"courts.example/eservices/plugins/host"
	"courts.example/eservices/plugins/sdk"
)

// An operator's work: the digest that the report of certify names goes into the manifest, and the manifest is read before anything is run.
func Example_manifest() {
	dir, err := os.MkdirTemp("", "plugins")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "acmepay")
	_ = os.WriteFile(program, []byte("#!/bin/sh\necho invented\n"), 0o700)

	digest, err := host.Digest(program) // as certify has it in its report
	if err != nil {
		fmt.Println(err)
		return
	}
	text, _ := json.Marshal(host.Manifest{Plugins: []host.Plugin{
		{Name: "acme-live", Plugin: "acmepay", Kind: host.Gateway, Version: "1.0.0", Path: "acmepay", SHA256: digest, ConfigFile: "acme-live.json"},
	}})
	fmt.Println(string(text))
	_, err = host.ParseManifest(text, dir)
	fmt.Println(err)
	_, err = host.ParseManifest([]byte(`{"plugins": [{"name": "Acme", "kind": "bank", "version": "1", "path": "/opt/acme", "sha256": "later"}]}`), dir)
	wrong := (*host.ManifestError)(nil)
	if errors.As(err, &wrong) {
		for _, p := range wrong.Problems {
			fmt.Println(p.Path, p.Text)
		}
	}
	// Output:
	// {"plugins":[{"name":"acme-live","plugin":"acmepay","kind":"gateway","version":"1.0.0","path":"acmepay","sha256":"f1980c4691faf3d23522982f42fe25e5f75ff252b23bbc7c9850a0f4d198b2e6","config":"acme-live.json"}]}
	// <nil>
	// /plugins/0/name "Acme": 1 to 40 lower-case letters, digits and hyphens
	// /plugins/0/kind "bank": gateway, store or court
	// /plugins/0/path "/opt/acme": a path below the folder of plugins, with slashes, without ..
	// /plugins/0/sha256 "later": 64 lower-case hexadecimal digits, as Digest gives them
}

// What is not what the operator pinned is not run, and the error says what to do. The host goes on, with its other plugins.
func Example_exchanged() {
	dir, err := os.MkdirTemp("", "plugins")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "acmepay")
	_ = os.WriteFile(program, []byte("what was certified"), 0o700)
	pinned, err := host.Digest(program)
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = os.WriteFile(program, []byte("what somebody put there since"), 0o700)

	h, err := host.New(host.Options{Dir: dir, Run: filepath.Join(dir, "run"), Manifest: host.Manifest{Plugins: []host.Plugin{
		{Name: "acmepay", Kind: host.Gateway, Version: "1.0.0", Path: "acmepay", SHA256: pinned},
	}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = h.Gateway(context.Background(), "acmepay")
	fmt.Println(errors.Is(err, host.ErrDigest), errors.Is(err, host.ErrNotSent))
	for _, s := range h.Status() {
		fmt.Println(s.Name, s.Version, s.State)
	}
	fmt.Println(h.Close(context.Background()))
	// Output:
	// true true
	// acmepay 1.0.0 quarantined
	// <nil>
}

// court is a court of which there is a document alone.
type court struct{ document []byte }

func (court) Configure(context.Context, []byte) error { return nil }
func (c court) Tables() ([]byte, error)               { return c.document, nil }

// A court's whole plugin: a document, two methods, and a main of one line, which a host starts and which is not called here. What the host does with the
// document anybody can do before: prove it, with all mistakes at once.
func Example_court() {
	document, err := os.ReadFile("../icms/tables/testdata/ballymore.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	main := func() { sdk.ServeCourt(sdk.About{Name: "ballymore", Version: "1.0.0"}, court{document}) }
	_ = main
	read, err := tables.Load(document)
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := read.Court()
	fmt.Println(c.Code, c.Name.In("en"), c.Zone(), err)
	_, err = tables.Load([]byte(`{"format": "court/1", "code": "BMC", "zone": "Europe/Nowhere"}`))
	wrong := (*tables.LoadError)(nil)
	fmt.Println(errors.As(err, &wrong), wrong.Problems[0].Pointer)
	// Output:
	// BMC Ballymore Commercial Court Europe/Dublin <nil>
	// true /zone
}
