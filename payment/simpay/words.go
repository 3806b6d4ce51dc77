package simpay

import "courts.example/eservices/payment"

// words are the words of the page in one language.
type words struct {
	Title, Trial, Amount, What, Reference, Until, State, Means     string
	Pay, Authorise, Ask, Process, Decline, Reason, Cancel, Abandon string
	Challenge, Pass, Fail, Again, Late, Back, Refused              string
}

func english() words {
	return words{
		Title: "SimPay: payment", Trial: "This is a trial. No money moves, and no card details are asked for.",
		Amount: "Amount", What: "For", Reference: "Reference", Until: "Pay before", State: "State", Means: "Pay by",
		Pay: "Approve the payment", Authorise: "Approve: hold the money", Ask: "Approve after proving who I am", Process: "Approve by a slow bank",
		Decline: "Decline", Reason: "Reason", Cancel: "Cancel and go back",
		Abandon:   "To abandon the payment, close this window: it ends by itself when the time is over.",
		Challenge: "Your bank asks: is it you who pays?", Pass: "Yes, it is me", Fail: "I can't prove it",
		Again: "Pay once more", Late: "Pay although it is over", Back: "Return to the merchant",
		Refused: "That was not possible any more. Nothing has changed.",
	}
}

func chinese() words {
	return words{
		Title: "SimPay：付款", Trial: "此為測試，並無真實款項轉移，亦不會要求任何卡資料。",
		Amount: "金額", What: "項目", Reference: "參考編號", Until: "付款限期", State: "狀況", Means: "付款方式",
		Pay: "確認付款", Authorise: "確認（只凍結款項）", Ask: "先核實身分再付款", Process: "經處理較慢的銀行付款",
		Decline: "拒絕付款", Reason: "原因", Cancel: "取消並返回",
		Abandon:   "如放棄付款，請關閉此視窗；限期屆滿後付款程序會自動結束。",
		Challenge: "發卡銀行查詢：是否由你本人付款？", Pass: "是，由本人付款", Fail: "未能核實身分",
		Again: "再次付款", Late: "逾時仍然付款", Back: "返回商戶",
		Refused: "現已不能進行此操作，並無任何變更。",
	}
}

// stateWords say the states of a session, in English and Chinese.
func stateWords(s payment.AttemptState) [2]string {
	switch s {
	case payment.AttemptPending:
		return [2]string{"waiting for you", "等候你付款"}
	case payment.AttemptProcessing:
		return [2]string{"with your bank", "銀行處理中"}
	case payment.AttemptAuthorised:
		return [2]string{"approved, the money is held", "已確認，款項已凍結"}
	case payment.AttemptSucceeded:
		return [2]string{"paid", "已付款"}
	case payment.AttemptFailed:
		return [2]string{"declined", "付款被拒"}
	case payment.AttemptCancelled:
		return [2]string{"cancelled", "已取消"}
	}
	return [2]string{"expired", "已逾時"}
}

// declineWords say the reasons of a decline, in English and Chinese.
func declineWords(d payment.Decline) [2]string {
	switch d {
	case payment.DeclineInsufficient:
		return [2]string{"not enough money", "款額不足"}
	case payment.DeclineLimit:
		return [2]string{"over the limit", "超出限額"}
	case payment.DeclineExpired:
		return [2]string{"card expired", "卡已過期"}
	case payment.DeclineAuth:
		return [2]string{"payer not proven", "未能核實付款人"}
	case payment.DeclineSuspected:
		return [2]string{"suspicious", "可疑交易"}
	case payment.DeclineOnHold:
		return [2]string{"account on hold", "帳戶被凍結"}
	case payment.DeclineClosed:
		return [2]string{"account closed", "帳戶已結束"}
	}
	return [2]string{"no reason given", "未有說明原因"}
}

// speak fills in the words: in the language asked for, or else the session's.
func (v *view) speak(asked string, refused bool) {
	if asked != "" {
		v.Lang = asked
	}
	v.Lang = language(v.Lang)
	n := 0
	v.T, v.Other, v.OtherName = english(), "zh-Hant", "中文"
	if v.Lang == "zh-Hant" {
		n = 1
		v.T, v.Other, v.OtherName = chinese(), "en", "English"
	}
	v.Words = stateWords(v.State)[n]
	for _, c := range declineCodes {
		v.Declines = append(v.Declines, option{c.reason, declineWords(c.reason)[n]})
	}
	if refused {
		v.Wrong = v.T.Refused
	}
}
