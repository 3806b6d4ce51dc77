package icms

import (
	"time"

	"courts.example/eservices/icms/law"
)

// acknowledged writes the message that goes with an acknowledgement.
func acknowledged(c *Court, a *Acknowledgement, at time.Time) Message {
	m := Message{ID: a.Number, Court: c.Code, At: at.In(c.Zone()), To: a.By.Organisation, About: a.Number}
	values := []law.Value{
		law.V("court", c.Name.In(law.English)), law.V("reference", a.Reference), law.V("claims", a.Claims), law.V("first", a.FirstCase),
		law.V("last", a.LastCase), law.V("received", civil(c, a.Received)), law.V("deemed", civil(c, a.Deemed)), law.V("number", a.Number),
	}
	if a.Pending {
		m.Subject, m.Body = pendingSubject.Fill(values...), pendingBody.Fill(values...)
		return m
	}
	m.Subject, m.Body = registeredSubject.Fill(values...), registeredBody.Fill(values...)
	return m
}

// civil writes an instant as people of the court read it.
func civil(c *Court, t time.Time) string { return t.In(c.Zone()).Format("2006-01-02 15:04:05") }

var (
	registeredSubject = law.T("Batch {reference}: {claims} claims registered", "批次 {reference}：已登記 {claims} 宗申索")
	registeredBody    = law.T(
		"Your batch {reference} was submitted on {received} and counts as received on {deemed}. Case numbers {first} to {last}. Acknowledgement {number}.",
		"你的批次 {reference} 於 {received} 提交，視為於 {deemed} 收到。案件編號由 {first} 至 {last}。認收編號 {number}。")
	pendingSubject = law.T("Batch {reference}: received, waiting for the reopening", "批次 {reference}：已收到，等候重新開放")
	pendingBody    = law.T(
		"Your batch {reference} of {claims} claims was submitted on {received} while the office is closed and its reopening is not announced. "+
			"It will count as received at the reopening; a second notice with the case numbers follows. Acknowledgement {number}.",
		"你的批次 {reference}（{claims} 宗申索）於 {received} 提交，當時辦事處關閉而重新開放時間尚未公布。批次將視為於重新開放時收到，其後會另發通知載明案件編號。認收編號 {number}。")
)
