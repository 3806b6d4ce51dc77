package icms

import (
	"slices"

	"courts.example/eservices/icms/law"
)

// represented adds the messages to the party in whose name a paper was sent, and to others who act for it, where the court tells them: not to who
// sent it, nor to somebody who is told of it already.
func (t *paperTold) represented(out []Message, f *CaseFile, values []law.Value) []Message {
	if !t.c.Policies.Represented.Told {
		return out
	}
	subject, body := filedForSubject, filedForBody
	switch t.d.State {
	case DocumentPending:
		subject, body = pendingForSubject, pendingForBody
	case DocumentRefused:
		subject, body = refusedForSubject, refusedForBody
	}
	values = append(slices.Clip(values), law.V("sender", t.d.By.Organisation))
	for _, to := range f.boxes([]string{t.d.Party}) {
		if !slices.ContainsFunc(out, func(m Message) bool { return m.To == to.member }) {
			out = append(out, t.message(to, subject, body, values))
		}
	}
	return out
}

// acknowledgedTo are the messages that bring an acknowledgement: to who filed the batch, and to the claimant where the court tells it what somebody
// filed in its name.
func acknowledgedTo(c *Court, a *Acknowledgement, m Message) []Message {
	out := []Message{m}
	if c.Policies.Represented.Told && a.member != a.By.Organisation {
		m.ID, m.To = a.Number+"/"+a.member, a.member
		out = append(out, m)
	}
	return out
}

var (
	filedForSubject = law.T("{case}: {title} was filed for you", "{case}：已代你存檔「{title}」")
	filedForBody    = law.T(
		"{sender} sent {title} in case {case} for {party}; it counts as received on {deemed} and is paper {document} of the case. Acknowledgement {number}.",
		"{sender} 代 {party} 在案件 {case} 提交了「{title}」，視為於 {deemed} 收到，為本案第 {document} 號文件。認收編號 {number}。")
	pendingForSubject = law.T("{case}: {title} came in for you, its receipt is not known yet", "{case}：已代你提交「{title}」，收到時間有待確定")
	pendingForBody    = law.T(
		"{sender} sent {title} in case {case} for {party} on {received}. When it counts as received is not known yet; a second notice follows. "+
			"It is paper {document} of the case. Acknowledgement {number}.",
		"{sender} 於 {received} 代 {party} 在案件 {case} 提交了「{title}」，收到時間有待確定，其後會另發通知。此為本案第 {document} 號文件。認收編號 {number}。")
	refusedForSubject = law.T("{case}: {title}, sent for you, was refused", "{case}：代你提交的「{title}」不獲接納")
	refusedForBody    = law.T(
		"{title}, which {sender} sent in case {case} for {party} on {received}, was refused. It is paper {document} of the case. Acknowledgement {number}.",
		"{sender} 於 {received} 代 {party} 在案件 {case} 提交的「{title}」不獲接納。此為本案第 {document} 號文件。認收編號 {number}。")
)
