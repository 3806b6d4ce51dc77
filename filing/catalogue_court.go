package filing

import "courts.example/eservices/icms/law"

// The codes of refusals of what the court's own staff do in a case, and of what users do to be linked to one.
const (
	CourtPaperKind  Code = "court.paper.kind"
	CourtPaperEmpty Code = "court.paper.empty"
	CourtSealed     Code = "court.case.sealed"
	CourtConcluded  Code = "court.case.concluded"
	CourtEventDay   Code = "court.event.day"
	HearingPast     Code = "court.hearing.past"
	HearingEarly    Code = "court.hearing.early"
	HearingLate     Code = "court.hearing.late"
	HearingNone     Code = "court.hearing.none"
	HearingBatch    Code = "court.hearing.batch"
	// HearingClosed is a time at which the court does not sit, HearingUnknownDay one of which its calendar says nothing, HearingBusy a change of a
	// batch's hearings that others kept overtaking.
	HearingClosed     Code = "court.hearing.closed"
	HearingUnknownDay Code = "court.hearing.day-unknown"
	HearingBusy       Code = "court.hearing.busy"
	ServiceInstant    Code = "court.service.instant"
	ServicePaper      Code = "court.service.paper"
	LinkTaken         Code = "court.link.taken"
	LinkOtherSide     Code = "court.link.other-side"
	LinkCode          Code = "court.link.code"
	LinkRegistryOnly  Code = "court.link.registry-only"
)

func courtEntries() []Entry {
	return append(append(issueEntries(), hearingEntries()...), linkEntries()...)
}

// issueEntries are about what the court issues and records in a case.
func issueEntries() []Entry {
	return []Entry{{
		Code: CourtPaperKind, Severity: Refusal,
		Text:   law.T("The court issues no papers of the kind {kind}; it issues: {kinds}.", "法庭不發出「{kind}」這類文件；發出的種類：{kinds}。"),
		Rule:   "A paper of the court is of one of the kinds that the court issues.",
		Remedy: law.T("Choose one of: {kinds}.", "請選擇以下其中一類：{kinds}。"),
	}, {
		Code: CourtPaperEmpty, Severity: Refusal,
		Text:   law.T("The paper says nothing: it has no file, no words and no event.", "文件沒有內容：既無檔案，亦無文字或事件。"),
		Rule:   "What the court issues has a file, or words of its own, or records an event.",
		Remedy: law.T("Add the file or the words.", "請附上檔案或文字。"),
	}, {
		Code: CourtSealed, Severity: Refusal,
		Text:   law.T("The case {case} is sealed: nothing goes out of it to parties.", "案件 {case} 已封存，不會向各方發出任何文件。"),
		Rule:   "Of a sealed case nobody but the court is told; its papers are kept in the file.",
		Remedy: law.T("Name no parties, or have the case opened or restricted first.", "請勿填寫收件方，或先將案件開放或設為限制查閱。"),
	}, {
		Code: CourtConcluded, Severity: Refusal,
		Text:   law.T("The case {case} is concluded.", "案件 {case} 已終結。"),
		Rule:   "A concluded case has no hearings; one that goes on is reopened first.",
		Remedy: law.T("Reopen the case first.", "請先重開案件。"),
	}, {
		Code: CourtEventDay, Severity: Refusal,
		Text:   law.T("{event} can't be on {day}: the case began on {from}, and today is {until}.", "「{event}」的日期不可為 {day}：案件始於 {from}，今天是 {until}。"),
		Rule:   "What is recorded in a case happened since it began and not after today.",
		Remedy: law.T("Give the day on which it happened.", "請填寫該事發生的日期。"),
	}, {
		Code: ServiceInstant, Severity: Refusal,
		Text:   law.T("Service can't have been on {at}: the case began on {from}, and now it is {until}.", "送達時間不可為 {at}：案件始於 {from}，現在是 {until}。"),
		Rule:   "Service is recorded when it has happened, since the case began.",
		Remedy: law.T("Give the instant at which it was served.", "請填寫送達的時間。"),
	}, {
		Code: ServicePaper, Severity: Refusal,
		Text:   law.T("Paper {serial} is none that the court issued to {party}.", "第 {serial} 號文件並非法庭發給 {party} 的文件。"),
		Rule:   "Service is recorded of the claim, or of a paper that the court issued to the party.",
		Remedy: law.T("Name the paper that was served.", "請填寫已送達的文件編號。"),
	}}
}

