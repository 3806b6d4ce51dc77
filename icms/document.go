package icms

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
)

// Document is a paper of a case: one that a party sent to the court, or one that the court issued.
type Document struct {
	Court string `json:"court"`
	Case  string `json:"case"`
	// Serial numbers the papers of a case from 1, in the order in which they came in or went out.
	Serial int `json:"serial"`
	// Kind is the court's code of the kind of paper, Title says it in words.
	Kind  string   `json:"kind"`
	Title law.Text `json:"title"`
	// Outward says that the court issued it. Party is the party that sent it, when one did.
	Outward bool   `json:"outward,omitempty"`
	Party   string `json:"party,omitempty"`
	// By is who sent or issued it, At when.
	By Filer     `json:"by"`
	At time.Time `json:"at"`
	// Receipt says when a paper that was sent counts as received, Limit by when it had to be.
	Receipt Deeming        `json:"receipt,omitzero"`
	Limit   *DocumentLimit `json:"limit,omitempty"`
	// State is where it stands.
	State DocumentState `json:"state"`
	// Files are its files; their bytes are kept by hash.
	Files []filing.Document `json:"files"`
	// To are the parties to whom the court sent it.
	To []string `json:"to,omitempty"`
	// Reason is why it was refused, why a later instant was allowed, or why it corrects another.
	Reason law.Text `json:"reason,omitempty"`
	// Against is the serial of the court's paper that it is directed against.
	Against int `json:"against,omitempty"`
	// Corrects is the serial of the paper that it takes the place of.
	Corrects int `json:"corrects,omitempty"`
	// CorrectedBy is the serial of the one that took its place, Was how it stood until then.
	CorrectedBy int           `json:"correctedBy,omitempty"`
	Was         DocumentState `json:"was,omitempty"`
	// Reference is the sender's own name for it, Content the SHA-256 in hex of all that was sent; see [Submission].
	Reference string `json:"reference,omitempty"`
	Content   string `json:"content,omitempty"`
	// Time is the request for time that it rests on.
	Time string `json:"time,omitempty"`
	// Fee is what it costs, Charge the order of that; Rest is the order of what came to it when Charge was paid already. FeeOf is the serial of the
	// paper for which that was charged, when the fee of a corrected one counts for this one.
	Fee    money.Amount `json:"fee,omitzero"`
	Charge string       `json:"charge,omitempty"`
	Rest   string       `json:"rest,omitempty"`
	FeeOf  int          `json:"feeOf,omitempty"`
	// Decision is what an officer decided about it: that it is refused, that its time is allowed, or that it is taken back.
	Decision *Decision `json:"decision,omitempty"`
	// Acks counts its acknowledgements; the last one is the one that counts.
	Acks int `json:"acks,omitempty"`
	// Words are what a paper of the court says without a file.
	Words law.Text `json:"words,omitempty"`
	// Serves is the serial of the paper of the court of whose service it is the record, and Service when and how that was served.
	Serves  int            `json:"serves,omitempty"`
	Service *ServiceRecord `json:"service,omitempty"`
	// Event is what it says happened in the case, when time limits are counted from that, and EventDay the civil day of it in the court's
	// zone, as "2026-03-02". Both are empty in papers that record no event.
	Event    CaseEvent `json:"event,omitempty"`
	EventDay string    `json:"eventDay,omitempty"`

	version int64
	// standsAgain is the serial of the paper in the file that stands again because this one is refused, while the change is made that refuses it.
	standsAgain int
}

// inFile reports whether the paper is in the file: what waits or was refused is not, nor is what was corrected while it waited.
func (d *Document) inFile() bool {
	switch d.State {
	case DocumentPending, DocumentRefused:
		return false
	}
	return d.State != DocumentCorrected || d.Was != DocumentPending
}

// DocumentLimit is the time limit that a paper had to keep.
type DocumentLimit struct {
	// From is the event from which it is counted, Paper the serial of the court's paper that records it, Days the length of the period.
	From  CaseEvent `json:"from"`
	Paper int       `json:"paper,omitempty"`
	Days  int       `json:"days"`
	// Event is the civil day from which it is counted, Last the last day, both as "2026-03-02". Last is empty while Pending, and Event, with
	// Paper, while what it runs from has still to come.
	Event string `json:"event,omitempty"`
	Last  string `json:"last,omitempty"`
	// Pending says that the last day is not known yet: a closure or warning has no announced end, or what it runs from has still to come.
	Pending bool `json:"pending,omitempty"`
	// Late says that it counts as received after the last day; Allowed that an officer let it count all the same.
	Late    bool       `json:"late,omitempty"`
	Allowed bool       `json:"allowed,omitempty"`
	Reason  law.Reason `json:"reason,omitzero"`
}

// DocumentState says where a paper stands.
type DocumentState string

