package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment/ledger"
)

// counter is a court's counter on one machine: the service, and what it keeps its records in.
type counter struct {
	*icms.Service
	court  icms.Court
	clock  func() time.Time
	ledger *ledger.Ledger
	db     *sqlite.Store
	hosted *hosted // nil unless it is asked for
}

// openCounter opens the registry's database and documents, made when they are not there, and sets the service up on them.
func openCounter(ctx context.Context, o options, d deps) (*counter, error) {
	c := &counter{clock: time.Now}
	if !o.at.IsZero() {
		c.clock = func() time.Time { return o.at }
	}
	var err error
	if c.court, err = court(); err != nil {
		return nil, err
	}
	if err := makeFolder("-db", filepath.Dir(o.db)); err != nil {
		return nil, err
	}
	if info, err := os.Stat(o.db); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("-db %s: not a file: name a file in that folder, such as %s", o.db, filepath.Join(o.db, "registry.db"))
	}
	if c.db, err = sqlite.Open(ctx, sqlite.Options{Path: o.db}); err != nil {
		if errors.Is(err, store.ErrCorrupt) {
			err = fmt.Errorf("%w: it is damaged or no database of this program: restore a copy, or name another place", err)
		}
		return nil, fmt.Errorf("-db %s: %w", o.db, err)
	}
	if err := c.assemble(o, d); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// assemble sets the service up on the database and the documents beside it.
func (c *counter) assemble(o options, d deps) error {
	folder, err := blob.OpenFolder(strings.TrimSuffix(o.db, filepath.Ext(o.db)) + ".blobs")
	if err != nil {
		return fmt.Errorf("-db: documents: %w", err)
	}
	records, blobs := store.Store(c.db), blob.Store(folder)
	if d.store != nil {
		records = d.store(records)
	}
	if d.blobs != nil {
		blobs = d.blobs(blobs)
	}
	if c.ledger, err = ledger.New(ledger.Options{Store: records}); err != nil {
		return err
	}
	options := icms.Options{Store: records, Blobs: blobs, Courts: []icms.Court{c.court}, Clock: c.clock}
	if o.pay == paySimpay {
		if c.hosted, err = openHosted(strings.TrimSuffix(o.db, filepath.Ext(o.db))+".simpay", c.clock); err != nil {
			return err
		}
		options.Payments = c.hosted.payments()
	}
	if c.Service, err = icms.New(options); err != nil {
		return err
	}
	if c.hosted != nil {
		c.hosted.serve(c.AccountsOffice().Cashier())
	}
	return nil
}

// Close ends the payment company, if there is one, and closes the database.
func (c *counter) Close() error {
	var err error
	if c.hosted != nil {
		err = c.hosted.Close()
	}
	return errors.Join(err, c.db.Close())
}

// deposit is what the example pays into a claimant's account, once: enough for several of the largest batches.
func deposit() money.Amount { return hkd(10_000_000_00) }

// fund opens the main deposit account of an organisation and pays the example's money into it. Both happen once, however often
// and by however many processes it is called; fresh says whether it was now.
func (c *counter) fund(ctx context.Context, organisation string) (account ledger.AccountID, fresh bool, err error) {
	account = ledger.Deposit(organisation, ledger.Main)
	now := c.clock()
	if _, err := c.ledger.Do(ctx, ledger.OpenAccount{Account: account, Currency: deposit().Currency(), At: now}); err != nil {
		return account, false, fmt.Errorf("opening %s: %w", account, err)
	}
	done, err := c.ledger.Do(ctx, ledger.TopUp{
		From: ledger.Bank("example"), Reference: "opening " + organisation, Account: account, Amount: deposit(),
		Note: "invented money of examples/bulkclaims", At: now,
	})
	if err != nil {
		return account, false, fmt.Errorf("topping %s up: %w", account, err)
	}
	return account, !done.Replayed, nil
}
