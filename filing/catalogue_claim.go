package filing

import "courts.example/eservices/icms/law"

// The codes of findings about one claim.
const (
	codeReferenceMissing   Code = "claim.reference.missing"
	codeCategoryMissing    Code = "claim.category.missing"
	codeCategoryUnknown    Code = "claim.category.unknown"
	codeCategoryUnapproved Code = "claim.category.not-approved"
	codeAmountMissing      Code = "claim.amount.missing"
	codeAmountNotPositive  Code = "claim.amount.not-positive"
	codeAmountForeign      Code = "claim.amount.currency"
	codeOverLimit          Code = "claim.amount.over-limit"
	codeLimitUnknown       Code = "claim.limit.unknown"
	codeAbandonedForeign   Code = "claim.abandoned.currency"
	codeAbandonedNegative  Code = "claim.abandoned.negative"
	codeAbandonedNeedless  Code = "claim.abandoned.needless"
	codeSplitting          Code = "claim.splitting.suspected"
	codeNatureExcluded     Code = "claim.nature.excluded"
	codeParticularsMissing Code = "claim.particulars.missing"
	codeCalculationMissing Code = "claim.calculation.missing"
	codeAroseInFuture      Code = "claim.arose-on.future"
	codeLimitationExpired  Code = "claim.limitation.expired"
	codeLimitationUnknown  Code = "claim.limitation.unknown"
	codeLanguageNotTaken   Code = "claim.language.unknown"
	codeDuplicateReference Code = "claim.duplicate.reference"
	codeDuplicateSubstance Code = "claim.duplicate.substance"
	codeFiledReference     Code = "claim.filed.reference"
	codeFiledSubstance     Code = "claim.filed.substance"
	codeFeeUnknown         Code = "claim.fee.unknown"
	codeRestricted         Code = "claim.restricted"
)

func claimEntries() []Entry {
	return append(sumEntries(), []Entry{{
		Code: codeReferenceMissing, Severity: Refusal,
		Text:   law.T("The claim has no reference.", "申索沒有檔案編號。"),
		Rule:   "Every claim carries the claimant's own reference.",
		Remedy: law.T("Give the account or invoice number.", "請填上帳戶或發票號碼。"),
	}, {
		Code: codeCategoryMissing, Severity: Refusal,
		Text:   law.T("The claim has no category.", "申索沒有類別。"),
		Rule:   "Every claim has a category.",
		Remedy: law.T("Give one of: {categories}.", "請填上以下其中一項：{categories}。"),
	}, {
		Code: codeCategoryUnknown, Severity: Refusal,
		Text:   law.T("{category} is no category of this court; its categories are: {categories}.", "「{category}」並非本法庭的申索類別；類別為：{categories}。"),
		Rule:   "The category is one of the court's.",
		Remedy: law.T("Give one of: {categories}.", "請填上以下其中一項：{categories}。"),
	}, {
		Code: codeCategoryUnapproved, Severity: Refusal,
		Text: law.T("{claimant} is approved to file in bulk for {approved} only, not for {category}.",
			"「{claimant}」只獲批准就{approved}批量提出申索，不包括{category}。"),
		Rule:   "A claimant whose approval names categories files in bulk for these alone.",
		Remedy: law.T("File this claim on paper.", "請就此宗申索提交紙本文件。"),
	}, {
		Code: codeNatureExcluded, Severity: Refusal,
		Text:   law.T("The court does not handle claims of this nature: {nature} ({excluded}).", "本法庭不處理這類申索：{nature}（{excluded}）。"),
		Rule:   "The nature of the claim is none that the court is barred from.",
		Remedy: law.T("Bring the claim in the court that hears such claims.", "請向有權審理的法庭提出申索。"),
	}, {
		Code: codeParticularsMissing, Severity: Refusal,
		Text:   law.T("The claim does not say on what ground it is made.", "申索沒有說明申索理由。"),
		Rule:   "A claim holds particulars sufficient to show its ground.",
		Remedy: law.T("Say what was supplied or done, when, and what is unpaid.", "請說明提供了甚麼、何時提供，以及何項款額未付。"),
	}, {
		Code: codeCalculationMissing, Severity: Refusal,
		Text:   law.T("The claim does not show how its amount was calculated.", "申索沒有說明款額如何計算。"),
		Rule:   "A claim shows how its amount was calculated.",
		Remedy: law.T("List the sums that make up the amount.", "請列出構成款額的各項數目。"),
	}, {
		Code: codeLanguageNotTaken, Severity: Warning,
		Text:   law.T("{language} is no language in which this court takes claims; they are: {languages}.", "「{language}」並非本法庭接納的申索語文；接納的語文為：{languages}。"),
		Rule:   "The language of a claim is one of the court's.",
		Remedy: law.T("Give one of: {languages}, or leave the language out.", "請填上 {languages} 其中一項，或留空。"),
	}, {
		Code: codeRestricted, Severity: Refusal,
		Text:   law.T("The claim appears to be caught by an order that restricts legal proceedings.", "申索看來受限制提起法律程序的命令規限。"),
		Rule:   "A claim that an order restricts is not taken electronically.",
		Remedy: law.T("Go to the registry with the papers and the court's leave.", "請攜同紙本文件及法庭許可前往登記處。"),
	}}...)
}

