package rollout

import (
	"fmt"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// Answer is whether a service covers something on a day, or is announced to serve at an instant.
type Answer struct {
	Verdict Verdict `json:"verdict"`
	// Since is the first day of the service, also when the day asked for lies before it; zero when it is not known or there is none. In
	// an answer of [Directory.Serves] it is the first day of the service hours that decided.
	Since calendar.Date `json:"since,omitzero"`
	// Reason is how the answer was found, with what it rests on.
	Reason law.Reason `json:"reason"`
}

// The codes of the steps of answers about coverage.
const (
	StepCovered       = "covered"        // it began on a known day, and the day asked for is not before it
	StepNotYet        = "not-yet"        // it begins on a known day after the one asked for
	StepNever         = "never"          // it is not offered for the type
	StepUnknown       = "unknown"        // the first day is not known
	StepNotBefore     = "not-before"     // it had not begun by a day that is known
	StepBy            = "by"             // it had begun by a day that is known
	StepCommenced     = "commenced"      // cases commenced before a day are left out
	StepCommencedDate = "commenced-date" // when the case was commenced, or that nobody said
)

// Covers tells whether a service covers a type of case of a court on a day. The error is a *[NotListedError] for what is not on the list, and
// wraps [ErrQuestion] for a service that is none and for the zero Date.
func (t *Table) Covers(court, kind string, s Service, on calendar.Date) (Answer, error) {
	c, k, err := t.find(court, kind)
	if err != nil {
		return Answer{}, err
	}
	o := k.Offer(s)
	if o.Service == 0 {
		return Answer{}, fmt.Errorf("%w: %s is no service", ErrQuestion, s)
	}
	if on.IsZero() {
		return Answer{}, fmt.Errorf("%w: it names no date", ErrQuestion)
	}
	return t.offered(c, k, &o, on), nil
}

// CoversCase is Covers for one case: a service that leaves out cases commenced before a certain day covers only the others. The zero
// commenced is a day that nobody said; where it decides, the answer is Unknown. A case commenced after on is an error.
func (t *Table) CoversCase(court, kind string, s Service, commenced, on calendar.Date) (Answer, error) {
	a, err := t.Covers(court, kind, s, on)
	if err != nil {
		return a, err
	}
	if commenced.After(on) {
		return Answer{}, fmt.Errorf("%w: the case was commenced on %s, after the day asked for, %s", ErrQuestion, commenced, on)
	}
	_, k, _ := t.find(court, kind) // found above
	limit := k.Offer(s).Commenced
	if a.Verdict == No || limit.Day.IsZero() {
		return a, nil
	}
	step := law.Step{Code: StepCommencedDate, Says: law.T("when the case was commenced is not said", "未有說明案件何時展開")}
	known := Unknown
	if !commenced.IsZero() {
		step.Says = law.T("the case was commenced on {commenced}", "該案件於{commenced}展開")
		step.Values = []law.Value{law.V("commenced", commenced)}
		known = Yes
		if commenced.Before(limit.Day) {
			known = No
		}
	}
	a.Verdict = a.Verdict.and(known)
	a.Reason.Steps = append(a.Reason.Steps, step)
	return a, nil
}

// offered answers from one offer.
func (t *Table) offered(c *Court, k *Type, o *Offer, on calendar.Date) Answer {
	a := Answer{Since: o.Since, Reason: law.Reason{Data: t.name + "@" + t.version}}
	values := []law.Value{
		law.V("court", c.Name), law.V("type", k.Name), law.V("service", serviceWords(o.Service)), law.V("date", on),
	}
	say := func(code string, p law.Provision, says law.Text, more ...law.Value) {
		a.Reason.Steps = append(a.Reason.Steps, law.Step{Code: code, Provision: p, Says: says, Values: append(values[:len(values):len(values)], more...)})
	}
	switch {
	case o.Never:
		a.Verdict = No
		say(StepNever, o.Provision, law.T("{court}, {type}: {service} is not offered: {note}", "{court}{type}：不提供{service}：{note}"), law.V("note", o.Note))
	case !o.Since.IsZero() && on.Before(o.Since):
		a.Verdict = No
		say(StepNotYet, o.Provision, law.T("{court}, {type}: {service} begins on {since}, after {date}",
			"{court}{type}：{service}於{since}開始，在{date}之後"), law.V("since", o.Since))
	case !o.Since.IsZero():
		a.Verdict = Yes
		say(StepCovered, o.Provision, law.T("{court}, {type}: {service} began on {since}", "{court}{type}：{service}已於{since}開始"), law.V("since", o.Since))
	default:
		say(StepUnknown, o.Provision, law.T("{court}, {type}: the first day of {service} is not known: {note}",
			"{court}{type}：{service}的首日不詳：{note}"), law.V("note", o.Note))
		a.Verdict = bounded(o, on, say)
	}
	if a.Verdict != No && !o.Commenced.Day.IsZero() {
		say(StepCommenced, o.Commenced.Provision, law.T("only for cases commenced on or after {from}", "只適用於{from}或之後展開的案件"),
			law.V("from", o.Commenced.Day))
	}
	return a
}

// bounded answers where the first day is not known, from what bounds it.
func bounded(o *Offer, on calendar.Date, say func(code string, p law.Provision, says law.Text, more ...law.Value)) Verdict {
	switch {
	case !o.NotBefore.Day.IsZero() && on.Before(o.NotBefore.Day):
		say(StepNotBefore, o.NotBefore.Provision, law.T("it did not begin before {day}", "該服務並非於{day}之前開始"), law.V("day", o.NotBefore.Day))
		return No
	case !o.By.Day.IsZero() && !on.Before(o.By.Day):
		say(StepBy, o.By.Provision, law.T("it had begun by {day}", "該服務至遲於{day}已經開始"), law.V("day", o.By.Day))
		return Yes
	}
	return Unknown
}

// serviceWords says a service in words.
func serviceWords(s Service) law.Text {
	switch s {
	case Filing:
		return law.T("electronic filing", "電子存檔")
	case Payment:
		return law.T("electronic payment", "電子支付")
	case Inspection:
		return law.T("electronic inspection of documents", "以電子方式查閱文件")
	case CauseBook:
		return law.T("electronic search of the cause book", "以電子方式翻查訟案登記冊")
	}
	return law.T(s.String(), "")
}
