package sqliteplugin

import (
	"context"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/plugins/sdk"
)

// About says what the plugin is.
func About() sdk.About {
	return sdk.About{Name: "sqlite", Version: "1.0.0", ConfigSchema: configSchema}
}

// Open opens the store of a configuration in this process. The error is sdk.Problems when the configuration can't be used, and else one of
// icms/store/sqlite.
func Open(ctx context.Context, config []byte) (*sqlite.Store, error) {
	o, err := parse(config)
	if err != nil {
		return nil, err
	}
	return sqlite.Open(ctx, o)
}

// Plugin is the store as a plugin. It is ready for [sdk.ServeStore] as a zero value; package sdk lets no call through before Configure.
type Plugin struct {
	store.Store
	opened *sqlite.Store
}

var _ sdk.Store = (*Plugin)(nil)

// Configure opens the database.
func (p *Plugin) Configure(ctx context.Context, config []byte) error {
	s, err := Open(ctx, config)
	if err != nil {
		return err
	}
	p.Store, p.opened = s, s
	return nil
}

// Close closes the database.
func (p *Plugin) Close() error {
	if p.opened == nil {
		return nil
	}
	return p.opened.Close()
}
