package access

import (
	"slices"

	"courts.example/eservices/icms/law"
)

// The groups of roles of which the library's policy speaks.
var (
	filers         = []Role{Individual, OrganisationUser}
	administrators = []Role{PrimaryAdministrator, SecondaryAdministrator}
	household      = []Role{OrganisationUser, PrimaryAdministrator, SecondaryAdministrator}
	litigants      = []Role{Party, Representative}
	registry       = []Role{RegistryClerk, RegistryOfficer}
	accounts       = []Role{AccountsClerk, AccountsOfficer}
	bench          = []Role{Adjudicator, PrincipalAdjudicator}
	court          = []Role{RegistryOfficer, Adjudicator, PrincipalAdjudicator}
	chambers       = []Role{RegistryClerk, RegistryOfficer, Adjudicator, PrincipalAdjudicator}
)

// The groups of states.
var (
	anyState = []State{Any}
	own      = []State{Own}
	foreign  = []State{Foreign}
	everyone = []State{Own, Foreign}
	unsealed = []State{Open, Restricted}
	inCourt  = []State{Open, Restricted, Sealed}
)

// Library is the policy of this library, complete, each row as our own assumption.
func Library() Policy {
	return Policy{Rows: slices.Concat(serviceRows(), memberRows(), batchRows(), caseRows(), inspectionRows(), moneyRows(), houseRows())}
}

func row(title string, a Action, k Kind, states []State, roles ...Role) Row {
	return Row{
		Roles: slices.Clone(roles), Action: a, Kind: k, States: slices.Clone(states),
		Provision: law.Provision{Instrument: "Policy of this library:", Section: "access", Title: title, Status: law.Assumed},
	}
}

func serviceRows() []Row {
	return []Row{
		row("everybody may ask about the service", ReadService, Service, anyState, Public),
		row("everybody may apply for an account", Apply, Service, anyState, Public),
		row("operators watch the health of the system", ReadHealth, Service, anyState, Operator, Auditor),
		row("the register of bulk claimants is public", ReadClaimants, Claimant, anyState, Public),
		row("the head of the court approves bulk claimants", ApproveClaimant, Claimant, anyState, PrincipalAdjudicator),
	}
}

func memberRows() []Row {
	return []Row{
		row("holders read and close their own account", ReadMember, Member, own, Holder),
		row("holders read and close their own account", CloseMember, Member, own, Individual),
		row("the offices read members", ReadMember, Member, foreign, slices.Concat(registry, accounts)...),
		row("the offices read members", SearchMembers, Service, anyState, slices.Concat(registry, accounts)...),
		row("registry officers decide applications", DecideApplication, Member, foreign, RegistryOfficer),
		row("registry officers suspend members", SuspendMember, Member, foreign, RegistryOfficer),
		row("an organisation reads itself", ReadOrganisation, Organisation, own, household...),
		row("the offices read members", ReadOrganisation, Organisation, foreign, slices.Concat(registry, accounts)...),
		row("administrators keep the users", ManageUsers, Organisation, own, administrators...),
		row("the primary administrator keeps the secondary ones", ManageAdministrators, Organisation, own, PrimaryAdministrator),
		row("officers help an organisation that lost its primary administrator", ManageAdministrators, Organisation, foreign, RegistryOfficer),
		row("administrators keep the branches", ManageBranches, Organisation, own, administrators...),
		row("administrators link cases to users", LinkCases, Organisation, own, administrators...),
		row("the primary administrator closes the organisation", CloseOrganisation, Organisation, own, PrimaryAdministrator),
		row("operators keep staff accounts, never their own", ManageStaff, Staff, foreign, Operator),
		row("operators and auditors read staff accounts", ReadStaff, Staff, everyone, Operator, Auditor),
	}
}

func batchRows() []Row {
	return []Row{
		row("users file for their own registered user", CheckBatch, Batch, own, filers...),
		row("users file for their own registered user", FileBatch, Batch, own, filers...),
		row("users read their own batches", ReadBatch, Batch, own, filers...),
		row("the court reads batches", ReadBatch, Batch, foreign, chambers...),
		row("registry officers accept or refuse", DecideBatch, Batch, foreign, RegistryOfficer),
		row("the court fixes sittings", FixSitting, Batch, foreign, chambers...),
	}
}

