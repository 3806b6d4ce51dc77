package icms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
)

// Acknowledgement is what the court answers to a batch. It is kept; filing the same bytes again gives the same one, byte for byte.
type Acknowledgement struct {
	// Number names the acknowledgement: the batch's id and a serial. A pending batch gets a second one when it completes.
	Number string `json:"number"`
	Court  string `json:"court"`
	// CourtName is the court's name for people.
	CourtName law.Text `json:"courtName"`
	// Claimant is the id in the register, ClaimantName the published name.
	Claimant     string   `json:"claimant"`
	ClaimantName law.Text `json:"claimantName"`
	By           Filer    `json:"by"`
	Reference    string   `json:"reference"`
	// Content is the SHA-256 of the claims and documents, in hex.
	Content string `json:"content"`
	// Received is when the last byte was in, Deemed when the filing counts as received: zero while Pending.
	Received time.Time `json:"received"`
	Deemed   time.Time `json:"deemed,omitzero"`
	Pending  bool      `json:"pending,omitempty"`
	// Claims counts the claims filed, Refused those left out of a partial filing; Claimed is the sum claimed.
	Claims  int          `json:"claims"`
	Refused int          `json:"refused,omitempty"`
	Claimed money.Amount `json:"claimed"`
	// Paid is the fee; PaymentReceipt is the number of the receipt for it, empty when there was nothing to pay.
	Paid           money.Amount `json:"paid"`
	PaymentReceipt string       `json:"paymentReceipt,omitempty"`
	// FirstCase and LastCase are the case numbers given, in the order of the file, without a gap.
	FirstCase string `json:"firstCase,omitempty"`
	LastCase  string `json:"lastCase,omitempty"`
	// Reason says why it counts as received when it does.
	Reason law.Reason `json:"reason"`
	// Digest is the SHA-256 in hex of the JSON of all fields before it.
	Digest string `json:"digest,omitempty"`

	member string // the registered user that is the claimant, while it is written
}

// sealed gives the acknowledgement with its digest.
func (a Acknowledgement) sealed() (Acknowledgement, error) {
	a.Digest = ""
	b, err := json.Marshal(a)
	if err != nil {
		return a, fmt.Errorf("icms: acknowledgement %s: %w", a.Number, err)
	}
	sum := sha256.Sum256(b)
	a.Digest = hex.EncodeToString(sum[:])
	return a, nil
}

// ErrForged says that an acknowledgement is not what was given.
var ErrForged = errors.New("icms: not an acknowledgement that was given")

// Verify holds an acknowledgement against its own digest and against what is kept; the error wraps ErrForged and names what
// differs, or is the store's own.
func (r Registry) Verify(ctx context.Context, a Acknowledgement) error {
	again, err := a.sealed()
	if err != nil {
		return err
	}
	if again.Digest != a.Digest {
		return fmt.Errorf("%w: %s was changed after it was given: its digest is %.12s, its contents give %.12s", ErrForged, a.Number, a.Digest, again.Digest)
	}
	rec, err := r.s.store.Get(ctx, kindAck, a.Number)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("%w: none of the number %q is kept here", ErrForged, a.Number)
	}
	if err != nil {
		return err
	}
	kept, err := readAck(rec)
	if err != nil {
		return err
	}
	if kept.Digest != a.Digest {
		return fmt.Errorf("%w: %s is kept with the digest %.12s, this one has %.12s", ErrForged, a.Number, kept.Digest, a.Digest)
	}
	return nil
}

func readAck(r store.Record) (*Acknowledgement, error) {
	a := new(Acknowledgement)
	if err := json.Unmarshal(r.Body, a); err != nil {
		return nil, fmt.Errorf("icms: acknowledgement %s: %w: %w", r.ID, store.ErrCorrupt, err)
	}
	return a, nil
}

func ackNumber(batch string, serial int) string { return fmt.Sprintf("%s-%d", batch, serial) }
