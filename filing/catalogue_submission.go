package filing

import (
	"slices"

	"courts.example/eservices/icms/law"
)

// The codes of findings about papers sent in a case that is already there, and about what is asked for them.
const (
	SubmissionKind       Code = "submission.kind.unknown"
	SubmissionParty      Code = "submission.party.unknown"
	SubmissionSide       Code = "submission.side"
	SubmissionOnPaper    Code = "submission.on-paper"
	SubmissionConcluded  Code = "submission.concluded"
	SubmissionTitle      Code = "submission.title.bad"
	SubmissionNoFiles    Code = "submission.files.missing"
	SubmissionManyFiles  Code = "submission.files.too-many"
	SubmissionRepeated   Code = "submission.files.repeated"
	SubmissionCorrects   Code = "submission.corrects"
	SubmissionReference  Code = "submission.reference.used"
	SubmissionNoEvent    Code = "submission.event.none"
	SubmissionAgainst    Code = "submission.against"
	SubmissionLate       Code = "submission.late"
	SubmissionUndecided  Code = "submission.limit.undecided"
	SubmissionFeeUnknown Code = "submission.fee.unknown"
	SubmissionFeeEnding  Code = "submission.fee.ending"
	SubmissionSingle     Code = "submission.claim.not-taken"
	SubmissionClaimant   Code = "submission.claim.claimant"
	SubmissionCalled     Code = "submission.claim.name"
	SubmissionDecided    Code = "submission.state"
	SubmissionNoReason   Code = "submission.reason.missing"
	ServiceAgain         Code = "court.service.again"
	ServiceRecordNone    Code = "court.service.record"
	TimeNotGiven         Code = "submission.time.not-given"
	TimeNeedless         Code = "submission.time.needless"
	TimeInstant          Code = "submission.time.instant"
	TimeNotAllowed       Code = "submission.time.not-allowed"
	TimeDecided          Code = "submission.time.decided"
)

// NewFinding makes a finding of a code of the catalogue for a check that is made outside this package. Pointer names the field that is
// wrong, empty for the whole. Values that are strings are made safe to print.
func NewFinding(code Code, pointer string, p law.Provision, values ...law.Value) Finding {
	e, _ := Describe(code)
	return Finding{Code: code, Severity: e.Severity, Path: Path{Pointer: pointer}, Provision: p, Values: safe(values)}
}

func submissionEntries() []Entry {
	return slices.Concat(paperEntries(), serviceEntries(), paperLimitEntries(), moreTimeEntries())
}

