package filing

import "courts.example/eservices/icms/law"

// The codes of findings about a batch as a whole.
const (
	codeBatchEmpty       Code = "batch.empty"
	codeBatchTooLarge    Code = "batch.too-large"
	codeNotElectronic    Code = "batch.not-electronic"
	codeClaimantUnknown  Code = "batch.claimant.unknown"
	codeClaimantNotYet   Code = "batch.claimant.not-approved"
	codeControlCount     Code = "control.count.mismatch"
	codeControlTotal     Code = "control.total.mismatch"
	codeControlUncounted Code = "control.total.uncountable"
)

func batchEntries() []Entry {
	return []Entry{{
		Code: codeBatchEmpty, Severity: Refusal,
		Text:   law.T("The batch holds no claim.", "此批次沒有任何申索。"),
		Rule:   "A batch holds at least one claim.",
		Remedy: law.T("Check that the right file was chosen and that its rows were not left out.", "請檢查是否選對檔案，以及各列是否齊全。"),
	}, {
		Code: codeBatchTooLarge, Severity: Refusal,
		Text: law.T("The batch holds {claims} claims; the largest batch is {limit}. The claims from line {line} on were not checked.",
			"此批次有 {claims} 宗申索，每批最多 {limit} 宗。由第 {line} 列起的申索未經檢查。"),
		Rule:   "A batch holds at most as many claims as the court takes at once.",
		Remedy: law.T("Split the file into several batches.", "請把檔案分成多個批次。"),
	}, {
		Code: codeNotElectronic, Severity: Refusal,
		Text: law.T("No implementation notice lets proceedings of type {type} at venue {venue} be filed electronically on {date}.",
			"沒有實施公告容許「{type}」類法律程序於 {date} 在「{venue}」以電子方式存檔。"),
		Rule:   "Only a proceeding whose type and venue an implementation notice covers on the day can be filed electronically.",
		Remedy: law.T("File on paper at the registry.", "請向登記處提交紙本文件。"),
	}, {
		Code: codeClaimantUnknown, Severity: Refusal,
		Text:   law.T("{claimant} is not in the register of claimants approved to file in bulk.", "「{claimant}」不在獲批准批量提出申索的申索人名冊內。"),
		Rule:   "Only a claimant in the register of approvals files in bulk; it is found by its id or by its published name in any language.",
		Remedy: law.T("Give the claimant's published name; a claimant without approval files on paper.", "請填上申索人獲公布的名稱；未獲批准的申索人須提交紙本文件。"),
	}, {
		Code: codeClaimantNotYet, Severity: Refusal,
		Text:   law.T("{claimant} has no approval to file in bulk on {date}.", "「{claimant}」於 {date} 未獲批准批量提出申索。"),
		Rule:   "An approval counts only between its first and its last instant.",
		Remedy: law.T("File within the period of the approval, or on paper.", "請在批准有效期內提交，或提交紙本文件。"),
	}, {
		Code: codeControlCount, Severity: Refusal,
		Text:   law.T("The file says that it holds {stated} claims; it holds {counted}.", "檔案註明有 {stated} 宗申索，實際有 {counted} 宗。"),
		Rule:   "The number of claims in the file's header is the number of claims in the file.",
		Remedy: law.T("The file was cut or added to on the way: export it again.", "檔案可能在傳送途中被截斷或增補：請重新匯出。"),
	}, {
		Code: codeControlTotal, Severity: Refusal,
		Text: law.T("The file says that its claims add up to {stated}; those that could be read add up to {counted}.",
			"檔案註明申索總額為 {stated}，可讀取的申索總額為 {counted}。"),
		Rule:   "The total in the file's header is the sum of the amounts claimed.",
		Remedy: law.T("Correct the amounts that could not be read, or export the file again.", "請更正未能讀取的款額，或重新匯出檔案。"),
	}, {
		Code: codeControlUncounted, Severity: Refusal,
		Text:   law.T("The amounts claimed add up to more than can be counted.", "申索款額的總和超出可計算的範圍。"),
		Rule:   "The sum of the amounts claimed can be counted.",
		Remedy: law.T("Correct the amounts; they are larger than any claim can be.", "請更正款額；有關款額過大，不可能屬申索款額。"),
	}}
}
