package filing

import (
	"slices"
	"strconv"
	"strings"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

func checkAroseOn(c *Context, claim *Claim) {
	if claim.AroseOn.After(c.Date) {
		c.Report(codeAroseInFuture, "/aroseOn", law.Provision{}, law.V("arose", claim.AroseOn), law.V("date", c.Date))
	}
}

// checkLimitation warns when the claim is too late by the only period of limitation that its category may have, or by the
// shortest of several. It counts whole years and extends no period for a closed registry.
func checkLimitation(c *Context, claim *Claim) {
	if claim.AroseOn.IsZero() {
		return
	}
	terms := c.Policy.categoryTerms(claim.Category)
	if terms == nil || len(terms.Years) == 0 {
		return
	}
	shortest, longest := slices.Min(terms.Years), slices.Max(terms.Years)
	if last := lastDay(claim.AroseOn, longest); !last.IsZero() && c.Date.After(last) {
		c.Report(codeLimitationExpired, "/aroseOn", terms.Provision,
			law.V("arose", claim.AroseOn), law.V("years", longest), law.V("last", last))
		return
	}
	if last := lastDay(claim.AroseOn, shortest); !last.IsZero() && c.Date.After(last) {
		c.Report(codeLimitationUnknown, "/aroseOn", terms.Provision,
			law.V("arose", claim.AroseOn), law.V("years", joinYears(terms.Years)), law.V("last", last))
	}
}

// lastDay gives the last day of a period of so many years after a day, the day itself not counted: the same day of the same
// month, and 28 February for a 29th that the last year lacks. It is zero past the end of dates.
func lastDay(day calendar.Date, years int) calendar.Date {
	y, m, d := day.Date()
	last, err := calendar.MakeDate(y+years, m, d)
	if err != nil {
		last, _ = calendar.MakeDate(y+years, m, d-1) // only a 29 February has no same day
	}
	return last
}

func joinYears(years []int) string {
	parts := make([]string, len(years))
	for i, y := range years {
		parts[i] = strconv.Itoa(y)
	}
	return strings.Join(parts, " / ")
}
