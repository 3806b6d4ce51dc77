package law_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms/law"
)

func confirmed(cite string) law.Provision {
	return law.Provision{Instrument: cite, Status: law.Confirmed}
}

func TestReasonStatusIsTheWeakest(t *testing.T) {
	step := func(s law.Status) law.Step { return law.Step{Provision: law.Provision{Instrument: "x", Status: s}} }
	plain := law.Step{Code: "sum"}
	require.Equal(t, law.Unstated, law.Reason{}.Status())
	require.Equal(t, law.Unstated, law.Reason{Steps: []law.Step{plain}}.Status(), "arithmetic alone states nothing")
	require.Equal(t, law.Confirmed, law.Reason{Steps: []law.Step{plain, step(law.Confirmed)}}.Status())
	require.Equal(t, law.Assumed, law.Reason{Steps: []law.Step{step(law.Confirmed), plain, step(law.Assumed), step(law.Inferred)}}.Status())
	require.Equal(t, law.Unstated, law.Reason{Steps: []law.Step{step(law.Confirmed), step(law.Unstated)}}.Status())
}

func TestReasonLine(t *testing.T) {
	r := law.Reason{Data: "v1", Steps: []law.Step{
		{Code: "base", Provision: confirmed("Fees Rules"), Says: law.T("the fee is {fee}", "費用為{fee}"), Values: []law.Value{law.V("fee", 120)}},
		{Code: "sum", Says: law.T("so {fee} is payable", "故須繳付{fee}"), Values: []law.Value{law.V("fee", 96)}},
	}}
	require.Equal(t, "the fee is 120 (Fees Rules, confirmed); so 96 is payable", r.String())
	require.Equal(t, "費用為120 (Fees Rules, confirmed); 故須繳付96", r.Line(law.TraditionalChinese))
	require.Empty(t, law.Reason{}.String())
}

func TestReasonAppend(t *testing.T) {
	a := law.Reason{Steps: make([]law.Step, 1, 8), Data: "v1"}
	b := law.Reason{Steps: []law.Step{{Code: "b"}}, Data: "v2"}
	c := law.Reason{Steps: []law.Step{{Code: "c"}}}
	joined := a.Append(b, c, law.Reason{Data: "v1"}, law.Reason{Data: "v2+v3"})
	require.Len(t, joined.Steps, 3)
	require.Equal(t, "v1+v2+v3", joined.Data)
	require.Equal(t, "v2", law.Reason{}.Append(b).Data)
	again := a.Append(c)
	require.Equal(t, "b", joined.Steps[1].Code, "two continuations of one reason do not share steps")
	require.Equal(t, "c", again.Steps[1].Code)
	require.Len(t, a.Steps, 1)
}

func TestReasonAsJSON(t *testing.T) {
	r := law.Reason{Data: "v1", Steps: []law.Step{
		{Code: "who", Provision: confirmed("Rules"), Says: law.T("{who} of {place}", "{place}的{who}"),
			Values: []law.Value{law.V("who", "{who}"), law.V("place", law.T("Sha Tin", "沙田"))}},
		{Code: "bare"},
	}}
	first, err := json.Marshal(r)
	require.NoError(t, err)
	require.Equal(t, `{"steps":[{"code":"who","provision":{"instrument":"Rules","status":"confirmed"},"text":{"en":"{who} of Sha Tin",`+
		`"zh-Hant":"沙田的{who}"},"values":{"place":"Sha Tin","who":"{who}"}},{"code":"bare"}],"data":"v1"}`, string(first))
	var back law.Reason
	require.NoError(t, json.Unmarshal(first, &back))
	require.Equal(t, "{who} of Sha Tin", back.Steps[0].Text().In(), "braces that came from a value are not filled again")
	second, err := json.Marshal(back)
	require.NoError(t, err)
	require.Equal(t, string(first), string(second))
	require.Equal(t, r.String(), back.String())
	require.Equal(t, r.Status(), back.Status())

	empty, err := json.Marshal(law.Reason{})
	require.NoError(t, err)
	require.Equal(t, `{"steps":[]}`, string(empty))
	for _, bad := range []string{`[]`, `{"steps":[{"provision":{"status":"certain"}}]}`, `{"steps":1}`} {
		untouched := r
		require.Error(t, json.Unmarshal([]byte(bad), &untouched))
		require.Equal(t, r, untouched)
	}
}

// Any reason keeps its bytes when it is written, read and written again.
func TestReasonRoundTrip(t *testing.T) {
	texts := rapid.MapOfN(rapid.SampledFrom([]string{"en", "zh-Hant", "ga"}), rapid.String(), 0, 3)
	rapid.Check(t, func(t *rapid.T) {
		var r law.Reason
		r.Data = rapid.String().Draw(t, "data")
		for range rapid.IntRange(0, 4).Draw(t, "steps") {
			s := law.Step{Code: rapid.String().Draw(t, "code"), Says: texts.Draw(t, "says")}
			s.Provision.Instrument = rapid.String().Draw(t, "instrument")
			s.Provision.Status = law.Status(rapid.IntRange(0, 4).Draw(t, "status"))
			for range rapid.IntRange(0, 3).Draw(t, "values") {
				s.Values = append(s.Values, law.V(rapid.StringMatching(`[a-z]{1,3}`).Draw(t, "name"), rapid.String().Draw(t, "value")))
			}
			r.Steps = append(r.Steps, s)
		}
		first, err := json.Marshal(r)
		require.NoError(t, err)
		var back law.Reason
		require.NoError(t, json.Unmarshal(first, &back))
		second, err := json.Marshal(back)
		require.NoError(t, err)
		require.Equal(t, string(first), string(second))
	})
}

func FuzzReason(f *testing.F) {
	f.Add([]byte(`{"steps":[{"code":"a","text":{"en":"{b}"},"values":{"b":"c"}}],"data":"v1"}`))
	f.Add([]byte(`{"steps":[{"code":"a","provision":{"instrument":"x","status":"assumed","from":"2024-10-31T00:00:00+08:00"}}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var r law.Reason
		if json.Unmarshal(b, &r) != nil {
			return
		}
		first, err := json.Marshal(r)
		require.NoError(t, err)
		var back law.Reason
		require.NoError(t, json.Unmarshal(first, &back))
		second, err := json.Marshal(back)
		require.NoError(t, err)
		require.Equal(t, string(first), string(second))
		require.NotPanics(t, func() { _ = r.String() })
	})
}