// hearingEntries are about hearings.
func hearingEntries() []Entry {
	return []Entry{{
		Code: HearingPast, Severity: Refusal,
		Text:   law.T("The hearing would be on {at}, which is over.", "聆訊時間 {at} 已過。"),
		Rule:   "A hearing is fixed for a time to come.",
		Remedy: law.T("Give a later time.", "請填寫較後的時間。"),
	}, {
		Code: HearingEarly, Severity: Refusal,
		Text:   law.T("The first hearing on {day} is too early: it may be on {earliest} or later, unless the parties agree.", "首次聆訊定於 {day} 過早：除非各方同意，最早為 {earliest}。"),
		Rule:   "A first hearing keeps the least number of days after the claim counts as received, unless the parties agree.",
		Remedy: law.T("Choose a later day, or say on what the agreement of the parties rests.", "請選擇較後的日期，或註明各方同意的依據。"),
	}, {
		Code: HearingLate, Severity: Refusal,
		Text:   law.T("The first hearing on {day} is too late: it may be on {latest} or earlier, unless the parties agree.", "首次聆訊定於 {day} 過遲：除非各方同意，最遲為 {latest}。"),
		Rule:   "A first hearing keeps the largest number of days after the claim counts as received, unless the parties agree.",
		Remedy: law.T("Choose an earlier day, or say on what the agreement of the parties rests.", "請選擇較早的日期，或註明各方同意的依據。"),
	}, {
		Code: HearingNone, Severity: Refusal,
		Text:   law.T("No hearing is fixed in {case} that could be vacated.", "{case} 並無可撤銷的聆訊。"),
		Rule:   "A hearing can be vacated while it is fixed and to come.",
		Remedy: law.T("Look at the case as it is now.", "請查看案件現時的狀況。"),
	}, {
		Code: HearingBatch, Severity: Refusal,
		Text:   law.T("The batch {reference} is {state}: its cases are heard at one sitting once they are registered.", "批次 {reference} 的狀況為 {state}，登記後其案件方可安排同一聆訊。"),
		Rule:   "A sitting is fixed for the cases of a batch that is registered.",
		Remedy: law.T("Wait until the batch is registered.", "請待批次登記後再安排。"),
	}, {
		Code: HearingClosed, Severity: Refusal,
		Text:   law.T("The court does not sit at {at}: {why}. It next sits at {next}.", "法庭於 {at} 不開庭：{why}。下次開庭：{next}。"),
		Rule:   "A hearing begins in the court's hours for hearings, on a day on which the court is open by all closures announced so far.",
		Remedy: law.T("Choose a time from {next} on.", "請選擇 {next} 或其後的時間。"),
	}, {
		Code: HearingUnknownDay, Severity: Refusal,
		Text:   law.T("Whether the court sits at {at} is not known: its calendar ends on {last}.", "未能確定法庭於 {at} 是否開庭：曆表至 {last} 止。"),
		Rule:   "A hearing is fixed for a day of which the court's calendar says whether it is open.",
		Remedy: law.T("Choose a day up to {last}, or have the calendar brought up to date.", "請選擇 {last} 或之前的日期，或先更新曆表。"),
	}, {
		Code: HearingBusy, Severity: Refusal,
		Text:   law.T("The hearings of {reference} were changed by others {tries} times while this was being done.", "處理期間，{reference} 的聆訊已被他人更改 {tries} 次。"),
		Rule:   "What many cases need is done part by part; a part that others keep overtaking is given up for now, and what is decided goes on by itself.",
		Remedy: law.T("Look at the sitting as it is now, and try again.", "請查看聆訊現時的安排，然後再試。"),
	}}
}

// linkEntries are about linking registered users to parties.
func linkEntries() []Entry {
	return []Entry{{
		Code: LinkTaken, Severity: Refusal,
		Text:   law.T("{party} of the case {case} is linked to another registered user.", "案件 {case} 的 {party} 已與另一名登記用戶連結。"),
		Rule:   "A party is one registered user; others may act for it as representatives.",
		Remedy: law.T("Have the other link ended first, or link a representative.", "請先解除原有連結，或以代表身分連結。"),
	}, {
		Code: LinkOtherSide, Severity: Refusal,
		Text:   law.T("The registered user acts for the other side of the case {case}.", "該登記用戶已代表案件 {case} 的另一方。"),
		Rule:   "Nobody acts for both sides of a case.",
		Remedy: law.T("Have the other link ended first.", "請先解除原有連結。"),
	}, {
		Code: LinkCode, Severity: Refusal,
		Text:   law.T("The code is not the one that the registry gave for {party} of the case {case}, or it is used up or over.", "該代碼並非登記處就案件 {case} 的 {party} 所發出的代碼，或已用完或過期。"),
		Rule:   "A code is sent to a party on paper; it serves once, for a time. After several wrong tries who tried has to wait, and after many the code rests.",
		Remedy: law.T("Look at the letter again; after several wrong tries wait, or ask the registry.", "請再次核對信件；如多次輸入錯誤，請稍後再試或向登記處查詢。"),
	}, {
		Code: LinkRegistryOnly, Severity: Refusal,
		Text:   law.T("A party itself is unlinked by the registry alone.", "只有登記處可解除一方本身的連結。"),
		Rule:   "A representative may cease to act; a party stays one.",
		Remedy: law.T("Ask the registry.", "請向登記處提出。"),
	}}
}
