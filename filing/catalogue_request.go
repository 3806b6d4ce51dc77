package filing

import "courts.example/eservices/icms/law"

// The codes of refusals of requests whatever they are about.
const (
	// RequestOvertaken is something that others kept changing while it was being done, RequestTag a text under what is no language tag.
	RequestOvertaken Code = "request.overtaken"
	RequestTag       Code = "request.text.tag"
)

func requestEntries() []Entry {
	return []Entry{{
		Code: RequestOvertaken, Severity: Refusal,
		Text:   law.T("This was changed by others {tries} times while it was being done: {what}.", "處理期間，以下項目已被他人更改 {tries} 次：{what}。"),
		Rule:   "What others change meanwhile is looked at again, so often and no more.",
		Remedy: law.T("Look at it as it is now, and try again.", "請查看現時的情況，然後再試。"),
	}, {
		Code: RequestTag, Severity: Refusal,
		Text:   law.T("The words of {what} stand under {tag}, which is no language tag.", "{what} 的文字以「{tag}」標示，該標示並非語言標籤。"),
		Rule:   "Words come under language tags of BCP 47: a language of two or three letters, then subtags behind hyphens.",
		Remedy: law.T("Give a tag such as en or zh-Hant.", "請使用如 en 或 zh-Hant 的標籤。"),
	}}
}
