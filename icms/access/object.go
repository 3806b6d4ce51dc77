package access

import "slices"

// Kind is a kind of object that something is done to.
type Kind string

// The kinds of object.
const (
	// Service is the service as a whole: what it tells everybody.
	Service Kind = "service"
	// Member is an account of a person, or a registered user as the offices see it; Organisation is an organisation in its own house, with its
	// branches and accounts; Staff is somebody's post at the court.
	Member       Kind = "member"
	Organisation Kind = "organisation"
	Staff        Kind = "staff"
	// Claimant is an entry of the register of claimants who may file in bulk.
	Claimant Kind = "claimant"
	Batch    Kind = "batch"
	Case     Kind = "case"
	// Document is a paper in a case, in either direction.
	Document Kind = "document"
	Message  Kind = "message"
	// Order is an order of payment with its receipt, Attempt a try to pay one, Resolution a proposal how an attempt of unknown outcome ended.
	Order      Kind = "order"
	Attempt    Kind = "attempt"
	Resolution Kind = "resolution"
	Refund     Kind = "refund"
	// Deposit is a deposit account.
	Deposit Kind = "deposit"
	// Search is a search of the register that somebody asked for and paid.
	Search    Kind = "search"
	CauseBook Kind = "cause-book"
	// Register is the court's own register of claims.
	Register    Kind = "register"
	Closure     Kind = "closure"
	Maintenance Kind = "maintenance"
	Audit       Kind = "audit"
)

// State is what about an object decides who may do something to it.
type State string

// The states.
const (
	// Any is the state of objects that have none which would decide.
	Any State = "any"
	// Own and Foreign: the object belongs to the registered user for whom the asker acts (of what needs two persons: the asker was the first),
	// or to another.
	Own     State = "own"
	Foreign State = "foreign"
	// Payer is a refund, once it is decided, of money that the asker's registered user, or the asker, had paid.
	Payer State = "payer"
	// Ended is an own search whose time to look at the result is over.
	Ended State = "ended"
	// Open, Restricted and Sealed are the access of a case and of the documents in it.
	Open       State = "open"
	Restricted State = "restricted"
	Sealed     State = "sealed"
	// Withheld is a document that is not in the file, because it was refused or waits, and that another sent; of the asker's own it is Own.
	Withheld State = "withheld"
)

// object is a kind with the states that its objects can be in.
type object struct {
	kind   Kind
	states []State
}

var objects = [...]object{
	{Service, []State{Any}},
	{Member, []State{Own, Foreign}},
	{Organisation, []State{Own, Foreign}},
	{Staff, []State{Own, Foreign}},
	{Claimant, []State{Any}},
	{Batch, []State{Own, Foreign}},
	{Case, []State{Open, Restricted, Sealed}},
	{Document, []State{Open, Restricted, Sealed, Own, Withheld}},
	{Message, []State{Own, Foreign}},
	{Order, []State{Own, Foreign}},
	{Attempt, []State{Own, Foreign}},
	{Resolution, []State{Own, Foreign}},
	{Refund, []State{Own, Payer, Foreign}},
	{Deposit, []State{Own, Foreign}},
	{Search, []State{Own, Ended, Foreign}},
	{CauseBook, []State{Any}},
	{Register, []State{Any}},
	{Closure, []State{Any}},
	{Maintenance, []State{Any}},
	{Audit, []State{Any}},
}

// Kinds lists the kinds of object.
func Kinds() []Kind {
	out := make([]Kind, len(objects))
	for i, o := range objects {
		out[i] = o.kind
	}
	return out
}

// States lists the states that objects of a kind can be in; none for an unknown kind.
func States(k Kind) []State {
	for _, o := range objects {
		if o.kind == k {
			return slices.Clone(o.states)
		}
	}
	return nil
}
