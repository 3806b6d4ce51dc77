package main

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/plugins/host"
	"courts.example/eservices/plugins/internal/wire"
	"courts.example/eservices/plugins/sqlite/sqliteplugin"
)

// TestMain is the plugin when a host has started this program.
func TestMain(m *testing.M) {
	if os.Getenv(wire.CookieKey) != "" {
		main()
	}
	os.Exit(m.Run())
}

// configuration is that of a database in the file.
func configuration(path, durability string) []byte {
	b, err := json.Marshal(map[string]string{"path": path, "durability": durability})
	if err != nil {
		panic(err)
	}
	return b
}

// program puts this program where a host finds it.
func program(t storetest.T) (dir, digest string) {
	dir = t.TempDir()
	from, err := os.Open(os.Args[0])
	if err != nil {
		t.Fatalf("%v", err)
	}
	defer from.Close()
	path := filepath.Join(dir, "sqlite")
	to, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o700)
	if err == nil {
		_, err = io.Copy(to, from)
	}
	if err == nil {
		err = to.Close()
	}
	if err == nil {
		digest, err = host.Digest(path)
	}
	if err != nil {
		t.Fatalf("%v", err)
	}
	return dir, digest
}

// hosted gives the store of a plugin that runs in a process of its own, under a host.
func hosted(t storetest.T, dir, digest string, config []byte) (store.Store, *host.Host) {
	return hostedBy(t, dir, host.Plugin{SHA256: digest, Config: config})
}

// hostedBy lets a test say more of the plugin.
func hostedBy(t storetest.T, dir string, p host.Plugin) (store.Store, *host.Host) {
	about := sqliteplugin.About()
	p.Name, p.Kind, p.Version, p.Path = about.Name, host.Store, about.Version, "sqlite"
	h, err := host.New(host.Options{Dir: dir, Manifest: host.Manifest{Plugins: []host.Plugin{p}}})
	if err != nil {
		t.Fatalf("%v", err)
	}
	t.Cleanup(func() {
		if err := h.Close(context.Background()); err != nil {
			t.Errorf("%v", err)
		}
	})
	s, err := h.Store(context.Background(), about.Name)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return s, h
}
