package filing

import "courts.example/eservices/icms/law"

// The codes of findings about the parties.
const (
	codeDefendantMissing  Code = "claim.defendant.missing"
	codeDefendantMany     Code = "claim.defendant.too-many"
	codeDefendantName     Code = "claim.defendant.name.missing"
	codeDefendantAddress  Code = "claim.defendant.address.missing"
	codeDefendantKind     Code = "claim.defendant.kind.unknown"
	codeDefendantRepeated Code = "claim.defendant.repeated"
	LegalRepresentative   Code = "claim.representative.not-admitted"
)

func partyEntries() []Entry {
	return []Entry{{
		Code: codeDefendantMissing, Severity: Refusal,
		Text:   law.T("The claim names no defendant.", "申索沒有被告人。"),
		Rule:   "A claim names at least one defendant.",
		Remedy: law.T("Give the name and address of the defendant.", "請填上被告人的姓名或名稱及地址。"),
	}, {
		Code: codeDefendantMany, Severity: Refusal,
		Text:   law.T("The claim names {defendants} defendants; at most {limit} are taken.", "申索有 {defendants} 名被告人，最多只可有 {limit} 名。"),
		Rule:   "A claim names at most as many defendants as the court takes.",
		Remedy: law.T("File this claim on paper.", "請就此宗申索提交紙本文件。"),
	}, {
		Code: codeDefendantName, Severity: Refusal,
		Text:   law.T("Defendant {defendant} has no name.", "第 {defendant} 被告人沒有姓名或名稱。"),
		Rule:   "A claim gives the name of each defendant.",
		Remedy: law.T("Give the full name, in English or Chinese.", "請填上英文或中文全名。"),
	}, {
		Code: codeDefendantAddress, Severity: Refusal,
		Text:   law.T("Defendant {defendant} has no address.", "第 {defendant} 被告人沒有地址。"),
		Rule:   "A claim gives the address of each defendant.",
		Remedy: law.T("Give the last known residence or place of business.", "請填上最後為人所知的居所或營業地點。"),
	}, {
		Code: codeDefendantKind, Severity: Refusal,
		Text:   law.T("{kind} is no kind of defendant; the kinds are: {kinds}.", "「{kind}」並非被告人身分；身分為：{kinds}。"),
		Rule:   "The kind of a defendant is one of those known, or empty.",
		Remedy: law.T("Give one of: {kinds}, or leave the kind out.", "請填上 {kinds} 其中一項，或留空。"),
	}, {
		Code: codeDefendantRepeated, Severity: Warning,
		Text:   law.T("Defendant {defendant} is the same as defendant {first}.", "第 {defendant} 被告人與第 {first} 被告人相同。"),
		Rule:   "A defendant is named once in a claim.",
		Remedy: law.T("Leave out the repeated defendant.", "請刪去重複的被告人。"),
	}, {
		Code: LegalRepresentative, Severity: Refusal,
		Text:   law.T("A legal representative is named, {representative}; none has audience in this court.", "列有法律代表「{representative}」；本法庭不容許法律代表出席。"),
		Rule:   "No party is legally represented.",
		Remedy: law.T("Leave the legal representative out.", "請刪去法律代表。"),
	}}
}
