package e2e_test

import (
	"context"
	"os"
	"testing"

	"courts.example/eservices/plugins/sdk"
	"courts.example/eservices/plugins/simpay/simpayplugin"
	"courts.example/eservices/plugins/sqlite/sqliteplugin"
)

// The arguments with which a host starts the test program as a plugin.
const (
	asGateway = "as-gateway"
	asStore   = "as-store"
	asCourt   = "as-court"
)

func TestMain(m *testing.M) {
	switch os.Args[len(os.Args)-1] {
	case asGateway:
		sdk.ServeGateway(simpayplugin.About(), new(simpayplugin.Plugin))
	case asStore:
		sdk.ServeStore(sqliteplugin.About(), new(sqliteplugin.Plugin))
	case asCourt:
		sdk.ServeCourt(sdk.About{Name: "tables", Version: "1.0.0"}, new(tabled))
	}
	os.Exit(m.Run())
}

// tabled is a court of which there are tables alone: its configuration is its document.
type tabled struct{ document []byte }

func (c *tabled) Configure(_ context.Context, config []byte) error {
	c.document = config
	return nil
}

func (c *tabled) Tables() ([]byte, error) { return c.document, nil }
