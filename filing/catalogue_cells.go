package filing

import (
	"slices"

	"courts.example/eservices/icms/law"
)

// cellEntries are the catalogue's entries about reading files, of all formats.
func cellEntries() []Entry { return slices.Concat(fileEntries(), rowEntries(), valueEntries()) }

// valueEntries are the entries about the value of a cell; a JSON member counts as a cell.
func valueEntries() []Entry {
	return []Entry{{
		Code: codeCellEncoding, Severity: Refusal,
		Text: law.T("Character {place} of the text is broken: it was saved in another encoding, or was lost before.",
			"文字的第 {place} 個字元已損毀：以其他編碼儲存，或早前已遺失。"),
		Rule:   "Text is in the encoding of its file, and no character of it was lost.",
		Remedy: law.T("Type the text again, and save the file as CSV UTF-8.", "請重新輸入文字，並另存為 CSV UTF-8。"),
	}, {
		Code: codeCellError, Severity: Refusal,
		Text: law.T("The cell holds an error of the spreadsheet in place of a value: {value}",
			"此格載有試算表的錯誤訊息，而非數值：{value}"),
		Rule:   "No cell holds an error value.",
		Remedy: law.T("Correct the formula, or type the value.", "請更正公式，或直接輸入數值。"),
	}, {
		Code: codeCellFormula, Severity: Warning,
		Text: law.T("The cell holds a formula; its last result was read: {value}",
			"此格載有公式，已讀取其最後計算結果：{value}"),
		Rule:   "Cells hold values, not formulas.",
		Remedy: law.T("Check the value; paste values in place of formulas before you send a workbook.", "請核對該值；傳送工作簿前，請以數值取代公式。"),
	}, {
		Code: codeCellUncalculated, Severity: Refusal,
		Text: law.T("The cell holds a formula that was never calculated.",
			"此格載有未經計算的公式。"),
		Rule:   "A formula holds its last result.",
		Remedy: law.T("Open the workbook in a spreadsheet and save it, or type the value.", "請以試算表程式開啟並儲存工作簿，或直接輸入數值。"),
	}, {
		Code: codeCellMerged, Severity: Refusal,
		Text: law.T("The cell is merged with another, which holds the value.",
			"此格與另一格合併，數值載於該格。"),
		Rule:   "No cell of a claim is merged with another.",
		Remedy: law.T("Take the cells apart and fill in each.", "請取消合併，並逐格填寫。"),
	}, {
		Code: codeCellNotText, Severity: Refusal,
		Text: law.T("The cell holds the date {value} where text is expected; the spreadsheet may have changed what was typed.",
			"此格應為文字，但載有日期 {value}；試算表可能更改了所輸入的內容。"),
		Rule:   "A cell for text holds text.",
		Remedy: law.T("Format the column as text, and type the value again.", "請將該欄設為文字格式，並重新輸入。"),
	}, {
		Code: codeAmountInvalid, Severity: Refusal,
		Text: law.T("This is not an amount: {value}",
			"這並非款額：{value}"),
		Rule:   "An amount is a number, with its currency or without.",
		Remedy: law.T("Write the amount like 1234.50.", "請以 1234.50 的形式填寫款額。"),
	}, {
		Code: codeAmountAmbiguous, Severity: Refusal,
		Text: law.T("This can mean more than one amount: {value}",
			"這可解作多於一個款額：{value}"),
		Rule:   "Commas stand at the thousands only, and one point before the decimals.",
		Remedy: law.T("Write the amount like 1234.50.", "請以 1234.50 的形式填寫款額。"),
	}, {
		Code: codeAmountScientific, Severity: Refusal,
		Text: law.T("This is a spreadsheet's short form, which may have lost digits: {value}",
			"這是試算表的科學記數簡寫，可能已失去部分數位：{value}"),
		Rule:   "An amount is written out.",
		Remedy: law.T("Write the amount like 1234.50.", "請以 1234.50 的形式填寫款額。"),
	}, {
		Code: codeAmountDecimals, Severity: Refusal,
		Text: law.T("{value} has a part smaller than the smallest unit; {currency} has {decimals} decimals.",
			"{value} 含有小於最小貨幣單位的數額；{currency} 有 {decimals} 位小數。"),
		Rule:   "An amount is a whole number of the smallest units of its currency.",
		Remedy: law.T("Round the amount, and say how in the calculation.", "請將款額捨入至最小貨幣單位，並在計算方法中說明。"),
	}, {
		Code: codeAmountCurrency, Severity: Refusal,
		Text: law.T("The currency of this amount can't be told: {value}",
			"未能確定此款額的貨幣：{value}"),
		Rule:   "An amount that names no currency is in that of the court; a sign stands for a currency it is used for.",
		Remedy: law.T("Write the currency's code before the amount, as in HKD 1234.50.", "請在款額前寫上貨幣代碼，例如 HKD 1234.50。"),
	}, {
		Code: codeAmountRange, Severity: Refusal,
		Text: law.T("The amount is larger than any that can be recorded: {value}",
			"款額超出可記錄的範圍：{value}"),
		Rule:   "An amount can be recorded.",
		Remedy: law.T("Correct the amount.", "請更正款額。"),
	}, {
		Code: codeDateInvalid, Severity: Refusal,
		Text: law.T("This is not a date: {value}",
			"這並非日期：{value}"),
		Rule:   "A date is a day of the calendar, with its year in four digits.",
		Remedy: law.T("Write the date like 2026-03-02.", "請以 2026-03-02 的形式填寫日期。"),
	}, {
		Code: codeDateAmbiguous, Severity: Refusal,
		Text: law.T("This can mean two dates, with the day or the month first: {value}",
			"這可解作兩個日期（日在先或月在先）：{value}"),
		Rule:   "A date has one meaning.",
		Remedy: law.T("Write the date like 2026-03-02.", "請以 2026-03-02 的形式填寫日期。"),
	}, {
		Code: codeDateSerial, Severity: Warning,
		Text: law.T("{value} is the number by which a spreadsheet holds a date; it was read as {date}.",
			"{value} 是試算表儲存日期的序號，已讀作 {date}。"),
		Rule:   "A date is written as a date.",
		Remedy: law.T("Check the date, and format the column as a date.", "請核對日期，並將該欄設為日期格式。"),
	}, {
		Code: codeReferenceScientific, Severity: Refusal,
		Text: law.T("This is what a spreadsheet makes of a long number; its last digits are lost: {value}",
			"這是試算表對長數字的處理結果，末尾數位已失去：{value}"),
		Rule:   "A reference is text, whole.",
		Remedy: law.T("Format the column as text, and type the reference again.", "請將該欄設為文字格式，並重新輸入檔案編號。"),
	}, {
		Code: codeReferenceNumber, Severity: Warning,
		Text: law.T("The workbook holds the reference {value} as a number; zeros at its start would be lost.",
			"工作簿以數字儲存檔案編號 {value}；如原以零起首，該等零已失去。"),
		Rule:   "A reference in a workbook is text.",
		Remedy: law.T("Format the column as text, and type the reference again.", "請將該欄設為文字格式，並重新輸入檔案編號。"),
	}, {
		Code: codeReferenceZeros, Severity: Warning,
		Text: law.T("The reference {value} is shorter than the {digits} digits of those before it; zeros at its start may be lost.",
			"檔案編號 {value} 較之前各編號的 {digits} 位為短；起首的零可能已失去。"),
		Rule:   "References of digits keep the length that those before them have.",
		Remedy: law.T("Format the column as text, and type the reference again.", "請將該欄設為文字格式，並重新輸入檔案編號。"),
	}, {
		Code: codeReferenceDate, Severity: Warning,
		Text: law.T("The reference {value} looks like a date that a spreadsheet made of a number with a hyphen.",
			"檔案編號 {value} 似是試算表由帶連字號的編號轉成的日期。"),
		Rule:   "A reference does not look like a spreadsheet's date.",
		Remedy: law.T("Format the column as text, and type the reference again.", "請將該欄設為文字格式，並重新輸入檔案編號。"),
	}}
}
