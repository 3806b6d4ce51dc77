package calendar

import (
	"strings"
	"time"

	"courts.example/eservices/icms/law"
)

// receiptSentence gives the words of a kind of step in the reason of a receipt.
func receiptSentence(kind string) law.Text {
	switch kind {
	case "received":
		return law.T("{office} ({reading}): it came in at {at}", "{office}（{reading}）：於{at}送達")
	case "open":
		return law.T("the office was open then: on {date} it is open {hours}", "辦事處當時開放：{date}的開放時間為{hours}")
	case "closing-instant-in":
		return law.T("{at} is the closing instant, which is still in time ({reading})", "{at}正是關閉一刻，仍屬及時（{reading}）")
	case "closing-instant-out":
		return law.T("{at} is the closing instant, at which the office is closed ({reading})", "{at}正是關閉一刻，辦事處已關閉（{reading}）")
	case "as-received":
		return law.T("so it counts at the instant at which it came in", "故以送達一刻為準")
	case "outside-hours":
		return law.T("{at} lies outside the hours of {date}, {hours}", "{at}並非{date}的開放時間（{hours}）")
	case "no-hours":
		return law.T("{date}: no opening hours ({day})", "{date}不開放（{day}）")
	case "holiday":
		return law.T("{date} is a holiday: {holiday}", "{date}為假日：{holiday}")
	case "closure":
		return law.T("the office was closed from {from} until {reopens}: {cause}", "辦事處由{from}至{reopens}關閉：{cause}")
	case "closure-unended":
		return law.T("the office is closed from {from} until further notice: {cause}", "辦事處由{from}起關閉，直至另行通知：{cause}")
	case "closed":
		return law.T("such times count as closed", "該等時間視為關閉時間")
	case "opens":
		return law.T("the office next opens at {at}: on {date} its hours are {hours}", "辦事處其後於{at}開放：{date}的開放時間為{hours}")
	case "announced-after-hours":
		return law.T("the court has announced that what comes in after the day's hours counts when the hours next begin",
			"法院已公布：於當日開放時間後送達者，於下一次開放時間開始時視為收到")
	case "announced-reopening":
		return law.T("the court has announced that what comes in while the office is closed counts when it reopens",
			"法院已公布：於辦事處關閉期間送達者，於重新開放時視為收到")
	case "not-in-force":
		return law.T("the rule was not in force then and is applied all the same", "該規則當時並未生效，仍予適用")
	case "deemed":
		return law.T("so it counts as received at {at}", "故視為於{at}收到")
	case "pending":
		return law.T("when it counts as received is known once the reopening is announced; until then the next regular opening is {regular}",
			"待公布重新開放時間後方可確定視為收到的時間；在此之前，下一次正常開放為{regular}")
	case "projected":
		return law.T("the holidays after {last} are found by rule, because no list of them is loaded", "{last}之後的假日按規則推算，因尚未載入公布的名單")
	}
	return nil
}

// limitSentence gives the words of a kind of step in the reason of an expiry.
func limitSentence(kind string) law.Text {
	switch kind {
	case "event":
		return law.T("{rule}: {days} days from {event}, a day that is not counted itself", "{rule}：由{event}起計{days}日，當日不計算在內")
	case "short":
		return law.T("in a period of at most {short} days the following days are not counted", "不超過{short}日的期間，下列日子不計算在內")
	case "holiday":
		return law.T("{date} is a holiday: {holiday}", "{date}為假日：{holiday}")
	case "weekday":
		return law.T("{date} is a {weekday}", "{date}為{weekday}")
	case "warning":
		return law.T("on {date} a warning was in force, from {from} until {until}: {warning}", "{date}有警告生效，由{from}至{until}：{warning}")
	case "warning-began":
		return law.T("on {date} a warning was in force, since {from}: {warning}", "{date}有警告生效，由{from}起：{warning}")
	case "warning-unended":
		return law.T("whether the warning in force since {from} goes on through {date} is not known: {warning}",
			"由{from}起生效的警告於{date}是否仍然生效，尚未知悉：{warning}")
	case "office-closed":
		return law.T("on {date} the office was closed through all its hours: {cause}", "{date}辦事處於全部開放時間均關閉：{cause}")
	case "no-hours":
		return law.T("on {date} the office had no hours", "{date}辦事處不開放")
	case "closure-unended":
		return law.T("whether the office opens on {date} is not announced: {cause}", "辦事處於{date}會否開放，尚未公布：{cause}")
	case "last-day":
		return law.T("the last day is {date}", "最後一日為{date}")
	case "not-last":
		return law.T("the period does not end on such a day but on the next other one, {date}", "期間不於該等日子屆滿，順延至其後首個其他日子{date}")
	case "projected":
		return receiptSentence("projected")
	case "pending":
		return law.T("so the last day is not known yet; if the days in doubt are ordinary ones it is {regular}",
			"故最後一日尚未能確定；如存疑的日子均屬普通日子，則為{regular}")
	case "expires":
		return law.T("so the period ends with {date}", "故期間於{date}終結時屆滿")
	}
	return nil
}

// weekdayName gives the name of a day of the week.
func weekdayName(d time.Weekday) law.Text {
	return law.T(d.String(), "星期"+[...]string{"日", "一", "二", "三", "四", "五", "六"}[d])
}

// sessionList writes sessions as "08:45-13:00, 14:00-17:30", those that run into one another as one.
func sessionList(sessions []Session) string {
	var b strings.Builder
	for i, s := range sessions {
		if i == 0 || sessions[i-1].Closes != s.Opens {
			if i > 0 {
				b.WriteString("-" + sessions[i-1].Closes.String() + ", ")
			}
			b.WriteString(s.Opens.String())
		}
		if i == len(sessions)-1 {
			b.WriteString("-" + s.Closes.String())
		}
	}
	return b.String()
}

// joinVersions names two versions of tables as one.
func joinVersions(a, b string) string {
	if a == "" || a == b {
		return b
	}
	if b == "" {
		return a
	}
	return a + "+" + b
}
