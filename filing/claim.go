package filing

import (
	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/money"
)

// Category is the kind of a claim as the register of bulk claimants uses it, such as "medical_charges". The categories that
// exist are data of the court.
type Category string

// PartyKind says what a party is.
type PartyKind string

// The kinds of party. The empty kind is a person or body that the file doesn't tell apart.
const (
	Person  PartyKind = "person"
	Company PartyKind = "company"
	Body    PartyKind = "body" // a statutory body, a government department, an association
)

// Party is a claimant or a defendant as the claim names it.
type Party struct {
	// Name is the name in the script in which the claim gives it first; Chinese is the Chinese name when both are given.
	Name    string    `json:"name"`
	Chinese string    `json:"chineseName,omitempty"`
	Address string    `json:"address"`
	Kind    PartyKind `json:"kind,omitempty"`
}

// Claim is one claim as its claimant makes it. In a bulk file it is one row; the claimant is that of the batch.
type Claim struct {
	// Reference is the claimant's own name for the claim: an account or invoice number. It is unique in a batch.
	Reference string `json:"reference"`
	// Category is the kind of claim by the register of bulk claimants.
	Category Category `json:"category"`
	// Amount is the sum claimed, after any abandonment.
	Amount money.Amount `json:"amount"`
	// Abandoned is the excess over the limit that the claimant gives up; the zero Amount when nothing is.
	Abandoned money.Amount `json:"abandoned,omitzero"`
	// Defendants are the persons claimed against, at least one.
	Defendants []Party `json:"defendants"`
	// Nature says what the claim is about: "services", "goods sold", "personal injury". The excluded natures are data of the court.
	Nature string `json:"nature,omitempty"`
	// Particulars show the ground of the claim; Calculation shows how the amount was reached.
	Particulars string `json:"particulars"`
	Calculation string `json:"calculation"`
	// AroseOn is the day on which the cause of action accrued; the zero Date when the claim doesn't say.
	AroseOn calendar.Date `json:"aroseOn,omitzero"`
	// Representative names a legal representative, where the claim gives one; many tribunals admit none.
	Representative string `json:"representative,omitempty"`
	// Language is the BCP 47 tag of the claim's own words, "en" or "zh-Hant"; empty when not said.
	Language string `json:"language,omitempty"`
	// Documents are the file names of the attached documents, as the claim gives them.
	Documents []string `json:"documents,omitempty"`
}
