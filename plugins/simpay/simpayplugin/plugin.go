package simpayplugin

import (
	"context"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
	"courts.example/eservices/plugins/sdk"
)

// About says what the plugin is.
func About() sdk.About {
	return sdk.About{Name: "simpay", Version: "1.0.0", ConfigSchema: configSchema}
}

// Open gives the gateway of a configuration in this process. It sends nothing. The error is sdk.Problems with everything that is wrong.
func Open(config []byte) (*simpay.Client, error) {
	o, err := parse(config)
	if err != nil {
		return nil, err
	}
	c, err := simpay.NewClient(o)
	if err != nil {
		return nil, refused(err)
	}
	return c, nil
}

// Plugin is the gateway as a plugin. It is ready for [sdk.ServeGateway] as a zero value; package sdk lets no call through before Configure.
type Plugin struct{ *simpay.Client }

var (
	_ sdk.Gateway       = (*Plugin)(nil)
	_ payment.Canceller = (*Plugin)(nil)
	_ payment.Capturer  = (*Plugin)(nil)
	_ payment.Refunder  = (*Plugin)(nil)
	_ payment.Settler   = (*Plugin)(nil)
	_ payment.Returner  = (*Plugin)(nil)
	_ payment.Prober    = (*Plugin)(nil)
)

// Configure takes the configuration.
func (p *Plugin) Configure(_ context.Context, config []byte) error {
	c, err := Open(config)
	if err != nil {
		return err
	}
	p.Client = c
	return nil
}

// Describe says what the company can do under the terms of the configuration; before there is one, only what the gateway is.
func (p *Plugin) Describe() payment.Capabilities {
	if p.Client == nil {
		return payment.Capabilities{ID: About().Name, Version: "1"}
	}
	return p.Client.Describe()
}
