package filing

import "courts.example/eservices/icms/law"

// rowEntries are the entries about a row as a whole, and about the form of a JSON line.
func rowEntries() []Entry {
	return []Entry{{
		Code: codeRowTooLarge, Severity: Refusal,
		Text: law.T("The row is longer than the {limit} bytes that a claim may have; it was not read.",
			"此列超出每宗申索 {limit} 位元組的上限，未予讀取。"),
		Rule:   "A claim has a bounded length.",
		Remedy: law.T("Shorten the texts, or attach a document.", "請縮短文字，或附上文件。"),
	}, {
		Code: codeRowShort, Severity: Refusal,
		Text: law.T("The row ends after {cells} of {columns} cells, before a column that must be there.",
			"此列只有 {cells} 格（應有 {columns} 格），欠缺必須具備的欄位。"),
		Rule:   "A row reaches to the last column that must be there.",
		Remedy: law.T("Put text with line breaks in quotes, and fill in what is missing.", "請將含有換行的文字置於引號內，並填上所欠資料。"),
	}, {
		Code: codeRowLong, Severity: Refusal,
		Text: law.T("Cell {place} of the row has no heading above it; there are {columns}. It holds: {value}",
			"此列第 {place} 格沒有相應欄名（欄名共 {columns} 個）。其內容為：{value}"),
		Rule:   "No row has text beyond the headings.",
		Remedy: law.T("Put text with commas in quotes, or give the column a heading.", "請將含有逗號的文字置於引號內，或為該欄加上欄名。"),
	}, {
		Code: codeRowQuoteOpen, Severity: Refusal,
		Text: law.T("The quote that opens cell {place} is not closed within {limit} bytes; the row was not read.",
			"第 {place} 格的起首引號在 {limit} 位元組內沒有相應的結尾引號，此列未予讀取。"),
		Rule:   "A cell that begins with a quote ends with one.",
		Remedy: law.T("Close the quote, or take it out.", "請補上結尾引號，或刪去起首引號。"),
	}, {
		Code: codeRowQuoteInside, Severity: Refusal,
		Text: law.T("Cell {place} goes on after its closing quote; the row was not read.",
			"第 {place} 格在結尾引號之後仍有文字，此列未予讀取。"),
		Rule:   "A quote inside a quoted cell is written twice.",
		Remedy: law.T("Write the quote inside the cell twice, or take it out.", "請將格內的引號連寫兩個，或將之刪去。"),
	}, {
		Code: codeRowHidden, Severity: Warning,
		Text: law.T("The row is hidden in the workbook; it was read as a claim all the same.",
			"工作簿中此列已被隱藏，但仍作為一宗申索讀取。"),
		Rule:   "No row that is read is hidden.",
		Remedy: law.T("Show the row and check it, or delete it.", "請取消隱藏並核對該列，或將之刪除。"),
	}, {
		Code: codeJSONSyntax, Severity: Refusal,
		Text: law.T("The line is not one JSON value: {problem} (byte {place}).",
			"此行並非單一 JSON 值（第 {place} 位元組）：{problem}"),
		Rule:   "Each line is one JSON object.",
		Remedy: law.T("Write each claim as one object on one line.", "請將每宗申索寫成一行，以一個物件表示。"),
	}, {
		Code: codeJSONNotObject, Severity: Refusal,
		Text: law.T("The line holds {found} where a claim is expected.",
			"此行應為一宗申索，但載有{found}。"),
		Rule:   "A claim is a JSON object.",
		Remedy: law.T("Write each claim as one object on one line.", "請將每宗申索寫成一行，以一個物件表示。"),
	}, {
		Code: codeJSONUnknown, Severity: Refusal,
		Text: law.T("There is no member {member} here.",
			"此處並無「{member}」一項。"),
		Rule:   "Objects have known members only.",
		Remedy: law.T("Correct the member's name, or take it out.", "請更正該項名稱，或將之刪去。"),
	}, {
		Code: codeJSONDuplicate, Severity: Refusal,
		Text: law.T("The member {member} stands here twice.",
			"「{member}」一項重複。"),
		Rule:   "No member stands twice in an object.",
		Remedy: law.T("Keep one of the two.", "請只保留其中一項。"),
	}, {
		Code: codeJSONType, Severity: Refusal,
		Text: law.T("The value is {found} where {want} is expected.",
			"此值應為{want}，但現為{found}。"),
		Rule:   "Each member has a value of its kind.",
		Remedy: law.T("Write the value in its kind; an amount is text or a number, a date is text.", "請按該項類別填寫；款額為文字或數字，日期為文字。"),
	}}
}
