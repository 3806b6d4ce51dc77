package filing

import "courts.example/eservices/icms/law"

// The codes of findings about attached documents.
const (
	codeDocumentName      Code = "document.name.unsafe"
	codeDocumentMissing   Code = "document.missing"
	codeDocumentRepeated  Code = "document.repeated"
	codeDocumentMany      Code = "document.too-many"
	codeDocumentEmpty     Code = "document.empty"
	codeDocumentTooLarge  Code = "document.too-large"
	codeDocumentType      Code = "document.type.not-taken"
	codeDocumentExtension Code = "document.type.mismatch"
	codeDocumentDamaged   Code = "document.damaged"
	codeDocumentEncrypted Code = "document.encrypted"
	codeDocumentMacros    Code = "document.macros"

	codeDocumentUnreadable Code = "document.unreadable"
	codeDocumentPages      Code = "document.pages-unknown"
	codeDocumentLong       Code = "document.too-many-pages"
)

func documentEntries() []Entry {
	return []Entry{{
		Code: codeDocumentName, Severity: Refusal,
		Text:   law.T("{document} is no safe name of a document.", "「{document}」並非安全的文件名稱。"),
		Rule:   "A document is named by a plain name or by folders and a name joined by /: not absolute, no .., no backslash, no drive, no characters that file systems treat in special ways.",
		Remedy: law.T("Rename the document and give its name as it stands in the folder.", "請更改文件名稱，並填上資料夾內的名稱。"),
	}, {
		Code: codeDocumentMissing, Severity: Refusal,
		Text:   law.T("There is no document {document}.", "找不到文件「{document}」。"),
		Rule:   "Every document that a claim names is there, as a file.",
		Remedy: law.T("Add the document to the folder, or correct its name.", "請把文件放入資料夾，或更正名稱。"),
	}, {
		Code: codeDocumentRepeated, Severity: Warning,
		Text:   law.T("The claim names the document {document} more than once.", "申索重複列出文件「{document}」。"),
		Rule:   "A claim names each of its documents once.",
		Remedy: law.T("Leave out the repeated name.", "請刪去重複的名稱。"),
	}, {
		Code: codeDocumentMany, Severity: Refusal,
		Text:   law.T("The claim names {documents} documents; at most {limit} are taken.", "申索有 {documents} 份文件，最多只可有 {limit} 份。"),
		Rule:   "A claim has at most as many documents as the court takes.",
		Remedy: law.T("Join documents into one.", "請合併文件。"),
	}, {
		Code: codeDocumentEmpty, Severity: Refusal,
		Text:   law.T("The document {document} is empty.", "文件「{document}」沒有內容。"),
		Rule:   "A document has content.",
		Remedy: law.T("Save the document again.", "請重新儲存文件。"),
	}, {
		Code: codeDocumentTooLarge, Severity: Refusal,
		Text:   law.T("The document {document} has {bytes} bytes; at most {limit} are taken.", "文件「{document}」有 {bytes} 位元組，最多只可有 {limit} 位元組。"),
		Rule:   "A document is no larger than the court takes.",
		Remedy: law.T("Reduce the resolution of scanned pages, or split the document.", "請降低掃描解像度，或分拆文件。"),
	}, {
		Code: codeDocumentType, Severity: Refusal,
		Text:   law.T("The document {document} is {type} by its content; the court takes: {types}.", "文件「{document}」按內容屬 {type}；本法庭接納：{types}。"),
		Rule:   "A document is of a media type that the court takes, by its content and not by its name.",
		Remedy: law.T("Save the document as one of: {types}.", "請以下列其中一種格式儲存：{types}。"),
	}, {
		Code: codeDocumentExtension, Severity: Warning,
		Text:   law.T("The document {document} is {type} by its content, which its name does not say.", "文件「{document}」按內容屬 {type}，與其副檔名不符。"),
		Rule:   "The name of a document ends as its media type does.",
		Remedy: law.T("Rename the document.", "請更改副檔名。"),
	}, {
		Code: codeDocumentDamaged, Severity: Refusal,
		Text:   law.T("The document {document} is cut short or damaged: {detail}.", "文件「{document}」不完整或已損壞：{detail}。"),
		Rule:   "A document is whole: its end is there and its parts are where it says.",
		Remedy: law.T("Save or scan the document again.", "請重新儲存或掃描文件。"),
	}, {
		Code: codeDocumentEncrypted, Severity: Refusal,
		Text:   law.T("The document {document} is encrypted.", "文件「{document}」已加密。"),
		Rule:   "A document can be read without a password.",
		Remedy: law.T("Save the document without a password.", "請移除密碼後重新儲存。"),
	}, {
		Code: codeDocumentMacros, Severity: Refusal,
		Text:   law.T("The document {document} holds macros.", "文件「{document}」含有巨集。"),
		Rule:   "A document holds no programs.",
		Remedy: law.T("Save the document without macros, or as PDF.", "請移除巨集，或以 PDF 儲存。"),
	}, {
		Code: codeDocumentUnreadable, Severity: Refusal,
		Text:   law.T("The document {document} can't be read as a PDF file: its pages can't be found.", "文件「{document}」無法以 PDF 檔案讀取：找不到頁面。"),
		Rule:   "A PDF document has pages, and all of them are there.",
		Remedy: law.T("Save or print the document as PDF again.", "請把文件重新儲存或列印為 PDF。"),
	}, {
		Code: codeDocumentPages, Severity: Warning,
		Text:   law.T("The pages of the document {document} could not be counted.", "無法點算文件「{document}」的頁數。"),
		Rule:   "The pages of a PDF document are counted within bounds of time and memory; one that goes beyond them, or is packed in a rare way, is looked at by a person.",
		Remedy: law.T("Save or print the document as PDF again, if you can.", "如可行，請把文件重新儲存或列印為 PDF。"),
	}, {
		Code: codeDocumentLong, Severity: Refusal,
		Text:   law.T("The document {document} has {pages} pages; at most {limit} are taken.", "文件「{document}」有 {pages} 頁，最多只可有 {limit} 頁。"),
		Rule:   "A PDF document has at most as many pages as the court takes.",
		Remedy: law.T("Split the document, or leave out pages that are not needed.", "請分拆文件，或刪去不需要的頁面。"),
	}}
}
