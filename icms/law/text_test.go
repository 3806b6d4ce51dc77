package law_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms/law"
)

func TestTextIn(t *testing.T) {
	both := law.T("court", "法院")
	require.Equal(t, "法院", both.In(law.TraditionalChinese))
	require.Equal(t, "court", both.In())
	require.Equal(t, "court", both.In("ga", law.English))
	require.Equal(t, "法院", both.In("ga", law.TraditionalChinese, law.English), "the first language that has words")
	require.Equal(t, "法院", law.T("", "法院").In(), "no English: whatever there is")
	require.Equal(t, "a", law.Text{"xb": "b", "xa": "a"}.In("ga"), "of several the first tag")
	require.Equal(t, "b", law.Text{"xb": "b", "xa": ""}.In())
	require.Empty(t, law.Text(nil).In(law.English))
	require.Empty(t, law.T("", "").In())
	require.Equal(t, []string{"en", "zh-Hant"}, both.Tags())
}

func TestTextFill(t *testing.T) {
	text := law.T("{who} owes {amount}, {who}! {missing} {", "{amount}：{who}")
	filled := text.Fill(law.V("who", "Defendant 0001"), law.V("amount", 75))
	require.Equal(t, "Defendant 0001 owes 75, Defendant 0001! {missing} {", filled.In())
	require.Equal(t, "75：Defendant 0001", filled.In(law.TraditionalChinese))
	require.Equal(t, "{who} owes {amount}, {who}! {missing} {", text.In(), "the text itself does not change")
	require.Nil(t, law.Text(nil).Fill(law.V("who", "x")))
	require.Equal(t, "{b}", law.T("{a}", "").Fill(law.V("a", "{b}"), law.V("b", "c")).In(), "text inside a value is not looked at again")
}

type amount int

func (a amount) String() string { return "HKD" }

func TestValue(t *testing.T) {
	at := time.Date(2026, 3, 2, 8, 45, 0, 5e8, time.FixedZone("", 8*3600))
	for want, of := range map[string]any{
		"": nil, "text": "text", "12": 12, "2026-03-02T08:45:00.5+08:00": at, "HKD": amount(1), "true": true, "court": law.T("court", "法院"),
	} {
		require.Equal(t, want, law.V("v", of).String())
	}
	says := law.T("{v} is open", "{v}開放")
	require.Equal(t, "法院開放", says.Fill(law.V("v", law.T("court", "法院"))).In(law.TraditionalChinese), "a text speaks the language of its sentence")
}

// Whatever is in a value comes out as it is, once for each placeholder, and nothing else changes.
func TestFillOfAnyValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.String().Draw(t, "value")
		before, after := rapid.StringMatching(`[^{}]*`).Draw(t, "before"), rapid.StringMatching(`[^{}]*`).Draw(t, "after")
		got := law.Text{law.English: before + "{v}" + after}.Fill(law.V("v", value)).In()
		require.Equal(t, before+value+after, got)
	})
}

func TestTextAsJSON(t *testing.T) {
	b, err := json.Marshal(law.T("court", "法院"))
	require.NoError(t, err)
	require.Equal(t, `{"en":"court","zh-Hant":"法院"}`, string(b))
}

// TestAnInstantIsReadAndProgrammed: in a sentence as people write it, by itself as programs read it.
func TestAnInstantIsReadAndProgrammed(t *testing.T) {
	at := time.Date(2026, 7, 21, 8, 45, 0, 0, time.FixedZone("HKT", 8*3600))
	says := law.T("received at {at}", "於 {at} 收到")
	require.Equal(t, law.T("received at 2026-07-21 08:45:00", "於 2026-07-21 08:45:00 收到"), says.Fill(law.V("at", at)))
	require.Equal(t, "2026-07-21T08:45:00+08:00", law.V("at", at).String())
	require.Equal(t, "received at 2026-07-21 00:45:00.0000005 UTC", says.Fill(law.V("at", at.UTC().Add(500))).In(law.English))
}
