package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/host"
)

// counter is a court's counter: the service, and what it stands on.
type counter struct {
	*icms.Service
	say
	log     *slog.Logger
	host    *host.Host
	company *company
	stop    context.CancelFunc
	work    sync.WaitGroup
}

// openCounter does what an operator and an embedder do, in this order: pin and configure the plugins, start the host, take from it what the service
// needs, and run the service. Close it.
func openCounter(ctx context.Context, o options, s say, stderr io.Writer) (_ *counter, err error) {
	c := &counter{say: s, log: slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.Close())
		}
	}()
	if c.company, err = openCompany(); err != nil {
		return nil, err
	}
	manifest, err := c.operate(ctx, o)
	if err != nil {
		return nil, err
	}
	if c.host, err = host.New(host.Options{Manifest: manifest, Dir: o.plugins, Run: o.sockets, Logger: c.log}); err != nil {
		return nil, err
	}
	if err := c.assemble(ctx, o.dir); err != nil {
		return nil, err
	}
	c.company.serve(c.AccountsOffice().Cashier(), c.log)
	running, stop := context.WithCancel(context.Background())
	c.stop = stop
	c.work.Go(func() { _ = c.Run(running) }) // its error is that it was told to end
	return c, nil
}

// operate is the operator's part.
func (c *counter) operate(ctx context.Context, o options) (host.Manifest, error) {
	op := operator{dir: o.dir, plugins: o.plugins}
	if o.build {
		c.line("Operator", "builds the shipped plugins")
		if err := op.build(ctx); err != nil {
			return host.Manifest{}, err
		}
	}
	if err := op.configure(c.company.url("")); err != nil {
		return host.Manifest{}, err
	}
	m, err := op.pin()
	for _, p := range m.Plugins {
		c.line("", "pins %-14s %-7s %s %s  sha256 %.16s...", p.Name, p.Kind, p.Path, p.Version, p.SHA256)
	}
	return m, err
}

// assemble sets the service up. What comes from the host are plain values of the library's own interfaces: a store, a gateway, a court.
func (c *counter) assemble(ctx context.Context, dir string) error {
	records, err := c.host.Store(ctx, storeName)
	if err != nil {
		return err
	}
	gateway, err := c.host.Gateway(ctx, gatewayName)
	if err != nil {
		return err
	}
	district, err := c.host.Court(ctx, courtName)
	if err != nil {
		return err
	}
	tribunal, err := icmshk.SmallClaims(icmshk.Options{Approvals: []filing.Approval{sampleApproval()}})
	if err != nil {
		return err
	}
	blobs, err := blob.OpenFolder(filepath.Join(dir, "documents"))
	if err != nil {
		return err
	}
	c.Service, err = icms.New(icms.Options{
		Store: records, Blobs: blobs, Courts: []icms.Court{tribunal, district}, Log: c.log,
		Payments: icms.Payments{
			Gateways: []payment.Gateway{gateway}, Name: "embed", Secret: []byte("embed-example-secret-of-return-addresses"),
			ReturnURL: func(token string) string { return c.company.url("/court/return/" + token) },
			CancelURL: func(token string) string { return c.company.url("/court/cancel/" + token) },
			NotifyURL: func(gateway string) string { return c.company.url("/court/notify/" + gateway) },
		},
	})
	return err
}

// sampleApproval is the example's own data: nobody approved this claimant, which does not exist.
func sampleApproval() filing.Approval {
	return filing.Approval{
		Claimant:  filing.Claimant{ID: "sample-utilities", Name: law.T("Sample Utilities Limited", "範例公用事業有限公司"), Kind: filing.Company},
		Provision: law.Provision{Instrument: "examples/embed", Title: "a claimant invented for this example", Status: law.Assumed},
	}
}

// Close ends everything, in the order in which it uses each other: the company's messages, the work, the plugins' processes.
func (c *counter) Close() error {
	var errs []error
	if c.company != nil {
		errs = append(errs, c.company.Close())
	}
	if c.stop != nil {
		c.stop()
		c.work.Wait()
	}
	if c.host != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		errs = append(errs, c.host.Close(ctx))
		c.plugins("Ended")
	}
	return errors.Join(errs...)
}
