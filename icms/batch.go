package icms

import (
	"encoding/json"
	"io/fs"
	"time"

	"courts.example/eservices/fees"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// Batch is what a claimant hands in.
type Batch struct {
	// Court is the code of the court. Type and Venue describe the proceedings; empty takes the only type the court's policy has.
	Court, Type, Venue string
	// Claimant is the claimant's id or published name in the court's register of bulk claimants.
	Claimant string
	// By says who hands the batch in, on whose behalf.
	By Filer
	// Reference is the claimant's own name for the batch, at most 64 bytes, unique per claimant and court. Empty derives one
	// from the bytes, so that the same bytes always have the same reference.
	Reference string
	// Claims is the file, Format reads it.
	Claims filing.File
	Format filing.Format
	// Documents holds the files that the claims name; nil when there are none.
	Documents fs.FS
	// Partial asks to file the good claims of a batch with bad ones, where the court's policy allows it.
	Partial bool
	// Account is the deposit account of By.Organisation that pays: "deposit:<organisation>/main" or a branch's. Without one the batch is
	// accepted and waits; filing it again may name another. Resume tries the account named first.
	Account string
	// Progress is called now and then, from the calling goroutine, while long work goes on; nil for silence.
	Progress func(Progress)
}

// Filer is the registered user on whose behalf something is done and the person who does it; both are kept on every record.
type Filer struct {
	// Organisation is the registered user: a claimant, a law firm.
	Organisation string `json:"organisation"`
	// User is the account holder who acts through it.
	User string `json:"user,omitempty"`
}

// Progress says how far long work has come.
type Progress struct {
	// Stage is "checking", "accepting" or "registering".
	Stage string
	// Done of Total; Total is 0 while it isn't known.
	Done, Total int
}

// State says where a batch stands.
type State string

// The states. Ready and Refused are answers about a batch that isn't kept; the others are states of a kept one.
const (
	// Ready is Preflight's answer: nothing keeps the batch from being filed.
	Ready State = "ready"
	// Refused means findings keep it from being filed; nothing is kept and the reference stays free.
	Refused State = "refused"
	// Accepted means kept, not yet paid.
	Accepted State = "accepted"
	// Held means that the money is there, held or taken, and that an officer of the court decides; see [Registry.Decide].
	Held State = "held"
	// Rejected is the end of a batch that an officer refused: its money goes back, its claims may be filed again under another reference.
	Rejected State = "rejected"
	// Paid means paid; with Result.Pending set the reopening that fixes the receipt is not announced yet.
	Paid State = "paid"
	// Received means that the instant of receipt is fixed; the case numbers are drawn next.
	Received State = "received"
	// Registered is the end: cases, cause book and acknowledgement are there.
	Registered State = "registered"
)

// Result is the answer of Preflight and File.
type Result struct {
	// State is where the batch stands after the call.
	State State `json:"state"`
	// Court, Claimant and Reference name the batch; Content is the SHA-256 of its claims and documents in hex; ID names it in the store.
	Court     string `json:"court"`
	Claimant  string `json:"claimant"`
	Reference string `json:"reference"`
	Content   string `json:"content"`
	ID        string `json:"id"`
	// Replayed says that these bytes had been filed before and that this is the answer of then.
	Replayed bool `json:"replayed,omitempty"`
	// Pending says that the receipt waits for the announcement of a reopening.
	Pending bool `json:"pending,omitempty"`
	// Claims counts the claims read; Accepted and Refused split them. Claimed is the sum claimed by the accepted ones.
	Claims   int          `json:"claims"`
	Accepted int          `json:"accepted"`
	Refused  int          `json:"refused"`
	Claimed  money.Amount `json:"claimed,omitzero"`
	// Findings are all mistakes and warnings, in the order of the file, those of the whole batch last. A replay gives none: they
	// were answered when the batch was filed.
	Findings []filing.Finding `json:"findings,omitempty"`
	// Receipt says when the batch counts as received: as if paid at once in Preflight, in fact once it is received.
	Receipt Deeming `json:"receipt,omitzero"`
	// Quote is the price.
	Quote Quote `json:"quote,omitzero"`
	// Acknowledgement and Payment are there once the batch was acknowledged and paid.
	Acknowledgement *Acknowledgement `json:"acknowledgement,omitempty"`
	// Acknowledged is the acknowledgement as it is kept, byte for byte.
	Acknowledged json.RawMessage  `json:"-"`
	Payment      *payment.Receipt `json:"payment,omitempty"`
	// Decision is what an officer decided, where one decides.
	Decision *Decision `json:"decision,omitempty"`
	// Unpaid says why an accepted batch is not paid yet: the account and what it lacks. Filing the same bytes again goes on.
	Unpaid error `json:"-"`
}

// Deeming is the two deemed receipts of a filing and the one that counts.
type Deeming struct {
	// Documents is the receipt at the registry, Money that at the accounts office.
	Documents Stamp `json:"documents,omitzero"`
	Money     Stamp `json:"money,omitzero"`
	// Deemed is the instant that counts by the court's policy; zero while pending.
	Deemed time.Time `json:"deemed,omitzero"`
	// Pending says that a closed office has not announced its reopening.
	Pending bool `json:"pending,omitempty"`
	// Projected says that the answer rests on days whose holidays are not published yet.
	Projected bool `json:"projected,omitempty"`
	// Expected is Deemed, or the next regular opening while pending: the instant as of which the rules are asked.
	Expected time.Time `json:"expected,omitzero"`
	// PriceAt is the instant as of which the filing is priced.
	PriceAt time.Time `json:"priceAt,omitzero"`
	// Reason is the way to the answer.
	Reason law.Reason `json:"reason,omitzero"`
}

// Stamp is one receipt: when something arrived and when that counts.
type Stamp struct {
	Received time.Time `json:"received,omitzero"`
	// Deemed is zero while the reopening is not announced.
	Deemed time.Time `json:"deemed,omitzero"`
}

// Quote is the price of a batch.
type Quote struct {
	// At is the instant as of which it was priced.
	At time.Time `json:"at,omitzero"`
	// Total holds the fee on paper (Base), what the concession takes off, and what is to be paid; Groups are its rows: so many
	// claims of a band at so much each. A claim whose fee nobody knows is in no sum, and a batch with one can't be filed.
	Total  fees.Total   `json:"total"`
	Groups []fees.Group `json:"groups,omitempty"`
	// Other is what would be payable under the other reading of which instant decides, when it differs; OtherAt is that instant.
	Other   money.Amount `json:"other,omitzero"`
	OtherAt time.Time    `json:"otherAt,omitzero"`
	// Reason says which provisions made the price.
	Reason law.Reason `json:"reason,omitzero"`
}
