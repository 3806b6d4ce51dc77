package icms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// PaperAcknowledgement is what the court answers to a paper. It is kept; sending the same paper again gives the same one, byte for byte.
type PaperAcknowledgement struct {
	// Number names the acknowledgement: the paper and a serial. A paper that moves on gets a further one.
	Number    string   `json:"number"`
	Court     string   `json:"court"`
	CourtName law.Text `json:"courtName"`
	// Case and Document name the paper: the case and its serial there. Kind and Title say what it is.
	Case     string   `json:"case"`
	Document int      `json:"document"`
	Kind     string   `json:"kind"`
	Title    law.Text `json:"title"`
	// Party is the party whose paper it is, By who sent it under which Reference.
	Party     string `json:"party"`
	By        Filer  `json:"by"`
	Reference string `json:"reference"`
	// Content is the SHA-256 of all that was sent, in hex; Files are the files.
	Content string            `json:"content"`
	Files   []filing.Document `json:"files"`
	// State is where the paper stands.
	State DocumentState `json:"state"`
	// Received is when the last byte was in, Deemed when the paper counts as received: zero while Pending.
	Received time.Time `json:"received"`
	Deemed   time.Time `json:"deemed,omitzero"`
	Pending  bool      `json:"pending,omitempty"`
	// Limit is the time limit that it had to keep; nil when there was none.
	Limit *DocumentLimit `json:"limit,omitempty"`
	// Charge is the order of what it costs; empty when there is nothing to pay.
	Charge string `json:"charge,omitempty"`
	// Reason says why it counts as received when it does.
	Reason law.Reason `json:"reason"`
	// Digest is the SHA-256 in hex of the JSON of all fields before it.
	Digest string `json:"digest,omitempty"`
}

// kindPaperAck is the kind of record of acknowledgements of papers; id: <document>-<serial>.
const kindPaperAck = "paper-acknowledgement"

func paperAckNumber(d *Document) string {
	return fmt.Sprintf("%s-%d", documentID(d.Court, d.Case, d.Serial), d.Acks)
}

// acknowledgePaper writes the acknowledgement of a paper as it stands.
func acknowledgePaper(c *Court, d *Document) (PaperAcknowledgement, error) {
	a := PaperAcknowledgement{
		Number: paperAckNumber(d), Court: c.Code, CourtName: c.Name, Case: d.Case, Document: d.Serial, Kind: d.Kind, Title: d.Title,
		Party: d.Party, By: d.By, Reference: d.Reference, Content: d.Content, Files: d.Files, State: d.State,
		Received: d.Receipt.Documents.Received.In(c.Zone()), Pending: d.Receipt.Pending, Limit: d.Limit, Charge: d.Charge,
		Reason: d.Receipt.Reason,
	}
	if !a.Pending {
		a.Deemed = d.Receipt.Deemed.In(c.Zone())
	}
	return a.sealed()
}

// sealed gives the acknowledgement with its digest.
func (a PaperAcknowledgement) sealed() (PaperAcknowledgement, error) {
	a.Digest = ""
	b, err := json.Marshal(a)
	if err != nil {
		return a, fmt.Errorf("icms: acknowledgement %s: %w", a.Number, err)
	}
	sum := sha256.Sum256(b)
	a.Digest = hex.EncodeToString(sum[:])
	return a, nil
}

// VerifyPaper holds an acknowledgement of a paper against its own digest and against what is kept; the error wraps ErrForged and names
// what differs, or is the store's own.
func (r Registry) VerifyPaper(ctx context.Context, a PaperAcknowledgement) error {
	again, err := a.sealed()
	if err != nil {
		return err
	}
	if again.Digest != a.Digest {
		return fmt.Errorf("%w: %s was changed after it was given: its digest is %.12s, its contents give %.12s", ErrForged, a.Number, a.Digest, again.Digest)
	}
	rec, err := r.s.store.Get(ctx, kindPaperAck, a.Number)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("%w: none of the number %q is kept here", ErrForged, a.Number)
	}
	if err != nil {
		return err
	}
	kept, err := readPaperAck(rec)
	if err != nil {
		return err
	}
	if kept.Digest != a.Digest {
		return fmt.Errorf("%w: %s is kept with the digest %.12s, this one has %.12s", ErrForged, a.Number, kept.Digest, a.Digest)
	}
	return nil
}

func addPaperAck(change *store.Change, a *PaperAcknowledgement) error {
	body, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("icms: acknowledgement %s: %w", a.Number, err)
	}
	change.Puts = append(change.Puts, store.Put{Kind: kindPaperAck, ID: a.Number, Body: body})
	return nil
}

func readPaperAck(r store.Record) (*PaperAcknowledgement, error) {
	a := new(PaperAcknowledgement)
	if err := json.Unmarshal(r.Body, a); err != nil {
		return nil, fmt.Errorf("icms: acknowledgement %s: %w: %w", r.ID, store.ErrCorrupt, err)
	}
	return a, nil
}