// The states of a paper.
const (
	// DocumentPending waits for the announcement of a reopening or of a warning's end, DocumentReceived is in the file, DocumentRefused was
	// refused: by an officer, or because it turned out to be late when what it waited for was announced.
	DocumentPending  DocumentState = "pending"
	DocumentReceived DocumentState = "received"
	DocumentRefused  DocumentState = "refused"
	// DocumentCorrected was replaced by another.
	DocumentCorrected DocumentState = "corrected"
	// DocumentIssued was issued by the court.
	DocumentIssued DocumentState = "issued"
	// DocumentTakenBack is a record of service that the court took back: nothing counts from it.
	DocumentTakenBack DocumentState = "taken back"
)

// kindDocument is the kind of record of papers; id: <court>/<case number>/<serial in six digits>.
const kindDocument = "document"

func documentID(court, number string, serial int) string {
	return fmt.Sprintf("%s/%s/%06d", court, number, serial)
}

// The indexes of papers.
const (
	indexPapers     = "document.case"      // court, case number, serial in six digits
	indexSubmission = "document.reference" // unique: court, case number, party, reference
	indexWaiting    = "document.waiting"   // court, of those that are pending
	indexReceipt    = "document.deemed"    // court, the instant that counts
	indexCharge     = "document.charge"    // order
)

// put makes the store.Put that moves the paper on from the version it was read at.
func (d *Document) put() (store.Put, error) {
	body, err := json.Marshal(d)
	if err != nil {
		return store.Put{}, fmt.Errorf("icms: document %d of case %s: %w", d.Serial, d.Case, err)
	}
	p := store.Put{
		Kind: kindDocument, ID: documentID(d.Court, d.Case, d.Serial), Body: body, Expect: d.version,
		Index: []store.Entry{{Index: indexPapers, Key: key(d.Court, d.Case, fmt.Sprintf("%06d", d.Serial))}},
	}
	if d.Reference != "" {
		p.Unique = []store.Entry{{Index: indexSubmission, Key: key(d.Court, d.Case, d.Party, d.Reference)}}
	}
	if d.State == DocumentPending {
		p.Index = append(p.Index, store.Entry{Index: indexWaiting, Key: d.Court})
	}
	if d.State == DocumentReceived && !d.Receipt.Deemed.IsZero() {
		p.Index = append(p.Index, store.Entry{Index: indexReceipt, Key: key(d.Court, stamp(d.Receipt.Deemed))})
	}
	for _, order := range d.charges() {
		p.Index = append(p.Index, store.Entry{Index: indexCharge, Key: order})
	}
	seen := map[string]bool{}
	for _, f := range d.Files {
		if !seen[f.SHA256] {
			seen[f.SHA256] = true
			p.Index = append(p.Index, store.Entry{Index: indexBlob, Key: f.SHA256})
		}
	}
	return p, nil
}

func readDocument(r store.Record) (*Document, error) {
	d := &Document{version: r.Version}
	if err := json.Unmarshal(r.Body, d); err != nil {
		return nil, fmt.Errorf("icms: document %s: %w: %w", r.ID, store.ErrCorrupt, err)
	}
	return d, nil
}

// document reads a paper of a case.
func (s *Service) document(ctx context.Context, court, number string, serial int) (*Document, error) {
	r, err := s.store.Get(ctx, kindDocument, documentID(court, number, serial))
	if err != nil {
		return nil, notFound(err, "document %d of case %s", serial, number)
	}
	return readDocument(r)
}

// papers gives a page of the papers of a case in their order, with the cursor of the next page.
func (s *Service) papers(ctx context.Context, court, number, after string, limit int) ([]*Document, string, error) {
	page, err := s.store.List(ctx, store.Query{
		Index: indexPapers, Kind: kindDocument, Prefix: key(court, number, ""), After: after, Limit: limit,
	})
	if err != nil {
		return nil, "", fmt.Errorf("icms: papers of case %s: %w", number, err)
	}
	out := make([]*Document, len(page.Records))
	for i, r := range page.Records {
		if out[i], err = readDocument(r); err != nil {
			return nil, "", err
		}
	}
	return out, page.Next, nil
}

// openFile opens the bytes of a file of a paper; the caller closes it.
func (s *Service) openFile(ctx context.Context, d *Document, file int) (blob.File, error) {
	if file < 0 || file >= len(d.Files) {
		return nil, fmt.Errorf("%w: document %d of case %s has %d files, not a file %d", ErrNotFound, d.Serial, d.Case, len(d.Files), file+1)
	}
	f, err := s.blobs.Open(ctx, d.Files[file].SHA256)
	if err != nil {
		return nil, fmt.Errorf("icms: document %d of case %s: %w", d.Serial, d.Case, err)
	}
	return f, nil
}
