package icms

import (
	"fmt"
	"slices"
	"strings"

	"courts.example/eservices/icms/law"
)

// recounted is a paper whose judgement the records, as they are now, contradict.
type recounted struct {
	paper *Document
	limit DocumentLimit
	late  bool
}

// recount adds to a step that changes the records of events what becomes of the papers that were judged by them: nothing. What was judged
// stands until the registry decides otherwise; the parties whom it concerns are told by messages, the registry by the step's event ("recounted"), as it
// has no box. Papers that wait are looked at anew.
func (st *caseStep) recount(changed ...*Document) error {
	c := st.desk.court
	if c.Limits == nil {
		return nil
	}
	now, err := st.s.calendars(st.ctx, st.desk)
	if err != nil {
		return err
	}
	before, err := st.s.allPapers(st.ctx, st.file.Court, st.file.Number)
	if err != nil {
		return err
	}
	found, err := now.recount(c, st.file, before, overlaid(before, changed))
	if err != nil {
		return err
	}
	st.change.Require = append(st.change.Require, now.unchanged(c.Code)...)
	for _, d := range before {
		if d.State == DocumentPending {
			st.change.Work = append(st.change.Work, paperWork(d, st.at))
		}
	}
	var words []string
	var data []map[string]any
	for _, r := range found {
		verdict := "in time"
		if r.late {
			verdict = "late"
		}
		words = append(words, fmt.Sprintf("%d %s", r.paper.Serial, verdict))
		data = append(data, map[string]any{"document": r.paper.Serial, "party": r.paper.Party, "state": r.paper.State, "late": r.late})
		if err := st.tellRecounted(r); err != nil {
			return err
		}
	}
	if len(found) > 0 {
		st.pairs = append(st.pairs, "recounted", strings.Join(words, ", "))
		st.data["recounted"] = data
	}
	return nil
}

// overlaid are the papers of a case with some of them as they will be.
func overlaid(all, changed []*Document) []*Document {
	out := slices.Clone(all)
	for _, d := range changed {
		if i := slices.IndexFunc(out, func(o *Document) bool { return o.Serial == d.Serial }); i >= 0 {
			out[i] = d
		} else {
			out = append(out, d)
		}
	}
	return out
}

// recount finds the papers, received or refused as late, whose lateness is another one by other records.
func (n *calendars) recount(c *Court, f *CaseFile, before, after []*Document) ([]recounted, error) {
	var out []recounted
	for _, d := range after {
		kind := c.paper(d.Kind)
		late := d.State == DocumentRefused && d.Decision == nil
		if d.Outward || d.Limit == nil || d.Limit.Allowed || kind == nil || d.State != DocumentReceived && !late {
			continue
		}
		_, was, err := n.judgeIn(before, c, f, kind, d)
		if err != nil {
			return nil, err
		}
		limit, is, err := n.judgeIn(after, c, f, kind, d)
		if err != nil {
			return nil, err
		}
		if (was == tooLate) != (is == tooLate) {
			out = append(out, recounted{paper: d, limit: limit, late: is == tooLate})
		}
	}
	return out, nil
}

// judgeIn judges a kept paper by the papers of its case. Where nothing is left to count from, it is not late.
func (n *calendars) judgeIn(all []*Document, c *Court, f *CaseFile, kind *PaperKind, d *Document) (DocumentLimit, verdict, error) {
	l, none, err := n.limitIn(all, f, kind, d.Party, d.Against)
	if err != nil {
		return DocumentLimit{}, undecided, err
	}
	if none != nil {
		l = stillToCome(kind, kind.Event, d.Against)
	}
	if l == nil { // the court gave the limit up
		return DocumentLimit{}, inTime, nil
	}
	return l.limit, l.judge(&d.Receipt, c.Zone()), nil
}

// tellRecounted tells whom it concerns that a paper's judgement and the records disagree: the party that sent it, and the others when they were told
// of it. Of a sealed case nobody is told; the event and the audit trail have it.
func (st *caseStep) tellRecounted(r recounted) error {
	f, d, c := st.file, r.paper, st.desk.court
	if f.Access == CaseSealed {
		return nil
	}
	boxes, body := f.boxes([]string{d.Party}), recountedInTime
	if d.State == DocumentReceived {
		boxes = f.boxes(nil)
	}
	switch {
	case r.late && d.State == DocumentReceived:
		body = recountedLate
	case r.late:
		body = recountedStillLate
	case d.State == DocumentReceived:
		body = recountedFine
	}
	last := law.T("no day: no time runs", "無：期限並未起計")
	if r.limit.Last != "" {
		last = law.T(r.limit.Last, r.limit.Last)
	}
	for _, b := range boxes {
		serial := fmt.Sprintf("%s-%d", st.serial(), d.Serial)
		m := caseMessage(c, f, b, st.at, serial, recountedSubject, body, law.V("title", d.Title), law.V("document", d.Serial),
			law.V("party", partyWords(d.Party)), law.V("last", last), law.V("deemed", civil(c, d.Receipt.Expected)))
		if err := st.put(messagePut(m)); err != nil {
			return err
		}
	}
	return nil
}

var (
	recountedSubject = law.T("{case}: the time for {title} is counted otherwise", "{case}：「{title}」的期限計算有變")
	recountedHead    = law.T(
		"The records from which the time for {title} (paper {document} of case {case}, sent by {party}) is counted were changed. By them its last "+
			"day is {last}; it counts as received on {deemed}.",
		"「{title}」（由 {party} 提交的案件 {case} 第 {document} 號文件）期限起計所依據的記錄已更改。按現有記錄，最後限期為 {last}；文件視為於 {deemed} 收到。")
	recountedLate = joined(recountedHead, law.T(
		"It would be late. It stays received unless the registry refuses it.", "文件屬逾期，但除非登記處不予接納，否則仍屬已收到。"))
	recountedFine = joined(recountedHead, law.T(
		"It would be in time after all. It stays received.", "文件並無逾期，仍屬已收到。"))
	recountedInTime = joined(recountedHead, law.T(
		"It would be in time. It stays refused until the court allows it: ask for time, naming the paper.", "文件並無逾期，但在法庭批准前仍屬不獲接納：請就該文件提出時間申請。"))
	recountedStillLate = joined(recountedHead, law.T(
		"It is late after all, and stays refused.", "文件屬逾期，仍不獲接納。"))
)
