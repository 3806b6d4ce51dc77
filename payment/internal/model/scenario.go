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
	// Twice: a session can be paid twice. Other: the payer may pay another amount.
	Twice, Other bool
	// Refusals: the gateway may refuse a request without doing anything. Challenges: the payer's bank may take its time.
	Refusals, Challenges bool
	// Overdue: what was sent may arrive after the time in which it can, or the clocks of two processes differ.
	Overdue bool
	// Cancels: an attempt may be cancelled by us. Closes: the order may have to close. Deposit: a deposit account may pay.
	Cancels, Closes, Deposit bool
}

// Scenarios are those of attempts; together they have everything that the model knows.
func Scenarios() []Scenario {
	return []Scenario{
		{Name: "direct", Direct: true, Refusals: true, Closes: true},
		{Name: "overdue", Direct: true, Refusals: true, Overdue: true},
		{Name: "page", Challenges: true, Cancels: true, Closes: true},
		{Name: "deposit", Deposit: true, Late: true, Closes: true},
		{Name: "late", Late: true, Cancels: true, Closes: true},
		{Name: "code", Twice: true, Other: true, Late: true},
		{Name: "held", Authorise: true, Cancels: true, Closes: true},
		{Name: "held late", Authorise: true, Late: true},
	}
}
