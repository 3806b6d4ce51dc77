package filing

import "courts.example/eservices/icms/law"

// The codes of refusals because of who asks.
const (
	AccessDenied        Code = "access.denied"
	AccessRegister      Code = "access.registration-required"
	AccessUnidentified  Code = "access.unidentified"
	AccessPending       Code = "access.account.pending"
	AccessRefused       Code = "access.account.refused"
	AccessSuspended     Code = "access.account.suspended"
	AccessClosed        Code = "access.account.closed"
	AccessAdministrator Code = "access.administrator"
	AccessNotParty      Code = "access.case.not-party"
	AccessSecondPerson  Code = "access.second-person"
	AccessCourt         Code = "access.court"
	AccessPosting       Code = "access.posting"
	AccessUnbound       Code = "access.claimant.unbound"
	ClaimantReserved    Code = "claimant.id.reserved"
	ClaimantRegistered  Code = "claimant.id.registered"
	AccessNotThere      Code = "access.not-there"
	AccessEnded         Code = "access.search.ended"
	CourtUnknown        Code = "court.unknown"
)

// accessEntries are about who may do what; they name what was asked for, never whose it is.
func accessEntries() []Entry {
	return append(accountEntries(), []Entry{{
		Code: AccessDenied, Severity: Refusal,
		Text:   law.T("Your account may not do this: {action}.", "你的帳戶不可進行此操作：{action}。"),
		Rule:   "What the table of access does not allow is refused.",
		Remedy: law.T("Ask somebody whose part it is.", "請由負責的人員進行。"),
	}, {
		Code: AccessNotParty, Severity: Refusal,
		Text:   law.T("In the case {case} only its parties and those who act for them may do this: {action}.", "在案件 {case} 中，只有各方及其代表可進行此操作：{action}。"),
		Rule:   "What is done in a case is done by its parties and their representatives, through users who see the case.",
		Remedy: law.T("Ask the registry to be linked to the case, or your administrator to link the case to you.", "請要求登記處將你與案件連結，或要求你的管理員將案件與你連結。"),
	}, {
		Code: AccessSecondPerson, Severity: Refusal,
		Text:   law.T("You proposed this yourself; another person decides: {action}.", "這是由你提出的，須由另一人決定：{action}。"),
		Rule:   "What needs two persons is not done by one.",
		Remedy: law.T("Ask another officer.", "請由另一名人員處理。"),
	}, {
		Code: AccessCourt, Severity: Refusal,
		Text:   law.T("You have no post at the court {court} for this: {action}.", "你在法院「{court}」沒有可進行此操作的職位：{action}。"),
		Rule:   "Staff act at the courts where they have a post.",
		Remedy: law.T("Ask somebody of that court.", "請由該法院的人員處理。"),
	}, {
		Code: AccessPosting, Severity: Refusal,
		Text: law.T("This belongs to no single court: {action}. It takes the post {posts} at all courts; you hold it at {courts} alone.",
			"此操作並不屬於個別法院：{action}。須在所有法院擔任「{posts}」；你只在 {courts} 擔任該職。"),
		Rule:   "What belongs to no single court is done by staff who are posted at all courts.",
		Remedy: law.T("Have your posting extended to all courts, or ask somebody who is posted so.", "請將你的職位擴展至所有法院，或由在所有法院任職的人員處理。"),
	}, {
		Code: AccessUnbound, Severity: Refusal,
		Text:   law.T("The approval of {claimant} is not bound to your registered user.", "「{claimant}」的批准尚未與你的登記用戶連結。"),
		Rule:   "A batch is filed through a session by the registered user to whom the court's staff bound the approval of its claimant.",
		Remedy: law.T("Ask the court to bind the approval to you.", "請要求法院將該批准與你連結。"),
	}, {
		Code: ClaimantReserved, Severity: Refusal,
		Text:   law.T("The id {id} is that of a claimant.", "「{id}」是申索人的編號。"),
		Rule:   "Nobody registers with the id of an approved claimant, or of one who has cases, unless the court's staff bound the claimant to that id.",
		Remedy: law.T("Choose another id, or ask the court to bind the claimant to it.", "請選用其他編號，或要求法院將該申索人與此編號連結。"),
	}, {
		Code: ClaimantRegistered, Severity: Refusal,
		Text:   law.T("A registered user has the id {claimant}, and no one at the court {court} said that it is that claimant.", "已有登記用戶使用編號「{claimant}」，而法院「{court}」尚未確認其為該申索人。"),
		Rule:   "A claimant is approved under an id that no registered user has, or that staff bound to the registered user who it is.",
		Remedy: law.T("Bind the claimant to the registered user who it is first, or choose another id.", "請先將申索人與相應的登記用戶連結，或選用其他編號。"),
	}, {
		Code: AccessNotThere, Severity: Refusal,
		Text:   law.T("There is no {name} ({kind}).", "沒有「{name}」（{kind}）。"),
		Rule:   "What one may not know of is not there.",
		Remedy: law.T("Check the name.", "請核對名稱。"),
	}, {
		Code: AccessEnded, Severity: Refusal,
		Text:   law.T("The time to look at the search {search} ended on {until}.", "查冊 {search} 的查閱時限已於 {until} 屆滿。"),
		Rule:   "The result of a search is there for a time.",
		Remedy: law.T("Search again.", "請重新查冊。"),
	}, {
		Code: CourtUnknown, Severity: Refusal,
		Text:   law.T("There is no court {court} here; there are: {courts}.", "此處沒有法院「{court}」；現有：{courts}。"),
		Rule:   "A court is one of those that the service serves.",
		Remedy: law.T("Choose one of: {courts}.", "請選擇以下其中一個：{courts}。"),
	}}...)
}

// accountEntries are about the account of the one who asks.
func accountEntries() []Entry {
	return []Entry{{
		Code: AccessRegister, Severity: Refusal,
		Text:   law.T("Only registered users may do this: {action}.", "只有登記用戶可進行此操作：{action}。"),
		Rule:   "What needs registration is refused to everybody else.",
		Remedy: law.T("Register; it costs nothing.", "請先登記，費用全免。"),
	}, {
		Code: AccessUnidentified, Severity: Refusal,
		Text:   law.T("Say who you are before you do this: {action}.", "進行此操作前，請先表明身分：{action}。"),
		Rule:   "What belongs to somebody is done by somebody whom the service can tell from others, with or without an account.",
		Remedy: law.T("Identify yourself first.", "請先表明身分。"),
	}, {
		Code: AccessPending, Severity: Refusal,
		Text:   law.T("The account {account} waits for its approval.", "帳戶 {account} 正等候批准。"),
		Rule:   "An account is used once it is approved.",
		Remedy: law.T("Wait for the decision.", "請等候決定。"),
	}, {
		Code: AccessRefused, Severity: Refusal,
		Text:   law.T("The application for the account {account} was refused.", "帳戶 {account} 的申請不獲批准。"),
		Rule:   "An account that was not approved can't be used.",
		Remedy: law.T("Apply again with what was missing.", "請補交所欠資料後重新申請。"),
	}, {
		Code: AccessSuspended, Severity: Refusal,
		Text:   law.T("The account {account} is suspended.", "帳戶 {account} 已暫停使用。"),
		Rule:   "With a suspended account nothing is done but reading it.",
		Remedy: law.T("Ask the registry, or your administrator.", "請向登記處或你的管理員查詢。"),
	}, {
		Code: AccessClosed, Severity: Refusal,
		Text:   law.T("The account {account} is closed.", "帳戶 {account} 已結束。"),
		Rule:   "A closed account is never used again.",
		Remedy: law.T("Apply for another account.", "請另行申請帳戶。"),
	}, {
		Code: AccessAdministrator, Severity: Refusal,
		Text:   law.T("An administrator's account may not do this: {action}.", "管理員帳戶不可進行此操作：{action}。"),
		Rule:   "Administrators keep the house; they act in a court through the account of an organisation user.",
		Remedy: law.T("Open an organisation user's account for yourself, and use that.", "請先為自己開設機構用戶帳戶，並使用該帳戶。"),
	}}
}
