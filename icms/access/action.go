package access

import "slices"

// Action is something that can be done through the service.
type Action string

// What anybody can do for themselves.
const (
	// ReadService asks what the service tells everybody: whether it is up, when a filing would count, what is covered, what it costs.
	ReadService Action = "read-service"
	// Apply asks for an account; CloseMember gives the own one up.
	Apply       Action = "apply"
	ReadMember  Action = "read-member"
	CloseMember Action = "close-member"
)

// What organisations do in their own house, and officers with them.
const (
	ReadOrganisation Action = "read-organisation"
	// ManageUsers makes, suspends and closes the accounts of organisation users, ManageAdministrators those of secondary administrators, and hands
	// the primary one on. ManageBranches keeps the list of branches, LinkCases says which users see which case.
	ManageUsers          Action = "manage-users"
	ManageAdministrators Action = "manage-administrators"
	ManageBranches       Action = "manage-branches"
	LinkCases            Action = "link-cases"
	CloseOrganisation    Action = "close-organisation"
)

// What staff do with members and staff.
const (
	SearchMembers Action = "search-members"
	// DecideApplication approves or refuses an application, SuspendMember suspends, reinstates or closes what was approved.
	DecideApplication Action = "decide-application"
	SuspendMember     Action = "suspend-member"
	ReadStaff         Action = "read-staff"
	ManageStaff       Action = "manage-staff"
	ReadClaimants     Action = "read-claimants"
	ApproveClaimant   Action = "approve-claimant"
)

// What is done with batches.
const (
	// CheckBatch asks what filing would answer, FileBatch files.
	CheckBatch  Action = "check-batch"
	FileBatch   Action = "file-batch"
	ReadBatch   Action = "read-batch"
	DecideBatch Action = "decide-batch"
	FixSitting  Action = "fix-sitting"
)

// What parties do in a case.
const (
	ReadCase Action = "read-case"
	// JoinCase is to prove that one is a party, or acts for one; LeaveCase ends acting.
	JoinCase       Action = "join-case"
	LeaveCase      Action = "leave-case"
	SubmitDocument Action = "submit-document"
	RequestTime    Action = "request-time"
	ReadDocument   Action = "read-document"
	ReadMessage    Action = "read-message"
)

// What the court does in a case.
const (
	ReadRegister   Action = "read-register"
	IssueNotice    Action = "issue-notice"
	IssueOrder     Action = "issue-order"
	FixHearing     Action = "fix-hearing"
	RecordService  Action = "record-service"
	LinkParty      Action = "link-party"
	ConcludeCase   Action = "conclude-case"
	SetCaseAccess  Action = "set-case-access"
	AllowTime      Action = "allow-time"
	RefuseDocument Action = "refuse-document"
	// ReadDelivery asks for the proof that a message was delivered and read.
	ReadDelivery Action = "read-delivery"
)

// What anybody may search and inspect.
const (
	ReadCauseBook Action = "read-cause-book"
	// SearchCases asks for a search of the register, ReadSearch looks at its result; InspectCase and InspectDocument look, by a search, at what it
	// found.
	SearchCases     Action = "search-cases"
	ReadSearch      Action = "read-search"
	InspectCase     Action = "inspect-case"
	InspectDocument Action = "inspect-document"
)

// What is done with money.
const (
	// ReadOrder reads an order and its receipt. PayOrder pays at a gateway, PayFromDeposit from a deposit account.
	ReadOrder      Action = "read-order"
	PayOrder       Action = "pay-order"
	PayFromDeposit Action = "pay-from-deposit"
	// CollectPayment records what was paid at the counter.
	CollectPayment Action = "collect-payment"
	// Charge sets the amount of an order that no filing makes, WithdrawCharge takes it back.
	Charge         Action = "charge"
	WithdrawCharge Action = "withdraw-charge"
	ReadAttempt    Action = "read-attempt"
	// CheckAttempt asks the gateway. ProposeResolution says how an attempt of unknown outcome ended, ConfirmResolution is the second person.
	CheckAttempt      Action = "check-attempt"
	ProposeResolution Action = "propose-resolution"
	ConfirmResolution Action = "confirm-resolution"
	// ProposeRefund asks for money to go back, DecideRefund is the second person, who approves or declines.
	ReadRefund    Action = "read-refund"
	ProposeRefund Action = "propose-refund"
	DecideRefund  Action = "decide-refund"
	OpenDeposit   Action = "open-deposit"
	ReadDeposit   Action = "read-deposit"
	// TransferDeposit moves money between the accounts of one organisation, TopUpDeposit records money that came, SuspendDeposit suspends, reopens
	// or closes.
	TransferDeposit Action = "transfer-deposit"
	TopUpDeposit    Action = "top-up-deposit"
	SuspendDeposit  Action = "suspend-deposit"
)

