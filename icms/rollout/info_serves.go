package rollout

import (
	"fmt"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// The codes of the steps of answers about service hours.
const (
	StepHours       = "service-hours" // the hours that are known for the day
	StepNoHours     = "no-hours"      // no hours are known for the day
	StepMaintenance = "maintenance"   // the system is announced to be out of service
)

// Serves tells whether the electronic system of a court is announced to serve at an instant: by its hours, and unless maintenance is
// published. It is Unknown on a day for which no hours are known. It knows nothing of failures, of notices that are not in the directory,
// and of the hours of the offices. The error is a *[NotListedError], or wraps [ErrQuestion] for the zero Time.
func (d *Directory) Serves(court string, at time.Time) (Answer, error) {
	c := d.court(court)
	if c == nil {
		return Answer{}, &NotListedError{Court: court, Listed: d.Courts()}
	}
	if at.IsZero() {
		return Answer{}, fmt.Errorf("%w: it names no instant", ErrQuestion)
	}
	local := at.In(d.zone)
	a := c.serves(calendar.DateOf(local, d.zone), local)
	a.Reason.Data = d.name + "@" + d.version
	if m, down := c.availability.At(at); down && a.Verdict != No {
		a.Verdict = No
		a.Reason.Steps = append(a.Reason.Steps, law.Step{
			Code: StepMaintenance, Provision: m.Provision, Says: law.T("maintenance since {from}", "自{from}起進行系統維護"),
			Values: []law.Value{law.V("from", m.From.In(d.zone))},
		})
	}
	return a, nil
}

// serves answers by the hours alone, from the clock of an instant in the courts' zone.
func (i *Info) serves(day calendar.Date, local time.Time) Answer {
	h, ok := i.hoursOn(day)
	if !ok {
		return Answer{Reason: law.Reason{Steps: []law.Step{{
			Code: StepNoHours, Says: law.T("no service hours are known for {date}", "並無{date}的服務時間資料"), Values: []law.Value{law.V("date", day)},
		}}}}
	}
	a := Answer{Verdict: No, Since: h.First, Reason: law.Reason{Steps: []law.Step{{
		Code: StepHours, Provision: h.Provision, Says: law.T("on {date} the system serves from {opens} to {closes}", "系統於{date}的服務時間為{opens}至{closes}"),
		Values: []law.Value{law.V("date", day), law.V("opens", h.Opens), law.V("closes", h.Closes)},
	}}}}
	hour, minute, second := local.Clock()
	if now := calendar.Clock(hour*3600 + minute*60 + second); now >= h.Opens && now < h.Closes {
		a.Verdict = Yes
	}
	return a
}

func (i *Info) hoursOn(d calendar.Date) (ServiceHours, bool) {
	for _, h := range i.Hours {
		if !d.Before(h.First) && (h.Last.IsZero() || !d.After(h.Last)) {
			return h, true
		}
	}
	return ServiceHours{}, false
}
