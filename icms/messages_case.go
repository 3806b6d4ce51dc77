package icms

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"courts.example/eservices/icms/law"
)

// mailbox is a registered user with the parties for which it gets what is sent in a case.
type mailbox struct {
	member  string
	parties []string
}

// users are the registered users who get what is sent to a party.
func (p *CaseParty) users() []string {
	var out []string
	for _, m := range append([]string{p.Member}, p.Representatives...) {
		if m != "" && !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

// boxes are the boxes of the parties given, of all when there are none: one for each registered user, sorted.
func (f *CaseFile) boxes(parties []string) []mailbox {
	var out []mailbox
	for i := range f.Parties {
		p := &f.Parties[i]
		if len(parties) > 0 && !slices.Contains(parties, p.ID) {
			continue
		}
		for _, m := range p.users() {
			at := slices.IndexFunc(out, func(b mailbox) bool { return b.member == m })
			if at < 0 {
				at, out = len(out), append(out, mailbox{member: m})
			}
			out[at].parties = append(out[at].parties, p.ID)
		}
	}
	slices.SortFunc(out, func(a, b mailbox) int { return strings.Compare(a.member, b.member) })
	return out
}

// unreached are those of the parties given who have no box.
func (f *CaseFile) unreached(parties []string) []string {
	var out []string
	for i := range f.Parties {
		p := &f.Parties[i]
		if len(p.users()) == 0 && slices.Contains(parties, p.ID) {
			out = append(out, p.ID)
		}
	}
	return out
}

// partyIDs lists the parties of a case.
func (f *CaseFile) partyIDs() []string {
	out := make([]string, len(f.Parties))
	for i, p := range f.Parties {
		out[i] = p.ID
	}
	return out
}

// paperMessage writes the message that brings a paper of the court to a box.
func paperMessage(c *Court, d *Document, b mailbox, at time.Time, subject, body law.Text, values ...law.Value) Message {
	values = append([]law.Value{law.V("case", d.Case), law.V("document", d.Serial), law.V("title", d.Title)}, values...)
	return Message{
		ID: documentID(d.Court, d.Case, d.Serial) + "/" + b.member, Court: d.Court, To: b.member, At: at.In(c.Zone()), About: d.Case,
		Subject: subject.Fill(values...), Body: body.Fill(values...), Document: d.Serial, Content: d.Content, For: b.parties,
	}
}

// caseMessage writes a message in a case that brings no paper. The serial tells it from others to the same box.
func caseMessage(c *Court, f *CaseFile, b mailbox, at time.Time, serial string, subject, body law.Text, values ...law.Value) Message {
	values = append([]law.Value{law.V("case", f.Number)}, values...)
	return Message{
		ID: fmt.Sprintf("%s/%s/%s", caseID(f.Court, f.Number), serial, b.member), Court: f.Court, To: b.member, At: at.In(c.Zone()),
		About: f.Number, Subject: subject.Fill(values...), Body: body.Fill(values...), For: b.parties,
	}
}

// joined puts a further sentence behind a text, in both languages of the shipped texts.
func joined(first, further law.Text) law.Text {
	if len(further) == 0 {
		return first
	}
	return law.T(first.In(law.English)+" "+further.In(law.English), first.In(law.TraditionalChinese)+further.In(law.TraditionalChinese))
}

var (
	issuedSubject = law.T("{case}: the court issued {title}", "{case}：法庭發出「{title}」")
	issuedBody    = law.T(
		"The court issued {title} in case {case} on {issued}. It is paper {document} of the case, with {files} files.",
		"法庭於 {issued} 在案件 {case} 發出「{title}」，為本案第 {document} 號文件，共 {files} 個檔案。")
	correctionBody = law.T("It takes the place of paper {corrects}.", "本文件取代第 {corrects} 號文件。")

	hearingSubject = law.T("{case}: hearing on {at}", "{case}：聆訊日期 {at}")
	hearingBody    = law.T(
		"Case {case} is to be heard on {at} at {place}. This notice is paper {document} of the case.",
		"案件 {case} 定於 {at} 在 {place} 聆訊。本通知為本案第 {document} 號文件。")
	movedSubject = law.T("{case}: hearing moved to {at}", "{case}：聆訊改期至 {at}")
	movedBody    = law.T(
		"The hearing of case {case}, fixed for {before}, is moved to {at} at {place}. This notice is paper {document} of the case. Reason: {reason}",
		"案件 {case} 原定於 {before} 的聆訊，改於 {at} 在 {place} 進行。本通知為本案第 {document} 號文件。理由：{reason}")
	vacatedSubject = law.T("{case}: hearing vacated", "{case}：聆訊撤銷")
	vacatedBody    = law.T(
		"The hearing of case {case} fixed for {before} will not take place. This notice is paper {document} of the case. Reason: {reason}",
		"案件 {case} 原定於 {before} 的聆訊不會進行。本通知為本案第 {document} 號文件。理由：{reason}")

	concludedSubject = law.T("{case}: concluded", "{case}：案件終結")
	concludedBody    = law.T("Case {case} was concluded on {on}. {reason}", "案件 {case} 已於 {on} 終結。{reason}")
	reopenedSubject  = law.T("{case}: reopened", "{case}：案件重開")
	reopenedBody     = law.T("Case {case} was reopened on {on}. {reason}", "案件 {case} 已於 {on} 重開。{reason}")

	linkedSubject = law.T("{case}: linked", "{case}：已連結")
	linkedBody    = law.T("You are linked to case {case} for {party}. What the court issues to that party comes to this box from now on.",
		"你已就 {party} 與案件 {case} 連結，法庭發給該方的文件自此送達此信箱。")
	linkedHearing   = law.T("The next hearing is on {at} at {place}.", "下次聆訊定於 {at} 在 {place} 進行。")
	unlinkedSubject = law.T("{case}: no longer linked", "{case}：已解除連結")
	unlinkedBody    = law.T("You are no longer linked to case {case} for {party}. {reason}", "你與案件 {case} 的 {party} 已解除連結。{reason}")
)