func sumEntries() []Entry {
	return append(timeEntries(), []Entry{{
		Code: codeAmountMissing, Severity: Refusal,
		Text:   law.T("The claim has no amount.", "申索沒有款額。"),
		Rule:   "Every claim states the sum claimed.",
		Remedy: law.T("Give the sum claimed, as a number with at most the decimals of the currency.", "請填上申索款額，小數位不得多於該貨幣的小數位。"),
	}, {
		Code: codeAmountNotPositive, Severity: Refusal,
		Text:   law.T("The amount claimed is {amount}; a claim is for more than nothing.", "申索款額為 {amount}；申索款額必須大於零。"),
		Rule:   "The sum claimed is more than zero.",
		Remedy: law.T("Give the sum claimed, or leave out the row.", "請填上申索款額，或刪去該列。"),
	}, {
		Code: codeAmountForeign, Severity: Refusal,
		Text:   law.T("The amount claimed is {amount}; this court takes claims in {currency}.", "申索款額為 {amount}；本法庭只接納以 {currency} 計算的申索。"),
		Rule:   "The sum claimed is in the court's currency.",
		Remedy: law.T("Give the sum in {currency}.", "請以 {currency} 填上款額。"),
	}, {
		Code: codeOverLimit, Severity: Refusal,
		Text:   law.T("The amount claimed is {amount}, {excess} over the limit of {limit}.", "申索款額為 {amount}，超出 {limit} 的上限 {excess}。"),
		Rule:   "The sum claimed is within the limit of the court's jurisdiction on the day.",
		Remedy: law.T("Abandon the excess: claim the limit and give the rest as abandoned. Otherwise bring the claim in a higher court.", "請放棄超出的款額：申索款額填上限，其餘填為放棄款額；否則請向較高級法院提出申索。"),
	}, {
		Code: codeLimitUnknown, Severity: Refusal,
		Text:   law.T("The limit of the court's jurisdiction on {date} is not known.", "本法庭於 {date} 的司法管轄權上限未能確定。"),
		Rule:   "The limit of the court's jurisdiction on the day is known.",
		Remedy: law.T("Ask the registry.", "請向登記處查詢。"),
	}, {
		Code: codeAbandonedForeign, Severity: Refusal,
		Text:   law.T("The amount abandoned is {amount}; this court takes claims in {currency}.", "放棄款額為 {amount}；本法庭只接納以 {currency} 計算的申索。"),
		Rule:   "The sum abandoned is in the court's currency.",
		Remedy: law.T("Give the sum in {currency}.", "請以 {currency} 填上款額。"),
	}, {
		Code: codeAbandonedNegative, Severity: Refusal,
		Text:   law.T("The amount abandoned is {amount}; it cannot be less than nothing.", "放棄款額為 {amount}；放棄款額不能少於零。"),
		Rule:   "The sum abandoned is not below zero.",
		Remedy: law.T("Give the sum that is given up, or nothing.", "請填上所放棄的款額，或留空。"),
	}, {
		Code: codeAbandonedNeedless, Severity: Warning,
		Text: law.T("{abandoned} is abandoned although the whole claim, {whole}, is within the limit of {limit}.",
			"申索全數 {whole} 在 {limit} 的上限之內，但仍放棄了 {abandoned}。"),
		Rule:   "Only the excess over the limit needs to be abandoned.",
		Remedy: law.T("Check the amounts: what is abandoned cannot be claimed later.", "請核對款額：所放棄的款額日後不能再申索。"),
	}, {
		Code: codeSplitting, Severity: Warning,
		Text: law.T("The claims against the same defendant for the same cause add up to {total} by now, over the limit of {limit}; the first is in line {line}.",
			"就同一訴因向同一被告人提出的申索至此合共 {total}，超出 {limit} 的上限；首宗在第 {line} 列。"),
		Rule:   "A cause of action is not split to bring it within the limit.",
		Remedy: law.T("Make one claim of them and abandon the excess, or say in the particulars why the causes differ.", "請合併為一宗申索並放棄超出的款額，或在申索詳情說明為何訴因不同。"),
	}}...)
}

