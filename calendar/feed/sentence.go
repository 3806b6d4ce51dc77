package feed

import (
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// Text says the difference in words.
func (d Difference) Text() law.Text {
	values := []law.Value{law.V("date", d.Date), law.V("known", name(d.Known)), law.V("listed", name(d.Listed))}
	switch {
	case d.Kind == Added:
		return law.T("{date}: the list has a holiday that is not known: {listed}", "{date}：名單載有未知的假日：{listed}").Fill(values...)
	case d.Kind == Missing && d.Known != nil && d.Known.Projected:
		return law.T("{date}: the list lacks a holiday that follows by rule: {known}", "{date}：名單欠缺按規則推算的假日：{known}").Fill(values...)
	case d.Kind == Missing:
		return law.T("{date}: the list lacks a holiday that is known: {known}", "{date}：名單欠缺已知的假日：{known}").Fill(values...)
	}
	return law.T("{date}: the list calls {listed} what is known as {known}", "{date}：名單稱為{listed}，已知名稱為{known}").Fill(values...)
}

func name(h *calendar.Holiday) law.Text {
	if h == nil {
		return nil
	}
	return h.Name
}

// sentence gives the words of a kind of exported event, or of a day of the week.
func sentence(kind string) law.Text {
	switch kind {
	case "colon":
		return law.T(": ", "：")
	case "open":
		return law.T("open", "開放")
	case "closed":
		return law.T("closed ({why})", "不開放（{why}）")
	case "special":
		return law.T("hours of that day only: {title}", "當日特別開放時間：{title}")
	case "closure":
		return law.T("closed from {from} until {reopens}: {why}", "由{from}至{reopens}關閉：{why}")
	case "closure-unended":
		return law.T("closed from {from} until further notice: {why}", "由{from}起關閉，直至另行通知：{why}")
	case "projected":
		return law.T("the holidays of that year are found by rule, because no list of them is loaded", "該年的假日按規則推算，因尚未載入公布的名單")
	case "unstated":
		return law.T("no cause is stated", "未有說明原因")
	}
	return weekday(kind)
}

func weekday(name string) law.Text {
	for d, han := range []string{"日", "一", "二", "三", "四", "五", "六"} {
		if w := time.Weekday(d).String(); w == name {
			return law.T("no opening hours on a "+w, "星期"+han+"不設開放時間")
		}
	}
	return nil
}