// paperEntries are about a paper itself.
func paperEntries() []Entry {
	return []Entry{{
		Code: SubmissionKind, Severity: Refusal,
		Text:   law.T("The court has no kind of paper {kind}; it takes: {kinds}.", "法庭沒有「{kind}」這類文件；接納的種類：{kinds}。"),
		Rule:   "A paper is of a kind that the court takes in a case.",
		Remedy: law.T("Choose one of: {kinds}.", "請選擇以下其中一類：{kinds}。"),
	}, {
		Code: SubmissionParty, Severity: Refusal,
		Text:   law.T("The case {case} has no party {party}.", "案件 {case} 沒有名為「{party}」的一方。"),
		Rule:   "A paper is sent by a party to the case.",
		Remedy: law.T("Name the party as the case does, or ask the registry to be linked to the case.", "請按案件所載填寫該方，或要求登記處將你與案件連結。"),
	}, {
		Code: SubmissionSide, Severity: Refusal,
		Text:   law.T("{kind} is not a paper of the {side}.", "「{kind}」並非由{side}提交的文件。"),
		Rule:   "A kind of paper comes from the side of the case to which the court gives it.",
		Remedy: law.T("Choose the kind that fits what you send.", "請選擇與所提交文件相符的種類。"),
	}, {
		Code: SubmissionOnPaper, Severity: Refusal,
		Text:   law.T("{kind} can't be sent electronically.", "「{kind}」不可以電子方式提交。"),
		Rule:   "Some kinds of paper are taken at the registry only.",
		Remedy: law.T("Hand it in at the registry.", "請到登記處遞交。"),
	}, {
		Code: SubmissionConcluded, Severity: Refusal,
		Text:   law.T("The case {case} is concluded; {kind} is not taken any more.", "案件 {case} 已終結，不再接納「{kind}」。"),
		Rule:   "In a concluded case only the kinds of paper are taken that attack its outcome.",
		Remedy: law.T("Ask the registry what can still be done.", "請向登記處查詢仍可採取的步驟。"),
	}, {
		Code: SubmissionTitle, Severity: Refusal,
		Text:   law.T("The title of the paper is too long or holds characters that can't be shown; at most {limit} characters are taken.", "文件標題過長或含有無法顯示的字元，最多可有 {limit} 個字元。"),
		Rule:   "A title is a short line of plain text.",
		Remedy: law.T("Shorten the title.", "請縮短標題。"),
	}, {
		Code: SubmissionNoFiles, Severity: Refusal,
		Text:   law.T("The paper has no file.", "沒有附上任何檔案。"),
		Rule:   "A paper has at least one file.",
		Remedy: law.T("Add the file.", "請附上檔案。"),
	}, {
		Code: SubmissionManyFiles, Severity: Refusal,
		Text:   law.T("The paper has {files} files; at most {limit} are taken.", "文件有 {files} 個檔案，最多只可有 {limit} 個。"),
		Rule:   "A paper has at most as many files as the court takes with a claim.",
		Remedy: law.T("Join files into one, or send two papers.", "請合併檔案，或分兩次提交。"),
	}, {
		Code: SubmissionRepeated, Severity: Refusal,
		Text:   law.T("The paper names the file {document} more than once.", "檔案「{document}」重複列出。"),
		Rule:   "A paper names each of its files once.",
		Remedy: law.T("Leave out the repeated name.", "請刪去重複的名稱。"),
	}, {
		Code: SubmissionCorrects, Severity: Refusal,
		Text:   law.T("Paper {serial} is none of yours of this kind that a correction could take the place of.", "第 {serial} 號文件並非可由你以此類文件更正的文件。"),
		Rule:   "A correction takes the place of a paper of the same kind and party that was not corrected before.",
		Remedy: law.T("Name the newest paper of the kind, or send a paper of its own.", "請填寫該類文件中最新一份的編號，或另行提交。"),
	}, {
		Code: SubmissionReference, Severity: Refusal,
		Text:   law.T("The reference {reference} was used for another paper, on {received}.", "參考編號「{reference}」已於 {received} 用於另一份文件。"),
		Rule:   "A reference names one paper of a party in a case; the same paper again gives the same answer.",
		Remedy: law.T("Give the new paper another reference.", "請為新文件另編參考編號。"),
	}, {
		Code: SubmissionFeeUnknown, Severity: Warning,
		Text:   law.T("Nobody knows the fee for {kind} on {date}; the registry will tell.", "「{kind}」在 {date} 的費用未知，登記處將另行通知。"),
		Rule:   "The fee of a paper stands in the court's schedule.",
		Remedy: law.T("Wait for the registry's notice.", "請等候登記處通知。"),
	}, {
		Code: SubmissionFeeEnding, Severity: Refusal,
		Text:   law.T("Somebody is paying the fee of paper {serial}, which was refused: that has to end first.", "有人正在繳付不獲接納的第 {serial} 號文件的費用，須待該次付款結束。"),
		Rule:   "A refused paper is taken after all when its fee was given back, so that it is owed and paid once.",
		Remedy: law.T("Decide again when the payment has ended.", "請待付款結束後再作決定。"),
	}, {
		Code: SubmissionSingle, Severity: Refusal,
		Text:   law.T("{court} takes no single claims electronically.", "{court}不接納以電子方式提交的個別申索。"),
		Rule:   "A court that takes claims in bulk only takes a single claim on paper.",
		Remedy: law.T("File the claim on paper at the registry.", "請到登記處以紙本提交申索。"),
	}, {
		Code: SubmissionClaimant, Severity: Refusal,
		Text:   law.T("No register says what the claimant {claimant} is called.", "沒有名冊記載申索人「{claimant}」的名稱。"),
		Rule:   "Who commences a claim for somebody else names a claimant whom the court, the register of members or the agent's data know.",
		Remedy: law.T("Give the claimant's id as the register has it, or have the claimant registered.", "請填上申索人在名冊內的識別碼，或先為申索人登記。"),
	}, {
		Code: SubmissionCalled, Severity: Refusal,
		Text:   law.T("The claimant {claimant} is called {name}, not {given}.", "申索人「{claimant}」的名稱為「{name}」，並非「{given}」。"),
		Rule:   "A claim names its claimant as the register does, in every language that it gives; case, width and white space do not count.",
		Remedy: law.T("Give the registered name, or leave the name out.", "請填上已登記的名稱，或不填名稱。"),
	}, {
		Code: SubmissionDecided, Severity: Refusal,
		Text:   law.T("Paper {serial} is {state}: that can't be done with it.", "第 {serial} 號文件的狀況為 {state}，不可作此處理。"),
		Rule:   "Only a paper that was received or waits for its receipt can be refused, and only one that a party sent can be given another time.",
		Remedy: law.T("Look at the paper as it is now.", "請查看文件現時的狀況。"),
	}, {
		Code: SubmissionNoReason, Severity: Refusal,
		Text:   law.T("The reason is missing.", "未有述明理由。"),
		Rule:   "A refusal, and a request for time, say why, in English at least.",
		Remedy: law.T("Give the reason.", "請述明理由。"),
	}}
}

