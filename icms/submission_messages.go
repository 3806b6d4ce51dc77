package icms

import (
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/icms/law"
)

// paperMessages writes the messages that go with a paper in its new state: one to who sent it, notices to the other parties once it is
// received, or when an officer refuses it.
func paperMessages(c *Court, f *CaseFile, d *Document, a *PaperAcknowledgement, at time.Time) []Message {
	told := paperTold{c: c, d: d, number: a.Number, at: at.In(c.Zone())}
	values := paperValues(c, d, a)
	var out []Message
	switch d.State {
	case DocumentPending:
		return told.represented(append(out, told.message(told.sender(), paperPendingSubject, paperPendingBody, values)), f, values)
	case DocumentRefused:
		body := paperLateBody
		if d.Decision != nil {
			body = paperRefusedBody
		}
		if d.standsAgain != 0 {
			body = joined(body, paperStandsAgain)
		}
		out = append(out, told.message(told.sender(), paperRefusedSubject, body, values))
	default:
		body := paperReceivedBody
		switch {
		case d.FeeOf != 0:
			body = joined(body, paperFeeStands)
		case d.Charge != "":
			body = law.T(body[law.English]+paperFeeBody[law.English], body[law.TraditionalChinese]+paperFeeBody[law.TraditionalChinese])
		}
		out = append(out, told.message(told.sender(), paperReceivedSubject, body, values))
	}
	if d.State == DocumentRefused && d.Receipt.Pending { // they were never told of it
		return told.represented(out, f, values)
	}
	for _, to := range f.others(d) {
		if d.State == DocumentRefused {
			if body := noticeRefusedBody; d.Decision != nil {
				if d.standsAgain != 0 {
					body = joined(body, paperStandsAgain)
				}
				out = append(out, told.message(to, noticeRefusedSubject, body, values))
			}
			continue
		}
		out = append(out, told.message(to, noticeSubject, noticeBody, values))
	}
	return told.represented(out, f, values)
}

// others are the boxes of the other parties of a case, without that of who sent the paper.
func (f *CaseFile) others(d *Document) []mailbox {
	rest := slices.DeleteFunc(f.partyIDs(), func(id string) bool { return id == d.Party })
	if len(rest) == 0 {
		return nil
	}
	return slices.DeleteFunc(f.boxes(rest), func(b mailbox) bool { return b.member == d.By.Organisation })
}

// paperTold makes the messages about one acknowledgement.
type paperTold struct {
	c      *Court
	d      *Document
	number string
	at     time.Time
}

func (t *paperTold) sender() mailbox {
	return mailbox{member: t.d.By.Organisation, parties: []string{t.d.Party}}
}

func (t *paperTold) message(to mailbox, subject, body law.Text, values []law.Value) Message {
	return Message{
		ID: t.number + "/" + to.member, Court: t.c.Code, To: to.member, At: t.at, About: t.d.Case, Subject: subject.Fill(values...),
		Body: body.Fill(values...), For: to.parties,
	}
}

func paperValues(c *Court, d *Document, a *PaperAcknowledgement) []law.Value {
	last := law.T("no time limit", "沒有期限")
	if l := d.Limit; l != nil && l.Last != "" {
		last = law.T(l.Last, l.Last)
	}
	values := []law.Value{
		law.V("title", d.Title), law.V("case", d.Case), law.V("document", d.Serial), law.V("party", partyWords(d.Party)), law.V("number", a.Number),
		law.V("received", civil(c, a.Received)), law.V("last", last), law.V("charge", d.Charge), law.V("feeOf", d.FeeOf), law.V("reference", d.Reference),
	}
	if d.standsAgain != 0 {
		values = append(values, law.V("stands", d.standsAgain))
	}
	if !a.Pending {
		values = append(values, law.V("deemed", civil(c, a.Deemed)))
	}
	if d.Decision != nil {
		values = append(values, law.V("reason", d.Decision.Reason), law.V("decided", civil(c, d.Decision.At)))
	}
	return values
}

// timeMessage tells who asked for time what was decided.
func timeMessage(c *Court, t *TimeRequest, at time.Time) Message {
	values := []law.Value{
		law.V("case", t.Case), law.V("request", t.ID), law.V("decided", civil(c, t.Decision.At)), law.V("reason", t.Decision.Reason),
		law.V("asked", t.asks(c.Zone())),
	}
	m := Message{ID: fmt.Sprintf("%s/decided", t.ID), Court: c.Code, To: t.By.Organisation, At: at.In(c.Zone()), About: t.Case, For: []string{t.Party}}
	m.Subject, m.Body = timeDeniedSubject.Fill(values...), timeDeniedBody.Fill(values...)
	if t.Decision.Accepted {
		m.Subject, m.Body = timeAllowedSubject.Fill(values...), timeAllowedBody.Fill(values...)
	}
	return m
}

