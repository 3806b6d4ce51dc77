package filing

import "courts.example/eservices/icms/law"

// The codes of findings about the characters of a claim's texts.
const (
	codeTextBroken    Code = "claim.text.not-utf8"
	codeTextControl   Code = "claim.text.control-character"
	codeTextDirection Code = "claim.text.direction"
	codeTextLost      Code = "claim.text.lost-character"
	codeTextPrivate   Code = "claim.text.private-character"
	codeTextFormula   Code = "claim.text.formula"
	codeTextTooLong   Code = "claim.text.too-long"
)

func textEntries() []Entry {
	return []Entry{{
		Code: codeTextBroken, Severity: Refusal,
		Text:   law.T("The text holds bytes that are no UTF-8: {text}", "文字含有並非 UTF-8 的位元組：{text}"),
		Rule:   "Texts are UTF-8.",
		Remedy: law.T("Save the file as UTF-8.", "請以 UTF-8 儲存檔案。"),
	}, {
		Code: codeTextControl, Severity: Refusal,
		Text:   law.T("The text holds a control character or an invisible one: {text}", "文字含有控制字元或不可見字元：{text}"),
		Rule:   "Texts hold no control characters and no invisible ones; particulars, calculations and addresses may have several lines.",
		Remedy: law.T("Type the text again without it.", "請刪去該字元並重新輸入。"),
	}, {
		Code: codeTextDirection, Severity: Refusal,
		Text:   law.T("The text holds a character that turns the direction of writing: {text}", "文字含有改變書寫方向的字元：{text}"),
		Rule:   "No text can look different from what it is.",
		Remedy: law.T("Type the text again without it.", "請刪去該字元並重新輸入。"),
	}, {
		Code: codeTextLost, Severity: Refusal,
		Text:   law.T("A character of the text was lost before the file came here: {text}", "文字中有字元在檔案傳來之前已遺失：{text}"),
		Rule:   "No text holds U+FFFD, the sign of a lost character.",
		Remedy: law.T("Export the file again in UTF-8 and check the characters.", "請以 UTF-8 重新匯出檔案並核對字元。"),
	}, {
		Code: codeTextPrivate, Severity: Warning,
		Text:   law.T("The text holds a private-use character, which looks different on other computers: {text}", "文字含有造字區字元，在其他電腦上顯示不同：{text}"),
		Rule:   "Texts hold no private-use characters.",
		Remedy: law.T("Replace it by the character's Unicode form.", "請改用該字的 Unicode 正式字碼。"),
	}, {
		Code: codeTextFormula, Severity: Warning,
		Text:   law.T("The text looks like a formula of a spreadsheet: {text}", "文字看似試算表公式：{text}"),
		Rule:   "No text begins as a formula does: with = or @, or with + or - before a letter.",
		Remedy: law.T("Check that the text is what was meant; it is kept as it is and never calculated.", "請核對文字是否正確；系統會照原文保存，不作計算。"),
	}, {
		Code: codeTextTooLong, Severity: Refusal,
		Text:   law.T("The text has {length} characters; at most {limit} are taken.", "文字有 {length} 個字元，最多只可有 {limit} 個。"),
		Rule:   "No text is longer than the court takes.",
		Remedy: law.T("Shorten the text, or attach a document.", "請縮短文字，或附上文件。"),
	}}
}
