package model

// Scenario is what the surroundings can do. Each is explored by itself, which keeps the number of states small.
type Scenario struct {
	Name string
	// Direct: the request itself takes the money. Otherwise the payer gets a page, or a code.
	Direct bool
	// Authorise: the money is held until an officer has decided.
	Authorise bool
	// Late: the payer may pay a session that the gateway has called expired or cancelled.
	Late bool
	// Breaks: and one of which it has said that no more money comes.
	Breaks bool
	// Twice: a session can be paid twice. Other: the payer may pay another amount.
	Twice, Other bool
	// Refusals: the gateway may refuse a request without doing anything. Challenges: the payer's bank may take its time.
	Refusals, Challenges bool
	// Overdue: what was sent may arrive after the time in which it can, for a bound is wrong, a process stood still or two clocks differ.
	Overdue bool
	// Cancels: an attempt may be cancelled by us. Closes: the order may have to close. Deposit: a deposit account may pay.
	Cancels, Closes, Deposit bool
	// Refunds: the money of a payment goes back, in parts. It has nothing of the above but Refusals and Overdue.
	Refunds bool
}

// Scenarios are those in which the design is proven; together they have everything that the model knows.
func Scenarios() []Scenario {
	return []Scenario{
		{Name: "direct", Direct: true, Refusals: true, Cancels: true, Closes: true},
		{Name: "overdue", Direct: true, Refusals: true, Overdue: true},
		{Name: "page", Challenges: true, Cancels: true, Closes: true},
		{Name: "late", Late: true, Cancels: true, Closes: true},
		{Name: "code", Twice: true, Other: true, Late: true},
		{Name: "broken promise", Late: true, Breaks: true},
		{Name: "deposit", Deposit: true, Late: true, Closes: true},
		{Name: "held", Authorise: true, Cancels: true, Closes: true},
		{Name: "held late", Authorise: true, Late: true},
		{Name: "refunds", Refunds: true, Refusals: true},
		{Name: "refunds overdue", Refunds: true, Refusals: true, Overdue: true},
	}
}

// Columns are smaller scenarios, in which variants of the design are compared.
func Columns() []Scenario {
	return []Scenario{
		{Name: "direct", Direct: true, Cancels: true},
		{Name: "overdue", Direct: true, Refusals: true, Overdue: true},
		{Name: "page", Closes: true},
		{Name: "late", Late: true},
		{Name: "code", Twice: true, Other: true},
		{Name: "deposit", Deposit: true, Closes: true},
		{Name: "held", Authorise: true},
		{Name: "refunds", Refunds: true, Refusals: true},
	}
}