var (
	paperReceivedSubject = law.T("{case}: {title} received", "{case}：已收到「{title}」")
	paperReceivedBody    = law.T(
		"Your paper {title} (reference {reference}) in case {case} was submitted on {received} and counts as received on {deemed}. It is paper {document} "+
			"of the case. Last day: {last}. Acknowledgement {number}.",
		"你在案件 {case} 的文件「{title}」（參考編號 {reference}）於 {received} 提交，視為於 {deemed} 收到，為本案第 {document} 號文件。最後限期：{last}。認收編號 {number}。")
	paperFeeBody        = law.T(" A fee is payable for it: order {charge}.", "此文件須繳費：繳費單 {charge}。")
	paperFeeStands      = law.T("The fee of paper {feeOf} counts for it: order {charge}.", "第 {feeOf} 號文件的費用（繳費單 {charge}）適用於此文件。")
	paperPendingSubject = law.T("{case}: {title} came in, its receipt is not known yet", "{case}：「{title}」已送達，收到時間有待確定")
	paperPendingBody    = law.T(
		"Your paper {title} (reference {reference}) in case {case} was submitted on {received}. When it counts as received, or whether that is in time, "+
			"hangs on a closure or warning without an announced end; a second notice follows. It is paper {document} of the case. Acknowledgement {number}.",
		"你在案件 {case} 的文件「{title}」（參考編號 {reference}）於 {received} 提交。由於關閉或警告的結束時間尚未公布，收到時間或是否如期仍有待確定，其後會另發通知。此為本案第 {document} 號文件。認收編號 {number}。")
	paperRefusedSubject = law.T("{case}: {title} refused", "{case}：「{title}」不獲接納")
	paperRefusedBody    = law.T(
		"Your paper {title} (paper {document} of case {case}, submitted on {received}) was refused by the registry on {decided}. Reason: {reason} "+
			"You may send a correction.",
		"你的文件「{title}」（案件 {case} 第 {document} 號文件，於 {received} 提交）於 {decided} 不獲登記處接納。理由：{reason}你可提交更正文件。")
	paperLateBody = law.T(
		"Your paper {title} (paper {document} of case {case}, submitted on {received}) counts as received on {deemed}, after its last day, {last}. "+
			"It is refused as late. You may ask the court for time, giving the reason.",
		"你的文件「{title}」（案件 {case} 第 {document} 號文件，於 {received} 提交）視為於 {deemed} 收到，已逾最後限期 {last}，因逾期不獲接納。你可述明理由向法庭申請時間。")
	paperStandsAgain = law.T("Paper {stands}, whose place it had taken, stands again.", "原被其取代的第 {stands} 號文件恢復有效。")
	noticeSubject    = law.T("{case}: {title} was filed", "{case}：已存檔「{title}」")
	noticeBody       = law.T(
		"{party} sent {title} in case {case}; it counts as received on {deemed} and is paper {document} of the case. This notice is not service of it.",
		"{party} 在案件 {case} 提交了「{title}」，視為於 {deemed} 收到，為本案第 {document} 號文件。本通知並非送達該文件。")
	noticeRefusedSubject = law.T("{case}: {title} was refused", "{case}：「{title}」不獲接納")
	noticeRefusedBody    = law.T(
		"{title} (paper {document} of case {case}, sent by {party}) was refused by the registry on {decided}.",
		"由 {party} 提交的「{title}」（案件 {case} 第 {document} 號文件）於 {decided} 不獲登記處接納。")
	timeAllowedSubject = law.T("{case}: your request for time is allowed", "{case}：你的時間申請獲准")
	timeAllowedBody    = law.T(
		"Your request {request} in case {case} ({asked}) was allowed on {decided}. {reason} Name the request when you send the paper.",
		"你在案件 {case} 的申請 {request}（{asked}）於 {decided} 獲准。{reason}提交文件時請註明該申請。")
	timeDeniedSubject = law.T("{case}: your request for time is refused", "{case}：你的時間申請被拒")
	timeDeniedBody    = law.T(
		"Your request {request} in case {case} ({asked}) was refused on {decided}. Reason: {reason}",
		"你在案件 {case} 的申請 {request}（{asked}）於 {decided} 被拒。理由：{reason}")
)