// What keeps the house.
const (
	AnnounceClosure    Action = "announce-closure"
	PublishMaintenance Action = "publish-maintenance"
	ReadHealth         Action = "read-health"
	VerifyAudit        Action = "verify-audit"
	ReadAudit          Action = "read-audit"
)

// act is an action with the kinds of object that it can be done to.
type act struct {
	action Action
	kinds  []Kind
}

var actions = [...]act{
	{ReadService, []Kind{Service}},
	{ReadHealth, []Kind{Service}},
	{Apply, []Kind{Service}},
	{ReadMember, []Kind{Member}},
	{SearchMembers, []Kind{Service}},
	{CloseMember, []Kind{Member}},
	{DecideApplication, []Kind{Member}},
	{SuspendMember, []Kind{Member}},
	{ReadOrganisation, []Kind{Organisation}},
	{ManageUsers, []Kind{Organisation}},
	{ManageAdministrators, []Kind{Organisation}},
	{ManageBranches, []Kind{Organisation}},
	{LinkCases, []Kind{Organisation}},
	{CloseOrganisation, []Kind{Organisation}},
	{ReadStaff, []Kind{Staff}},
	{ManageStaff, []Kind{Staff}},
	{ReadClaimants, []Kind{Claimant}},
	{ApproveClaimant, []Kind{Claimant}},
	{CheckBatch, []Kind{Batch}},
	{FileBatch, []Kind{Batch}},
	{ReadBatch, []Kind{Batch}},
	{DecideBatch, []Kind{Batch}},
	{FixSitting, []Kind{Batch}},
	{ReadCase, []Kind{Case}},
	{JoinCase, []Kind{Case}},
	{LeaveCase, []Kind{Case}},
	{InspectCase, []Kind{Case}},
	{SubmitDocument, []Kind{Case}},
	{RequestTime, []Kind{Case}},
	{AllowTime, []Kind{Case}},
	{IssueNotice, []Kind{Case}},
	{IssueOrder, []Kind{Case}},
	{FixHearing, []Kind{Case}},
	{RecordService, []Kind{Case}},
	{LinkParty, []Kind{Case}},
	{ConcludeCase, []Kind{Case}},
	{SetCaseAccess, []Kind{Case}},
	{ReadDocument, []Kind{Document}},
	{InspectDocument, []Kind{Document}},
	{RefuseDocument, []Kind{Document}},
	{ReadMessage, []Kind{Message}},
	{ReadDelivery, []Kind{Message}},
	{ReadOrder, []Kind{Order}},
	{PayOrder, []Kind{Order}},
	{PayFromDeposit, []Kind{Order}},
	{Charge, []Kind{Order}},
	{WithdrawCharge, []Kind{Order}},
	{CollectPayment, []Kind{Order}},
	{ProposeRefund, []Kind{Order}},
	{ReadAttempt, []Kind{Attempt}},
	{CheckAttempt, []Kind{Attempt}},
	{ProposeResolution, []Kind{Attempt}},
	{ConfirmResolution, []Kind{Resolution}},
	{ReadRefund, []Kind{Refund}},
	{DecideRefund, []Kind{Refund}},
	{OpenDeposit, []Kind{Deposit}},
	{ReadDeposit, []Kind{Deposit}},
	{TransferDeposit, []Kind{Deposit}},
	{TopUpDeposit, []Kind{Deposit}},
	{SuspendDeposit, []Kind{Deposit}},
	{SearchCases, []Kind{Search}},
	{ReadSearch, []Kind{Search}},
	{ReadCauseBook, []Kind{CauseBook}},
	{ReadRegister, []Kind{Register}},
	{AnnounceClosure, []Kind{Closure}},
	{PublishMaintenance, []Kind{Maintenance}},
	{VerifyAudit, []Kind{Audit}},
	{ReadAudit, []Kind{Audit}},
}

// Actions lists the actions.
func Actions() []Action {
	out := make([]Action, len(actions))
	for i, a := range actions {
		out[i] = a.action
	}
	return out
}

// Objects lists the kinds of object that an action can be done to; none for an unknown action.
func Objects(a Action) []Kind {
	for _, known := range actions {
		if known.action == a {
			return slices.Clone(known.kinds)
		}
	}
	return nil
}