func caseRows() []Row {
	return []Row{
		row("parties and those who act for them read the case", ReadCase, Case, unsealed, litigants...),
		row("the court reads cases", ReadCase, Case, unsealed, RegistryClerk),
		row("the court alone reads sealed cases", ReadCase, Case, inCourt, court...),
		row("the court reads its register", ReadRegister, Register, anyState, chambers...),
		row("a user who can prove it joins as party", JoinCase, Case, unsealed, filers...),
		row("a representative may cease to act", LeaveCase, Case, unsealed, Representative),
		row("parties send papers", SubmitDocument, Case, unsealed, litigants...),
		row("parties ask for time", RequestTime, Case, unsealed, litigants...),
		row("officers allow time", AllowTime, Case, inCourt, court...),
		row("the registry sends notices", IssueNotice, Case, unsealed, RegistryClerk),
		row("the registry sends notices", IssueNotice, Case, inCourt, court...),
		row("adjudicators make orders; an officer draws them up", IssueOrder, Case, inCourt, court...),
		row("the court fixes hearings", FixHearing, Case, unsealed, RegistryClerk),
		row("the court fixes hearings", FixHearing, Case, inCourt, court...),
		row("the registry records service", RecordService, Case, unsealed, RegistryClerk),
		row("the registry records service", RecordService, Case, inCourt, RegistryOfficer),
		row("officers link members to parties", LinkParty, Case, inCourt, RegistryOfficer),
		row("the court concludes cases", ConcludeCase, Case, inCourt, court...),
		row("adjudicators seal, restrict and open", SetCaseAccess, Case, inCourt, bench...),
		row("parties read the papers, and what they sent themselves", ReadDocument, Document, []State{Open, Restricted, Own}, litigants...),
		row("the court reads papers", ReadDocument, Document, []State{Open, Restricted, Withheld}, RegistryClerk),
		row("the court alone reads sealed papers", ReadDocument, Document, []State{Open, Restricted, Sealed, Withheld}, court...),
		row("officers refuse papers", RefuseDocument, Document, []State{Open, Restricted, Sealed, Withheld}, RegistryOfficer),
		row("users read their own box", ReadMessage, Message, own, filers...),
		row("the registry proves delivery", ReadDelivery, Message, foreign, registry...),
	}
}

func inspectionRows() []Row {
	return []Row{
		row("everybody may search for the fee", SearchCases, Search, own, Public),
		row("who paid for a search reads it while it is open", ReadSearch, Search, own, Public),
		row("the registry answers questions about searches", ReadSearch, Search, []State{Ended, Foreign}, registry...),
		row("everybody may inspect open cases by a search", InspectCase, Case, []State{Open}, Public),
		row("parties inspect restricted cases", InspectCase, Case, []State{Restricted}, litigants...),
		row("everybody may inspect the papers of open cases by a search", InspectDocument, Document, []State{Open}, Public),
		row("parties inspect restricted cases", InspectDocument, Document, []State{Restricted}, litigants...),
		row("registered users search the cause book", ReadCauseBook, CauseBook, anyState, filers...),
		row("the court reads its cause book", ReadCauseBook, CauseBook, anyState, chambers...),
	}
}

func moneyRows() []Row {
	return []Row{
		row("payers read and pay their own orders", ReadOrder, Order, own, Public),
		row("payers read and pay their own orders", PayOrder, Order, own, Public),
		row("organisation users pay from the deposit account", PayFromDeposit, Order, own, OrganisationUser),
		row("the accounts office reads orders", ReadOrder, Order, foreign, accounts...),
		row("the accounts office takes money at the counter", CollectPayment, Order, foreign, accounts...),
		row("officers set what is owed", Charge, Order, foreign, RegistryOfficer, AccountsOfficer),
		row("officers set what is owed", WithdrawCharge, Order, foreign, RegistryOfficer, AccountsOfficer),
		row("payers read their own attempts", ReadAttempt, Attempt, own, Public),
		row("the accounts office sees to attempts", ReadAttempt, Attempt, foreign, accounts...),
		row("the accounts office sees to attempts", CheckAttempt, Attempt, foreign, accounts...),
		row("the accounts office sees to attempts", ProposeResolution, Attempt, foreign, accounts...),
		row("a second person confirms", ConfirmResolution, Resolution, foreign, AccountsOfficer),
		row("the accounts office proposes refunds", ProposeRefund, Order, foreign, accounts...),
		row("a second person decides refunds", DecideRefund, Refund, foreign, AccountsOfficer),
		row("the accounts office reads refunds", ReadRefund, Refund, everyone, accounts...),
		row("payers read what goes back to them", ReadRefund, Refund, []State{Payer}, Public),
		row("the primary administrator opens deposit accounts", OpenDeposit, Deposit, own, PrimaryAdministrator),
		row("an organisation reads its deposit accounts", ReadDeposit, Deposit, own, household...),
		row("the accounts office reads deposit accounts", ReadDeposit, Deposit, foreign, accounts...),
		row("administrators move money between branches", TransferDeposit, Deposit, own, administrators...),
		row("the accounts office books what came in", TopUpDeposit, Deposit, foreign, accounts...),
		row("accounts officers suspend deposit accounts", SuspendDeposit, Deposit, foreign, AccountsOfficer),
	}
}

func houseRows() []Row {
	return []Row{
		row("registry officers announce closures", AnnounceClosure, Closure, anyState, RegistryOfficer, PrincipalAdjudicator),
		row("operators publish maintenance", PublishMaintenance, Maintenance, anyState, Operator),
		row("auditors verify", VerifyAudit, Audit, anyState, Auditor),
		row("auditors read the trail", ReadAudit, Audit, anyState, Auditor),
	}
}
