package icms

import (
	"errors"
	"slices"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// hours are the offices that have to be open when a hearing begins.
func (c *Court) hours(now *offices) []*calendar.Office {
	if c.Hearings.Hours == nil {
		return []*calendar.Office{now.registry}
	}
	return []*calendar.Office{now.registry, c.Hearings.Hours}
}

// sitsAt refuses a hearing at an instant at which the court does not sit: with why, in the words of the calendar, and when it next does.
func (c *Court) sitsAt(now *offices, at time.Time) error {
	for _, office := range c.hours(now) {
		r, err := office.Receive(at)
		if errors.Is(err, calendar.ErrBeyondHorizon) {
			return refuse(filing.NewFinding(filing.HearingUnknownDay, "/at", c.Hearings.Provision, law.V("at", civil(c, at)), law.V("last", lastKnown(office))))
		}
		if err != nil {
			return err
		}
		if !r.Moved() && !r.Pending {
			continue
		}
		why, ground := closedWords(r.Reason())
		next, err := c.nextSitting(now, at)
		if err != nil {
			return err
		}
		return refuse(filing.NewFinding(filing.HearingClosed, "/at", ground, law.V("at", civil(c, at)), law.V("why", why), law.V("next", next)))
	}
	return nil
}

func lastKnown(o *calendar.Office) calendar.Date {
	_, last := o.Horizon()
	return last
}

// maxTurns bounds how often the search for the next sitting goes from one office to the other.
const maxTurns = 100

// nextSitting says in words when the court next sits at or after an instant.
func (c *Court) nextSitting(now *offices, at time.Time) (law.Text, error) {
	for range maxTurns {
		from := at
		for _, office := range c.hours(now) {
			r, err := office.Receive(at)
			if errors.Is(err, calendar.ErrBeyondHorizon) || err == nil && r.Pending {
				return noNextSitting, nil
			}
			if err != nil {
				return nil, err
			}
			at = r.Deemed
		}
		if at.Equal(from) {
			return law.T(civil(c, at), civil(c, at)), nil
		}
	}
	return noNextSitting, nil
}

// closedSteps are the steps of a receipt's reason that say why an office is closed.
var closedSteps = []string{"holiday", "no-hours", "closure", "outside-hours", "closing-instant"}

// closedWords are the steps of a reason that say why an office is closed, with the provision of the first.
func closedWords(r law.Reason) (law.Text, law.Provision) {
	out, ground := law.Text{}, law.Provision{}
	for _, step := range r.Steps {
		if !slices.Contains(closedSteps, step.Code) {
			continue
		}
		words := step.Text()
		for tag, between := range map[string]string{law.English: "; ", law.TraditionalChinese: "；"} {
			if out[tag] != "" {
				out[tag] += between
			}
			out[tag] += words.In(tag)
		}
		if ground.IsZero() {
			ground = step.Provision
		}
	}
	return out, ground
}

var noNextSitting = law.T("not known yet: no reopening is announced", "未能確定：尚未公布重新開放時間")
