package rollout

import (
	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// The codes of the steps of answers about mandates, besides those about coverage.
const (
	StepVoluntary = "voluntary"  // why use is voluntary as long as no mandate binds
	StepPlanned   = "planned"    // a time is planned, and the day lies before it
	StepMayBind   = "may-bind"   // a time is planned and has begun; whether the mandate binds is not known
	StepAnnounced = "announced"  // the first day is announced
	StepInForce   = "in-force"   // it is in force
	StepCondition = "condition-" // followed by the name of a condition: whether it is met
)

// step says how far the mandate had come on the day.
func (s Stage) step(title law.Text, on calendar.Date) law.Step {
	step := law.Step{Provision: s.Provision, Values: []law.Value{
		law.V("rule", title), law.V("since", s.Since), law.V("from", s.From), law.V("latest", s.Latest), law.V("date", on),
	}}
	switch {
	case s.State == InForce:
		step.Code, step.Says = StepInForce, law.T("{rule}: in force since {from}", "{rule}：自{from}起生效")
	case s.State == Announced:
		step.Code = StepAnnounced
		step.Says = law.T("{rule}: announced on {since}, in force from {from}", "{rule}：於{since}公布，由{from}起生效")
	case on.Before(s.From):
		step.Code = StepPlanned
		step.Says = law.T("{rule}: planned for not before {from}", "{rule}：計劃不早於{from}實施")
	case s.Latest.IsZero():
		step.Code = StepMayBind
		step.Says = law.T("{rule}: planned for {from} or later; whether it was in force on {date} is not known",
			"{rule}：計劃於{from}或之後實施；於{date}是否已經生效，尚未知悉")
	default:
		step.Code = StepMayBind
		step.Says = law.T("{rule}: planned for {from} to {latest}; whether it was in force on {date} is not known",
			"{rule}：計劃於{from}至{latest}期間實施；於{date}是否已經生效，尚未知悉")
	}
	return step
}

// step says whether the condition is met.
func (c Condition) step(met Verdict, q *Question) law.Step {
	return law.Step{Code: StepCondition + c.String(), Says: c.sentence(met, q)}
}

func (c Condition) sentence(met Verdict, q *Question) law.Text {
	switch c {
	case IfRepresented:
		return pick(met, law.T("the party is legally represented", "該方有法律代表"), law.T("the party is not legally represented", "該方沒有法律代表"),
			law.T("whether the party is legally represented is not said", "未有說明該方有否法律代表"))
	case IfCommencing:
		return pick(met, law.T("the act commences a case", "該作為展開案件"), law.T("the act does not commence a case", "該作為並非展開案件"),
			law.T("whether the act commences a case is not said", "未有說明該作為是否展開案件"))
	case IfFirmNew:
		no := law.T("the firm has commenced a case electronically before, and the duty is spent", "該律師行曾以電子方式展開案件，其責任已告解除")
		if q.Firm == NoFirm {
			no = law.T("no law firm acts", "並無律師行代表行事")
		}
		return pick(met, law.T("the firm has never commenced a case electronically", "該律師行從未以電子方式展開案件"), no,
			law.T("whether the firm has commenced a case electronically before is not said", "未有說明該律師行曾否以電子方式展開案件"))
	case UnlessPermitted:
		return pick(met, law.T("no permission of the court to do otherwise is claimed", "沒有聲稱已獲法庭准許採用其他方式"),
			law.T("the court has given permission beforehand to do otherwise", "法庭已事先准許採用其他方式"), nil)
	}
	return nil
}

func pick(v Verdict, yes, no, unknown law.Text) law.Text {
	switch v {
	case Yes:
		return yes
	case No:
		return no
	}
	return unknown
}
