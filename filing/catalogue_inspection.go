package filing

import "courts.example/eservices/icms/law"

// The codes of what keeps somebody from searching the register or the cause book.
const (
	SearchEmpty      Code = "search.empty"
	SearchName       Code = "search.name"
	SearchDates      Code = "search.dates"
	SearchBefore     Code = "search.before"
	SearchLimited    Code = "search.limited"
	SearchReference  Code = "search.reference"
	SearchFee        Code = "search.fee-unknown"
	SearchUnpaid     Code = "search.unpaid"
	SearchRefunded   Code = "search.refunded"
	CoverageNone     Code = "coverage.none"
	CoverageType     Code = "coverage.type"
	CoverageExcluded Code = "coverage.excluded"
	CoverageUnknown  Code = "coverage.unknown"
)

// inspectionEntries are about searches of the register, and about what of a court is covered by electronic search and inspection.
func inspectionEntries() []Entry {
	return append(coverageEntries(), []Entry{{
		Code: SearchEmpty, Severity: Refusal,
		Text:   law.T("The search names nothing to look for.", "查冊沒有指明要查找的內容。"),
		Rule:   "A search names a case number, a party, a period or a type of case.",
		Remedy: law.T("Give a case number, a party, a period or a type of case.", "請填寫案件編號、當事人、期間或案件類別。"),
	}, {
		Code: SearchName, Severity: Refusal,
		Text:   law.T("This can't be looked for as a name: {name}.", "不能以此作為名稱查找：{name}。"),
		Rule:   "A name to look for has a word or a Chinese character, and is no longer than names are.",
		Remedy: law.T("Give a word of the name, or more of it.", "請填寫名稱中的字詞，或填寫更多。"),
	}, {
		Code: SearchDates, Severity: Refusal,
		Text:   law.T("The period from {from} to {until} has no day.", "{from} 至 {until} 的期間沒有任何日子。"),
		Rule:   "The last day of a period is not before its first.",
		Remedy: law.T("Correct the days.", "請更正日期。"),
	}, {
		Code: SearchBefore, Severity: Refusal,
		Text:   law.T("Only cases commenced on or after {from} can be searched electronically; the search ends on {until}.", "只有於 {from} 或之後展開的案件可作電子查冊；此查冊的期間至 {until} 為止。"),
		Rule:   "A period lies not wholly before the day from which cases are covered.",
		Remedy: law.T("Search older cases at the counter of the registry.", "較早的案件請到登記處櫃位查閱。"),
	}, {
		Code: SearchLimited, Severity: Warning,
		Text:   law.T("The search finds only cases commenced on or after {from}.", "此查冊只會找到於 {from} 或之後展開的案件。"),
		Rule:   "Where older cases are not covered, each search says so before it is paid for.",
		Remedy: law.T("Search older cases at the counter of the registry.", "較早的案件請到登記處櫃位查閱。"),
	}, {
		Code: SearchReference, Severity: Refusal,
		Text:   law.T("The reference {reference} is that of another search, asked for on {asked}.", "編號「{reference}」已用於 {asked} 提出的另一次查冊。"),
		Rule:   "A reference names one search of a user.",
		Remedy: law.T("Give this search another reference.", "請為此查冊填寫另一個編號。"),
	}, {
		Code: SearchFee, Severity: Refusal,
		Text:   law.T("What a search costs at {court} on {date} is not known.", "{court}在 {date} 的查冊費用不詳。"),
		Rule:   "A search is sold at a fee that is known for its instant.",
		Remedy: law.T("Ask the registry.", "請向登記處查詢。"),
	}, {
		Code: SearchUnpaid, Severity: Refusal,
		Text:   law.T("The search {search} is not paid: {amount} are due.", "查冊 {search} 尚未繳費：應繳 {amount}。"),
		Rule:   "The result of a search is given when its fee is paid.",
		Remedy: law.T("Pay the order of the search.", "請繳付查冊費用。"),
	}, {
		Code: SearchRefunded, Severity: Refusal,
		Text:   law.T("The fee of the search {search} went back on {at}: its result may not be looked at any more.", "查冊 {search} 的費用已於 {at} 退回，其結果不可再查閱。"),
		Rule:   "The result of a search is given for its fee: when that goes back, the search is over.",
		Remedy: law.T("Search again.", "請重新查冊。"),
	}}...)
}

// coverageEntries are about what is covered.
func coverageEntries() []Entry {
	return []Entry{{
		Code: CoverageNone, Severity: Refusal,
		Text:   law.T("{court} does not offer this on {date}: {service}.", "{court}在 {date} 不提供此服務：{service}。"),
		Rule:   "A service is given for the types of case for which the court offers it.",
		Remedy: law.T("Ask at the counter of the registry.", "請到登記處櫃位辦理。"),
	}, {
		Code: CoverageType, Severity: Refusal,
		Text:   law.T("{court} has no type of case {type}; it has: {types}.", "{court}沒有「{type}」這類案件；可填：{types}。"),
		Rule:   "A type of case is one of the court's.",
		Remedy: law.T("Choose one of: {types}.", "請選擇以下其中一類：{types}。"),
	}, {
		Code: CoverageExcluded, Severity: Refusal,
		Text:   law.T("On {date} this is not offered for {type}: {service}.", "在 {date}，此服務不適用於{type}：{service}。"),
		Rule:   "A service is given for the types of case for which the court offers it.",
		Remedy: law.T("Ask at the counter of the registry.", "請到登記處櫃位辦理。"),
	}, {
		Code: CoverageUnknown, Severity: Refusal,
		Text:   law.T("It is not known whether on {date} this is offered for {type}: {service}.", "未能確定在 {date} 此服務是否適用於{type}：{service}。"),
		Rule:   "Where no source says that a service is offered, it is not given.",
		Remedy: law.T("Ask the registry.", "請向登記處查詢。"),
	}}
}
