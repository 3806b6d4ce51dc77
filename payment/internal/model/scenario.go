package model

// Scenario is what the surroundings can do. Each is explored by itself, which keeps the number of states small.
type Scenario struct {
	Name string
	// Single: the order has one attempt, not two.
	Single bool
	// Direct: the request itself takes the money. Otherwise the payer gets a page, or a code.
	Direct bool
	// Authorise: the money is held until an officer has decided.
	Authorise bool
	// Late: the payer may pay a session that the gateway has called expired or cancelled; FirstLate: that of the first attempt.
	Late, FirstLate bool
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
	// Refunds is how many refunds there may be of a payment that was taken, at most 3. With them, nothing of the above but Refusals and Overdue
	// has a meaning; 0: it is about attempts.
	Refunds int
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
		{Name: "held late", Authorise: true, FirstLate: true, Challenges: true},
		{Name: "refunds", Refunds: refunds, Refusals: true},
		{Name: "refunds overdue", Refunds: 2, Refusals: true, Overdue: true},
	}
}

// Column is a smaller scenario in which variants of the design are compared, and the rules that it is about: some are left out where they
// make it large and show nothing that another column doesn't.
type Column struct {
	Scenario
	About Rules
}

// Columns are the columns of the table of variants.
func Columns() []Column {
	held := Of(CloseFree, HeldIsNotTaken, CaptureFirst, CaptureProven, VoidRefused)
	return []Column{
		{Scenario{Name: "direct", Direct: true, Cancels: true, Closes: true}, All},
		{Scenario{Name: "overdue", Direct: true, Refusals: true, Overdue: true}, All.Without(OneActive)},
		{Scenario{Name: "page", Challenges: true}, All},
		{Scenario{Name: "closing", Closes: true}, Of(WriteFirst, LateCounts, CloseFree, AskFirst)},
		{Scenario{Name: "late", Late: true}, All.Without(OneActive)},
		{Scenario{Name: "promise", Late: true, Breaks: true}, Of(Reconcile, FinishClaims)},
		{Scenario{Name: "code", Twice: true, Other: true}, All.Without(OneActive)},
		{Scenario{Name: "deposit", Deposit: true, Closes: true}, Of(DismissReleases, CloseFree)},
		{Scenario{Name: "held", Authorise: true, Challenges: true}, held},
		{Scenario{Name: "held late", Authorise: true, FirstLate: true}, Of(LateCounts, VoidLate, VoidSuperseded)},
		{Scenario{Name: "refunds", Refunds: 2}, All.Without(FreshAbsence)},
		{Scenario{Name: "overdue refund", Refunds: 1, Refusals: true, Overdue: true}, All},
	}
}
