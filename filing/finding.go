package filing

import (
	"courts.example/eservices/icms/law"
)

// Code names a kind of finding in the published catalogue (CODES.md), stable for ever: "claim.amount.missing".
type Code string

// Severity says what a finding does to the claim or batch it is about.
type Severity uint8

// The severities.
const (
	// Refusal keeps the claim, or the batch, from being filed.
	Refusal Severity = iota + 1
	// Warning is shown and recorded; the claim may be filed.
	Warning
)

// Path says where a finding is. In a file with rows, Line and Column say it; in JSON, Pointer does. A finding about the whole
// batch has the zero Path.
type Path struct {
	// Line is the number of the row as a spreadsheet shows it: the row of column names is 1 in a file that starts with it.
	Line int `json:"line,omitempty"`
	// Column is the column's name as the file gives it.
	Column string `json:"column,omitempty"`
	// Pointer is the JSON pointer (RFC 6901) inside the claim: "/defendants/0/address".
	Pointer string `json:"pointer,omitempty"`
	// Reference is the claim's own reference, when it has one, so that a person finds the claim again.
	Reference string `json:"reference,omitempty"`
}

// Finding is something a user got wrong, or should know. Findings are not errors: checking goes on and gives all of them.
type Finding struct {
	Code      Code
	Severity  Severity
	Path      Path
	Provision law.Provision
	// Values fill the placeholders of the catalogue's text.
	Values []law.Value
}
