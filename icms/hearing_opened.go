package icms

import (
	"cmp"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// catchUp brings the hearing of a case that is sealed no more up to what was decided while nobody was told of it: its batch's sitting may have been
// moved or taken back, and a closure may have come over it.
func (st *caseStep) catchUp() error {
	if st.file.State == CaseConcluded {
		return nil
	}
	if err := st.catchUpSitting(); err != nil {
		return err
	}
	return st.catchUpClosures()
}

// catchUpSitting gives the case the sitting of its batch as it is now, or takes its hearing back, when that was of the sitting and is no longer. A case
// that decisions about the sitting are still to come to waits for them; the change holds only while the sitting is as it was read.
func (st *caseStep) catchUpSitting() error {
	f := st.file
	if f.Hearing == nil || f.Batch == "" || f.Hearing.Sitting != f.Batch {
		return nil
	}
	t, err := st.s.sitting(st.ctx, f.Batch)
	if err != nil || t == nil {
		return err
	}
	st.change.Require = append(st.change.Require, store.Key{Kind: kindSitting, ID: f.Batch, Expect: t.version})
	if reached, err := st.reached(t); err != nil || !reached || t.holds(f.Hearing) {
		return err
	}
	if reason := joined(sittingChanged, t.Reason); t.toCome(st.at) {
		err = st.fix(t.hearing(), reason)
	} else {
		err = st.vacate(reason)
	}
	if err == nil {
		st.besides()
	}
	return err
}

// reached reports whether what is decided about the sitting was carried past the case, or leaves it out.
func (st *caseStep) reached(t *Sitting) (bool, error) {
	if t.Unfinished == nil {
		return true, nil
	}
	place, err := st.desk.court.Numbers.place(st.file.Number)
	return place < t.Unfinished.Next || !st.file.sits(t), err
}

// holds reports whether a hearing of the sitting is as the sitting has it. One that was over when the sitting was last decided about took place.
func (t *Sitting) holds(h *Hearing) bool {
	return !h.At.After(t.FixedAt) || !t.Vacated && t.At.Equal(h.At) && t.Place == h.Place
}

// hearing is what the sitting is to one of its cases.
func (t *Sitting) hearing() *Hearing {
	return &Hearing{Sitting: t.Batch, At: t.At, Place: t.Place, FixedBy: t.FixedBy, FixedAt: t.FixedAt, Agreed: t.Agreed}
}

// catchUpClosures leaves it to the work of a closure to tell of a hearing that fell into it, or no longer does.
func (st *caseStep) catchUpClosures() error {
	h, c := st.file.Hearing, st.desk.court
	if h == nil {
		return nil
	}
	open, err := st.s.offices(st.ctx, st.desk)
	if err != nil {
		return err
	}
	st.change.Require = append(st.change.Require, open.still(c.Code))
	if now := open.closureAt(h.At); now != h.Closed {
		st.change.Work = append(st.change.Work, closedWork(c.Code, cmp.Or(now, h.Closed), st.at))
	}
	return nil
}

var sittingChanged = law.T("The sitting of its batch was changed.", "所屬批次的聆訊已更改。")
