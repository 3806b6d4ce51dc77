package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"courts.example/eservices/plugins/host"
)

// The operator's names for the plugins. The names that the plugins give themselves stand in the manifest too where they differ.
const (
	gatewayName = "simpay"
	storeName   = "records"
	courtName   = "district-court"
)

// operator is who decides what may run here.
type operator struct {
	// dir is where the manifest and the configurations lie, plugins the only folder that programs are run from.
	dir, plugins string
}

// build compiles the shipped plugins, as an operator does who trusts sources rather than binaries.
func (o operator) build(ctx context.Context) error {
	if err := os.MkdirAll(o.plugins, 0o700); err != nil {
		return err
	}
	const at = "courts.example/eservices/plugins/"
	cmd := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", o.plugins+string(filepath.Separator), at+"simpay", at+"sqlite", at+"districtcourt")
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("cannot build the plugins: %w: %s: run embed in the source of the library, or name built ones with -plugins", err, said)
	}
	return nil
}

// configure writes what each plugin is told. Secrets are here and in no other place: not in the manifest, arguments or the environment.
func (o operator) configure(company string) error {
	for name, config := range map[string]any{
		"simpay.json": map[string]any{"url": company, "secrets": []string{companySecret}, "currencies": []string{"HKD"}, "means": []string{string(card)}},
		"sqlite.json": map[string]any{"path": filepath.Join(o.dir, "records.db"), "durability": "full"},
		"court.json":  json.RawMessage(tariff),
	} {
		text, err := json.Marshal(config)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(o.dir, name), text, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// tariff is what an operator adds to the District Court's document: the fees and limits that were not read for it. These are invented.
//
//go:embed court.json
var tariff []byte

// pin writes the manifest: the plugins that may run, each by the digest of the program that lies there now, and gives it as the host will
// read it. For a plugin of somebody else's the digest comes from its certificate, never from the file that is to be checked.
func (o operator) pin() (host.Manifest, error) {
	all := []host.Plugin{
		{Name: gatewayName, Kind: host.Gateway, Version: "1.0.0", Path: "simpay", ConfigFile: "simpay.json"},
		{Name: storeName, Plugin: "sqlite", Kind: host.Store, Version: "1.0.0", Path: "sqlite", ConfigFile: "sqlite.json"},
		{Name: courtName, Plugin: "hk-district-court", Kind: host.Court, Version: "1.0.0", Path: "districtcourt", ConfigFile: "court.json"},
	}
	for i := range all {
		if runtime.GOOS == "windows" {
			all[i].Path += ".exe"
		}
		var err error
		if all[i].SHA256, err = host.Digest(filepath.Join(o.plugins, all[i].Path)); err != nil {
			return host.Manifest{}, err
		}
	}
	text, err := json.MarshalIndent(host.Manifest{Plugins: all}, "", "  ")
	if err != nil {
		return host.Manifest{}, err
	}
	manifest := filepath.Join(o.dir, "plugins.json")
	if err := os.WriteFile(manifest, append(text, '\n'), 0o600); err != nil {
		return host.Manifest{}, err
	}
	return host.ReadManifest(manifest)
}
