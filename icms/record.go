package icms

import (
	"encoding/json"
	"fmt"
	"time"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
)

// The kinds of record that the counter keeps. Bodies are JSON and stay readable by an operator's own queries.
const (
	kindBatch    = "batch"           // id: see batchID
	kindKeys     = "claim-keys"      // id: <batch>/<part>; carries the unique keys of the batch's claims
	kindCase     = "case"            // id: <court>/<case number>
	kindAck      = "acknowledgement" // id: <batch>/<serial>
	kindMessage  = "message"         // id: that of what it tells of, then what tells its messages apart: a serial, the member it is for
	kindClosures = "closures"        // id: <court>
)

// The indexes of those records.
const (
	indexReference = "batch.reference" // unique: court, claimant, reference
	indexContent   = "batch.content"   // unique: court, claimant, content hash
	indexState     = "batch.state"     // court, state
	indexDeemed    = "batch.deemed"    // court, the instant that counts
	indexOwner     = "batch.owner"     // registered user who filed it or is its claimant, the instant at which it came
	indexClaim     = "claim.key"       // unique: court, claim key
	indexBlob      = "blob"            // hash of bytes that a record needs
	indexSubstance = "claim.substance" // court, claim key
	indexInbox     = "inbox"           // organisation
)

// batchRecord is what is kept of a batch.
type batchRecord struct {
	ID    string `json:"id"`
	State State  `json:"state"`
	Court string `json:"court"`
	Type  string `json:"type,omitempty"`
	Venue string `json:"venue,omitempty"`
	// Claimant is the id in the register, ClaimantName the published name at the time.
	Claimant     string   `json:"claimant"`
	ClaimantName law.Text `json:"claimantName,omitempty"`
	// Member is the registered user that staff bound to the claimant; empty when that has the claimant's own id.
	Member    string `json:"member,omitempty"`
	Reference string `json:"reference"`
	Content   string `json:"content"`
	By        Filer  `json:"by"`
	Account   string `json:"account"`
	Partial   bool   `json:"partial,omitempty"`

	FileName string `json:"fileName"`
	Format   string `json:"format"`
	FileHash string `json:"fileHash"`
	FileSize int64  `json:"fileSize"`
	// Lines is the hash of the blob with the checked claims, a JSON object a line; every later step reads it and not the file.
	Lines string `json:"lines"`

	Claims   int          `json:"claims"`
	Accepted int          `json:"accepted"`
	Refused  int          `json:"refused,omitempty"`
	Claimed  money.Amount `json:"claimed"`

	Receipt Deeming `json:"receipt"`
	Quote   Quote   `json:"quote"`
	Order   string  `json:"order"`
	// Year and First are the year and the first place of the case numbers, set when the batch is received and registered.
	Year  int   `json:"year,omitempty"`
	First int64 `json:"first,omitempty"`
	// Decision is what an officer decided, where one decides.
	Decision *Decision `json:"decision,omitempty"`
	// Acks counts the acknowledgements given; the last one is the one that counts.
	Acks int `json:"acks,omitempty"`

	version int64
}

// put makes the store.Put that moves the record on from the version it was read at.
func (b *batchRecord) put() (store.Put, error) {
	p := store.Put{Kind: kindBatch, ID: b.ID, Expect: b.version}
	p.Unique = []store.Entry{{Index: indexReference, Key: key(b.Court, b.Claimant, b.Reference)}}
	if b.State != Rejected { // the same bytes may be filed again, under another reference
		p.Unique = append(p.Unique, store.Entry{Index: indexContent, Key: key(b.Court, b.Claimant, b.Content)})
	}
	p.Index = []store.Entry{
		{Index: indexState, Key: key(b.Court, string(b.State))},
		{Index: indexBlob, Key: b.FileHash},
		{Index: indexBlob, Key: b.Lines},
	}
	for _, owner := range b.filers() {
		p.Index = append(p.Index, store.Entry{Index: indexOwner, Key: key(owner, stamp(b.Receipt.Documents.Received))})
	}
	if b.First > 0 {
		p.Index = append(p.Index, store.Entry{Index: indexNumbers, Key: numbersKey(b.Court, b.Year, b.First)})
	}
	if !b.Receipt.Deemed.IsZero() {
		p.Index = append(p.Index, store.Entry{Index: indexDeemed, Key: key(b.Court, stamp(b.Receipt.Deemed))})
	}
	var err error
	p.Body, err = json.Marshal(b)
	return p, err
}

func readBatch(r store.Record) (*batchRecord, error) {
	b := &batchRecord{version: r.Version}
	if err := json.Unmarshal(r.Body, b); err != nil {
		return nil, fmt.Errorf("icms: batch %s: %w: %w", r.ID, store.ErrCorrupt, err)
	}
	return b, nil
}

// caseRecord is one registered claim: the head, and the claim as it was accepted.
type caseRecord struct {
	caseHead
	Claim filing.Claim `json:"claim"`
}

// caseHead is what the court adds to a claim.
type caseHead struct {
	Number string `json:"number"`
	Court  string `json:"court"`
	// Type is the type of proceedings, as in the court's policy and its roll-out list.
	Type     string `json:"type,omitempty"`
	Batch    string `json:"batch"`
	Line     int    `json:"line"`
	Claimant string `json:"claimant"`
	// Member is the registered user that is the claimant; empty when that has the claimant's own id.
	Member string `json:"member,omitempty"`
	// ClaimantName is the published name at the time. Listed says that the court's register had the claimant then: such a case is found by the
	// claimant's id, and not by its name again.
	ClaimantName law.Text          `json:"claimantName,omitempty"`
	Listed       bool              `json:"listed,omitempty"`
	Received     time.Time         `json:"received"`
	Fee          money.Amount      `json:"fee"`
	Papers       []filing.Document `json:"documents,omitempty"`
	// Names are what the defendants are called: see partyNames.
	Names []string `json:"names,omitempty"`
	// Access is who may inspect it, as its file says; empty is open.
	Access CaseAccess `json:"access,omitempty"`
}

// key joins the parts of an index key by a bar. Only the last part may be free text; the others are codes without a bar.
func key(parts ...string) string {
	n := len(parts)
	for _, p := range parts {
		n += len(p)
	}
	b := make([]byte, 0, n)
	for i, p := range parts {
		if i > 0 {
			b = append(b, keySeparator)
		}
		b = append(b, p...)
	}
	return string(b)
}

const keySeparator = '|'

// stamp writes an instant so that text order is time order.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }
