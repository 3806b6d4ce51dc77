package filing

import "courts.example/eservices/icms/law"

// memberEntries are the refusals of package icms/members, which names their codes.
func memberEntries() []Entry {
	return append(applicantEntries(), houseEntries()...)
}

// applicantEntries are about applications, and about what every request must have.
func applicantEntries() []Entry {
	return []Entry{{
		Code: "member.field.missing", Severity: Refusal,
		Text:   law.T("The field {field} is missing, too long, or is no plain text.", "欄位「{field}」沒有填寫、過長，或並非純文字。"),
		Rule:   "What is asked for is there, in plain text of a reasonable length; reasons in English at least.",
		Remedy: law.T("Fill in {field}.", "請填寫「{field}」。"),
	}, {
		Code: "member.id.form", Severity: Refusal,
		Text:   law.T("{field}: {id} can't be the name of an account.", "{field}：「{id}」不可用作帳戶名稱。"),
		Rule:   `Names of accounts, organisations, branches and courts have 1 to 60 letters a to z, digits, ".", "_" and "-".`,
		Remedy: law.T("Choose another name.", "請選用其他名稱。"),
	}, {
		Code: "member.id.taken", Severity: Refusal,
		Text:   law.T("The name {id} is taken.", "名稱「{id}」已被使用。"),
		Rule:   "No two accounts or organisations have one name.",
		Remedy: law.T("Choose another name.", "請選用其他名稱。"),
	}, {
		Code: "member.subject.taken", Severity: Refusal,
		Text:   law.T("This person has an account already: {account}.", "此人已有帳戶：{account}。"),
		Rule:   "A login has one account; whoever needs two, such as an administrator who also files, has two logins.",
		Remedy: law.T("Use that account, or another login.", "請使用該帳戶，或另一登入身分。"),
	}, {
		Code: "member.unknown", Severity: Refusal,
		Text:   law.T("There is no account or organisation {id}.", "沒有名為「{id}」的帳戶或機構。"),
		Rule:   "What something is done to is there.",
		Remedy: law.T("Check the name.", "請核對名稱。"),
	}, {
		Code: "member.kind.not-eligible", Severity: Refusal,
		Text:   law.T("Nobody may register as {kind} in this way.", "不可以「{kind}」的身分以此方式登記。"),
		Rule:   "Who registers is one of the kinds of eligible users, as a person or as an organisation, whichever is open to it.",
		Remedy: law.T("Choose the kind that you are.", "請選擇你所屬的類別。"),
	}, {
		Code: "member.proof.missing", Severity: Refusal,
		Text:   law.T("Nothing proves that you are a {kind}.", "沒有文件證明你是{kind}。"),
		Rule:   "A kind of eligible user that must be proved is proved by a document.",
		Remedy: law.T("Add a document that proves it.", "請附上證明文件。"),
	}, {
		Code: "member.proof.form", Severity: Refusal,
		Text:   law.T("The proof {proof} is not a document with a name and a hash, or there are too many.", "證明文件「{proof}」沒有名稱或雜湊值，或文件過多。"),
		Rule:   "A proof has a name and the SHA-256 of its bytes; there are at most 50.",
		Remedy: law.T("Send the document again.", "請重新提交文件。"),
	}, {
		Code: "member.status", Severity: Refusal,
		Text:   law.T("{id} is {status}: that does not allow this step ({step}).", "「{id}」的狀態為 {status}，不可進行此步驟（{step}）。"),
		Rule:   "Each step follows on the statuses that the table of steps allows.",
		Remedy: law.T("Look how it stands.", "請查看現況。"),
	}}
}

// houseEntries are about what administrators and operators do.
func houseEntries() []Entry {
	return []Entry{{
		Code: "member.primary.only", Severity: Refusal,
		Text:   law.T("{organisation} would be left without its primary administrator.", "「{organisation}」將沒有主管理員。"),
		Rule:   "An organisation has one primary administrator, always.",
		Remedy: law.T("Hand over to a secondary administrator first, or close the organisation.", "請先交由副管理員接任，或結束機構帳戶。"),
	}, {
		Code: "member.primary.successor", Severity: Refusal,
		Text:   law.T("{account} is no active secondary administrator of {organisation}.", "「{account}」並非「{organisation}」的有效副管理員。"),
		Rule:   "The primary administrator hands over to a secondary one.",
		Remedy: law.T("Open the account of a secondary administrator first.", "請先開設副管理員帳戶。"),
	}, {
		Code: "member.branch.unknown", Severity: Refusal,
		Text:   law.T("{organisation} has no open branch {branch}.", "「{organisation}」沒有開設分行「{branch}」。"),
		Rule:   "A branch is one of the organisation's.",
		Remedy: law.T("Open the branch first.", "請先開設分行。"),
	}, {
		Code: "member.branch.taken", Severity: Refusal,
		Text:   law.T("The branch code {branch} is taken.", "分行代號「{branch}」已被使用。"),
		Rule:   "No two branches have one code; the headquarters has its own.",
		Remedy: law.T("Choose another code.", "請選用其他代號。"),
	}, {
		Code: "member.branch.in-use", Severity: Refusal,
		Text:   law.T("The branch {branch} has {accounts} accounts.", "分行「{branch}」尚有 {accounts} 個帳戶。"),
		Rule:   "A branch is closed when no account is left in it.",
		Remedy: law.T("Close its accounts first.", "請先結束其帳戶。"),
	}, {
		Code: "member.link.user", Severity: Refusal,
		Text:   law.T("{account} is no organisation user of {organisation} to whom the case is or can be linked.", "「{account}」並非「{organisation}」可與案件連結的機構用戶。"),
		Rule:   "A case is linked to the organisation's own users.",
		Remedy: law.T("Name an open account of an organisation user.", "請填寫有效的機構用戶帳戶。"),
	}, {
		Code: "member.post.unknown", Severity: Refusal,
		Text:   law.T("{post} is no post.", "「{post}」並非職位。"),
		Rule:   "Staff have the posts that the table of access knows.",
		Remedy: law.T("Choose a post of the court or of operations.", "請選擇法院或系統運作的職位。"),
	}, {
		Code: "member.account.kind", Severity: Refusal,
		Text:   law.T("This can't be done with an account of the kind {kind}.", "此類帳戶（{kind}）不可如此處理。"),
		Rule:   "Administrators open accounts of users and secondary administrators; posts are those of staff.",
		Remedy: law.T("Choose another kind of account.", "請選擇其他類別的帳戶。"),
	}}
}