// serviceEntries are about the records of service from which time limits are counted.
func serviceEntries() []Entry {
	return []Entry{{
		Code: ServiceAgain, Severity: Refusal,
		Text:   law.T("The service of the claim on {party} is recorded already, on {at}.", "已記錄申索於 {at} 送達 {party}。"),
		Rule:   "The claim is served on a party once; a record takes the place of another one with a reason.",
		Remedy: law.T("Give the reason why the record is corrected.", "請述明更正記錄的理由。"),
	}, {
		Code: ServiceRecordNone, Severity: Refusal,
		Text:   law.T("Paper {serial} is no record of that service on {party} that stands.", "第 {serial} 號文件並非向 {party} 作出該送達的有效記錄。"),
		Rule:   "A record of service is corrected, or taken back, while it stands, for the same paper and party.",
		Remedy: law.T("Name the record that stands; take one of another paper or party back, and record the right one.", "請填寫有效記錄的編號；如涉及另一文件或另一方，請撤回記錄再行記錄。"),
	}}
}

// paperLimitEntries are about the time limits of papers.
func paperLimitEntries() []Entry {
	return []Entry{{
		Code: SubmissionNoEvent, Severity: Refusal,
		Text:   law.T("The time for {kind} runs from {event}, and the case {case} records none.", "「{kind}」的期限由{event}起計，但案件 {case} 並無有關記錄。"),
		Rule:   "A paper with a time limit is taken once the event from which the time runs is recorded.",
		Remedy: law.T("Ask the registry to record it, or wait until it is issued or served.", "請要求登記處記錄，或等候發出或送達。"),
	}, {
		Code: SubmissionAgainst, Severity: Refusal,
		Text:   law.T("Paper {serial} records no event from which the time for {kind} runs.", "第 {serial} 號文件沒有記錄「{kind}」期限的起計事件。"),
		Rule:   "A paper is directed against one that the court issued and from which its time runs.",
		Remedy: law.T("Name the award, order or notice against which it is directed.", "請填寫所針對的裁斷、命令或通知的編號。"),
	}, {
		Code: SubmissionLate, Severity: Refusal,
		Text: law.T("The last day for {kind} was {last}: {days} days from {event} on {day}. It would count as received on {deemed}.",
			"「{kind}」的最後限期為 {last}：由 {day}（{event}）起計 {days} 天。文件會視為於 {deemed} 收到。"),
		Rule:   "A paper counts as received on or before the last day of its time limit.",
		Remedy: law.T("Ask the court for time, giving the reason, and send the paper again when it is allowed.", "請述明理由向法庭申請時間，獲准後再次提交。"),
	}, {
		Code: SubmissionUndecided, Severity: Warning,
		Text: law.T("Whether {kind} is in time is not known yet: a closure or warning has no announced end.",
			"由於關閉或警告的結束時間尚未公布，「{kind}」是否如期提交仍未能確定。"),
		Rule:   "The last day of a time limit hangs on closures and warnings, and can't be known before their end is announced.",
		Remedy: law.T("Wait for the second notice.", "請等候另一份通知。"),
	}}
}

// moreTimeEntries are about requests for time.
func moreTimeEntries() []Entry {
	return []Entry{{
		Code: TimeNotGiven, Severity: Refusal,
		Text:   law.T("{court} decides on no requests for time electronically.", "{court}不以電子方式處理時間申請。"),
		Rule:   "A court says whether it can be asked electronically for more time or an earlier receipt.",
		Remedy: law.T("Ask at the registry.", "請到登記處申請。"),
	}, {
		Code: TimeNeedless, Severity: Refusal,
		Text:   law.T("{kind} has no time limit: there is nothing to ask for.", "「{kind}」沒有期限，無須申請。"),
		Rule:   "More time is asked for papers with a time limit.",
		Remedy: law.T("Send the paper.", "請直接提交文件。"),
	}, {
		Code: TimeInstant, Severity: Refusal,
		Text: law.T("A request for time asks for one thing: until a day from today on, or as of an instant that is over and not before the case began.",
			"時間申請只可要求其中一項：延至今天或以後的某天，或視為於某個已過去且不早於案件開始的時間收到。"),
		Rule:   "Time is asked until a day that is not over, or as of an instant between the beginning of the case and now.",
		Remedy: law.T("Give the day, or the instant at which you tried to send the paper.", "請填寫日期，或你嘗試提交文件的時間。"),
	}, {
		Code: TimeNotAllowed, Severity: Refusal,
		Text:   law.T("There is no allowed request for time {request} for this party and kind of paper that was not used before.", "沒有就該方及該類文件已獲准而未使用的時間申請「{request}」。"),
		Rule:   "A late paper names a request for time of the same party and kind that an officer allowed; it serves one paper.",
		Remedy: law.T("Wait for the decision, or make a request.", "請等候決定，或提出申請。"),
	}, {
		Code: TimeDecided, Severity: Refusal,
		Text:   law.T("The request for time {request} was decided otherwise by {officer} on {decided}.", "時間申請「{request}」已由 {officer} 於 {decided} 作出不同決定。"),
		Rule:   "A request for time is decided once.",
		Remedy: law.T("Make another request.", "請另行提出申請。"),
	}}
}