func timeEntries() []Entry {
	return []Entry{{
		Code: codeAroseInFuture, Severity: Refusal,
		Text:   law.T("The cause of action is said to arise on {arose}, after the day of filing, {date}.", "訴因產生日期為 {arose}，後於存檔日期 {date}。"),
		Rule:   "The cause of action arose no later than the day on which the claim counts as filed.",
		Remedy: law.T("Correct the date, or file when the sum is due.", "請更正日期，或待款項到期後才提出申索。"),
	}, {
		Code: codeLimitationExpired, Severity: Warning,
		Text: law.T("The cause of action arose on {arose}; the {years} years in which to sue ended on {last}.",
			"訴因於 {arose} 產生；{years} 年的時效已於 {last} 屆滿。"),
		Rule:   "A claim is brought within the period of limitation of its category, counted from the day after the cause arose.",
		Remedy: law.T("Check the date; the defendant may plead that the claim is too late.", "請核對日期；被告人可以申索逾時為抗辯理由。"),
	}, {
		Code: codeLimitationUnknown, Severity: Warning,
		Text: law.T("The cause of action arose on {arose}. The category does not decide how many years there are to sue ({years}); by the shortest period they ended on {last}.",
			"訴因於 {arose} 產生。申索類別不足以決定時效年期（{years}）；按最短者計算，時效已於 {last} 屆滿。"),
		Rule:   "Where the category leaves several periods of limitation open, the claim is within the shortest.",
		Remedy: law.T("Find out which period applies to the claim.", "請查明適用於該申索的時效。"),
	}, {
		Code: codeDuplicateReference, Severity: Refusal,
		Text:   law.T("The reference {reference} stands in line {line} already.", "檔案編號「{reference}」已在第 {line} 列出現。"),
		Rule:   "A reference is unique in a batch; letter case, width and spacing do not tell two references apart.",
		Remedy: law.T("Leave out the repeated row, or give the claim its own reference.", "請刪去重複的列，或給予該申索獨有的編號。"),
	}, {
		Code: codeDuplicateSubstance, Severity: Warning,
		Text:   law.T("The claim looks like that of line {line}: same defendant, cause and amount.", "此申索與第 {line} 列相似：被告人、訴因及款額相同。"),
		Rule:   "Two claims of a batch differ in defendant, cause or amount. The cause is the category, the nature and the day on which it arose.",
		Remedy: law.T("Leave out the repeated row; if both are meant, say so in the particulars.", "請刪去重複的列；如兩者均屬實，請在申索詳情說明。"),
	}, {
		Code: codeFiledReference, Severity: Refusal,
		Text:   law.T("A claim with the reference {reference} was filed before: {where}.", "檔案編號「{reference}」的申索先前已存檔：{where}。"),
		Rule:   "A claimant's reference is filed once.",
		Remedy: law.T("Leave out the claim, or give a new claim its own reference.", "請刪去該申索，或給予新申索獨有的編號。"),
	}, {
		Code: codeFiledSubstance, Severity: Warning,
		Text:   law.T("A claim with the same defendant, cause and amount was filed before: {where}.", "被告人、訴因及款額相同的申索先前已存檔：{where}。"),
		Rule:   "A claim is filed once, whatever its reference.",
		Remedy: law.T("Leave out the claim unless it is another one.", "除非屬另一宗申索，否則請刪去。"),
	}, {
		Code: codeFeeUnknown, Severity: Refusal,
		Text:   law.T("The fee of the claim is not known: {reason}", "此申索的費用未能確定：{reason}"),
		Rule:   "A claim can be filed only when its fee is known.",
		Remedy: law.T("Ask the registry for the fee, or file the claim at the counter.", "請向登記處查詢費用，或到櫃位提交申索。"),
	}}
}
