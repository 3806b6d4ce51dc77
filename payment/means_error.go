package payment

import (
	"strings"

	"courts.example/eservices/icms/law"
)

// MeansRefusal says why a payment can't be made by some means.
type MeansRefusal string

// The refusals.
const (
	// NotOffered: the court has never taken these means, as far as the policy goes.
	NotOffered MeansRefusal = "not-offered"
	// NotYet and NoMore: it will from an instant on, or did until one.
	NotYet MeansRefusal = "not-yet"
	NoMore MeansRefusal = "no-more"
	// BelowMin and AboveMax: the amount is outside a limit that is known.
	BelowMin MeansRefusal = "below-min"
	AboveMax MeansRefusal = "above-max"
	// RegisteredOnly: an unregistered payer may pay only some things, or nothing, by these means.
	RegisteredOnly MeansRefusal = "registered-only"
)

// MeansError says that a payment can't be made by the means that were chosen, why, and what else would do.
type MeansError struct {
	Refusal MeansRefusal
	Use     MeansUse
	// Rule is the rule that refuses; the next to begin for NotYet, the last to have ended for NoMore, the zero rule for NotOffered.
	Rule MeansRule
	// Others are the means by which the same payer can make the same payment.
	Others []Offer
}

// Error gives the words for the payer in English, with the rule's source.
func (e *MeansError) Error() string { return "payment: " + e.Reason().String() }

// Text gives the words for the payer in English and Traditional Chinese: the means, the court, why, and what to do.
func (e *MeansError) Text() law.Text { return e.Reason().Steps[0].Text() }

// Reason gives the words with the rule's provision, as one step with the code "means." and the refusal.
func (e *MeansError) Reason() law.Reason {
	values := []law.Value{
		law.V("means", e.name()), law.V("court", e.Use.place()), law.V("amount", e.Use.Amount), law.V("earlier", e.Use.Earlier),
		law.V("from", instant(e.Rule.From)), law.V("until", instant(e.Rule.Until)), law.V("least", e.Rule.Min), law.V("most", e.Rule.Max),
		law.V("purposes", purposeNames(e.Rule.Unregistered)), law.V("others", offerNames(e.Others)),
	}
	says := e.says()
	remedy := e.remedy()
	for tag := range says {
		says[tag] += remedy[tag]
	}
	return law.Reason{Steps: []law.Step{{
		Code: "means." + string(e.Refusal), Provision: e.Rule.Provision, Says: says, Values: used(says, values),
	}}}
}

// used keeps the values that the sentence has places for.
func used(says law.Text, values []law.Value) []law.Value {
	var kept []law.Value
	for _, v := range values {
		if strings.Contains(says.In(), "{"+v.Name+"}") {
			kept = append(kept, v)
		}
	}
	return kept
}

// name is the label of the means.
func (e *MeansError) name() law.Text {
	if e.Refusal == NotOffered {
		return e.Use.Means.Name()
	}
	return e.Rule.name()
}

// says gives the sentence that tells why.
func (e *MeansError) says() law.Text {
	switch e.Refusal {
	case NotYet:
		return law.T("{means} can be used for payments to {court} from {from}.", "{court}由 {from} 起接受以{means}付款。")
	case NoMore:
		return law.T("{means} can no longer be used for payments to {court}; it could until {until}.",
			"{court}已不再接受以{means}付款，有關安排於 {until} 終止。")
	case BelowMin:
		return law.T("{means}: a payment to {court} is at least {least}; this one is {amount}.",
			"以{means}向{court}付款，每次不得少於 {least}；這次是 {amount}。")
	case AboveMax:
		return e.aboveMax()
	case RegisteredOnly:
		if len(e.Rule.Unregistered) == 0 {
			return law.T("{means} is for payments of registered users to {court} only.", "只有登記用戶可以{means}向{court}付款。")
		}
		return law.T("Without registration, {means} can be used for payments to {court} of these kinds only: {purposes}.",
			"未經登記者以{means}向{court}付款，只限：{purposes}。")
	default:
		return law.T("{means} can't be used for payments to {court}.", "{court}不接受以{means}付款。")
	}
}

func (e *MeansError) aboveMax() law.Text {
	switch {
	case e.Rule.Per == PerDay && e.Use.Earlier.Sign() > 0:
		return law.T("{means}: payments to {court} on one day are at most {most}; {earlier} was paid earlier, and this one is {amount}.",
			"以{means}向{court}付款，每日不得超過 {most}；當日較早前已付 {earlier}，這次是 {amount}。")
	case e.Rule.Per == PerDay:
		return law.T("{means}: payments to {court} on one day are at most {most}; this one is {amount}.",
			"以{means}向{court}付款，每日不得超過 {most}；這次是 {amount}。")
	default:
		return law.T("{means}: a payment to {court} is at most {most}; this one is {amount}.",
			"以{means}向{court}付款，每次不得超過 {most}；這次是 {amount}。")
	}
}

// remedy gives the sentence that tells what to do.
func (e *MeansError) remedy() law.Text {
	switch {
	case e.Refusal == RegisteredOnly && len(e.Others) > 0:
		return law.T(" Please sign in or register first, or choose another way to pay: {others}.", "請先登入或登記，或選用其他付款方式：{others}。")
	case e.Refusal == RegisteredOnly:
		return law.T(" Please sign in or register first.", "請先登入或登記。")
	case len(e.Others) > 0:
		return law.T(" Please choose another way to pay: {others}.", "請選用其他付款方式：{others}。")
	default:
		return law.T(" Please ask the court how this can be paid.", "請向法院查詢付款方法。")
	}
}

// purposeNames and offerNames list labels in both languages.
func purposeNames(purposes []PayerPurpose) law.Text {
	names := make([]law.Text, len(purposes))
	for i, p := range purposes {
		if names[i] = p.Name; p.Name.In() == "" {
			names[i] = law.T(p.Purpose, p.Purpose)
		}
	}
	return listed(names)
}

func offerNames(offers []Offer) law.Text {
	names := make([]law.Text, len(offers))
	for i, o := range offers {
		names[i] = o.Name
	}
	return listed(names)
}

func listed(names []law.Text) law.Text {
	en, zh := make([]string, len(names)), make([]string, len(names))
	for i, name := range names {
		en[i], zh[i] = name.In(law.English), name.In(law.TraditionalChinese)
	}
	return law.T(strings.Join(en, ", "), strings.Join(zh, "、"))
}
