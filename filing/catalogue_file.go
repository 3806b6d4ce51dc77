package filing

import "courts.example/eservices/icms/law"

// fileEntries are the entries about a file and its header.
func fileEntries() []Entry {
	return []Entry{{
		Code: codeEncodingBig5, Severity: Warning,
		Text: law.T("The file is not in UTF-8; it was read as Big5.",
			"檔案並非 UTF-8 編碼，現按大五碼（Big5）讀取。"),
		Rule:   "A text file is in UTF-8, or in UTF-16 with its byte order mark.",
		Remedy: law.T("Check that the Chinese names are right, and save the file as CSV UTF-8 next time.", "請核對中文姓名或名稱，下次請另存為 CSV UTF-8。"),
	}, {
		Code: codeHeaderNone, Severity: Refusal,
		Text: law.T("No heading in this row is known.",
			"此列沒有可識別的欄名。"),
		Rule:   "The first row of a file with columns names them.",
		Remedy: law.T("Write the columns' names in the first row, as the template does: reference, category, amount and so on.", "請按範本在第一列填上各欄名稱，例如檔案編號、申索類別、申索款額。"),
	}, {
		Code: codeColumnMissing, Severity: Refusal,
		Text: law.T("The file has no column {column} ({heading}).",
			"檔案欠缺「{heading}」欄（{column}）。"),
		Rule:   "A file with columns has those for reference, category, amount, defendant name and address, particulars and calculation.",
		Remedy: law.T("Add the column, or correct its heading.", "請加上該欄，或更正欄名。"),
	}, {
		Code: codeColumnUnknown, Severity: Warning,
		Text: law.T("The heading {column} is not known; its column was not read.",
			"未能識別欄名「{column}」，該欄並未讀取。"),
		Rule:   "Every heading is the name or a title of a known column.",
		Remedy: law.T("Correct the heading, or take the column out.", "請更正欄名，或刪去該欄。"),
	}, {
		Code: codeColumnDuplicate, Severity: Refusal,
		Text: law.T("The heading {column} means the same column as {first} before it.",
			"欄名「{column}」與之前的「{first}」指同一欄。"),
		Rule:   "No two headings mean the same column.",
		Remedy: law.T("Keep one of the two columns.", "請只保留其中一欄。"),
	}, {
		Code: codeColumnHidden, Severity: Warning,
		Text: law.T("The column {column} is hidden in the workbook; it was read all the same.",
			"工作簿中的「{column}」欄已被隱藏，但仍已讀取。"),
		Rule:   "No column that is read is hidden.",
		Remedy: law.T("Show the column and check it, or take it out.", "請取消隱藏並核對該欄，或將之刪去。"),
	}, {
		Code: codeControlUnknown, Severity: Warning,
		Text: law.T("{name} is no control total; it was not checked.",
			"「{name}」並非核對資料，未予核對。"),
		Rule:   "The header's control totals are claims, total and hash.",
		Remedy: law.T("Correct the name, or take the line out.", "請更正名稱，或刪去該行。"),
	}, {
		Code: codeControlInvalid, Severity: Refusal,
		Text: law.T("The control total {name} can't be read: {value}",
			"未能讀取核對資料 {name}：{value}"),
		Rule:   "The control total claims is a whole number, total an amount, hash sha256: and 64 hexadecimal digits.",
		Remedy: law.T("Correct the value, or take the line out.", "請更正該值，或刪去該行。"),
	}, {
		Code: codeControlDuplicate, Severity: Refusal,
		Text: law.T("The control total {name} is stated twice.",
			"核對資料 {name} 重複列出。"),
		Rule:   "A control total is stated once.",
		Remedy: law.T("Keep one of the two lines.", "請只保留其中一行。"),
	}, {
		Code: codeControlHash, Severity: Refusal,
		Text: law.T("The rows were changed after the control totals were made: the header states {stated}, the rows give {found}.",
			"製備核對資料後，各列曾被更改：檔頭所載為 {stated}，各列計得 {found}。"),
		Rule:   "The hash in the file's header is that of all bytes after the control lines.",
		Remedy: law.T("Export the file again, and don't save it with another program.", "請重新匯出檔案，並勿以其他程式儲存。"),
	}, {
		Code: codeControlUnverified, Severity: Refusal,
		Text: law.T("The control totals state a hash, which can't be checked in a file of this kind.",
			"核對資料載有雜湊值，但這類檔案無從核對。"),
		Rule:   "Only a text file states a hash of its rows.",
		Remedy: law.T("Take the hash out of the control sheet.", "請從核對資料工作表刪去雜湊值。"),
	}}
}
