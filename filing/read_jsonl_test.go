package filing_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/money"
)

func TestJSONReadsWholeClaim(t *testing.T) {
	text := `{"reference":"A-1","category":"medical_charges","amount":"HKD 1234.50","abandoned":10.5,"defendants":[` +
		`{"name":"Defendant 0001","chineseName":"被告人一","address":"1 Road\nKowloon","kind":"company"},{"name":"Defendant \"0002\"","address":""}],` +
		`"nature":"services","particulars":"\u672a\u4ed8 \ud83d\ude00","calculation":"2 x 617.25","aroseOn":"2026-03-02",` +
		` "representative" : null , "language":"zh-Hant","documents":["a.pdf","b c.pdf"]}`
	r := readText(filing.JSONLines{}, text, filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Empty(t, r.places())
	hkd := money.MustCurrency("HKD")
	require.Equal(t, filing.Claim{
		Reference: "A-1", Category: "medical_charges", Amount: money.New(123450, hkd), Abandoned: money.New(1050, hkd),
		Defendants: []filing.Party{
			{Name: "Defendant 0001", Chinese: "被告人一", Address: "1 Road\nKowloon", Kind: filing.Company},
			{Name: `Defendant "0002"`},
		},
		Nature: "services", Particulars: "未付 😀", Calculation: "2 x 617.25", AroseOn: calendar.MustDate("2026-03-02"),
		Language: "zh-Hant", Documents: []string{"a.pdf", "b c.pdf"},
	}, r.rows[0].Claim)
	require.Nil(t, r.rows[0].Column)
}

func TestJSONLines(t *testing.T) {
	claim := `{"reference":"A","amount":5}`
	for name, c := range map[string]struct {
		text string
		want []int
	}{
		"LF":          {claim + "\n" + claim + "\n", []int{1, 2}},
		"CRLF":        {claim + "\r\n" + claim, []int{1, 2}},
		"blank lines": {"\n \n" + claim + "\n\n\t\n" + claim + "\n\n", []int{3, 6}},
		"mark":        {"\ufeff" + claim, []int{1}},
		"spaces":      {"  { \"reference\" : \"A\" ,\t\"amount\" : 5 }  \n", []int{1}},
		"nothing":     {"\n", nil},
	} {
		r := readText(filing.JSONLines{}, c.text, filing.ReadOptions{})
		require.NoError(t, r.err, name)
		require.Empty(t, r.places(), name)
		require.Equal(t, c.want, r.lines(), name)
	}
}

func TestJSONFindings(t *testing.T) {
	deep := strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000)
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"unknown":              {`{"reference":"A","colour":{"a":[1,"]"]},"amount":5}`, []string{"1 /colour json.member.unknown"}},
		"unknown of defendant": {`{"defendants":[{"name":"D","a/b":1}]}`, []string{"1 /defendants/0/a~1b json.member.unknown"}},
		"other case":           {`{"Reference":"A"}`, []string{"1 /Reference json.member.unknown"}},
		"twice":                {`{"reference":"A","reference":"B"}`, []string{"1 /reference json.member.duplicate"}},
		"twice by escape":      {`{"reference":"A","\u0072eference":"B"}`, []string{"1 /reference json.member.duplicate"}},
		"list twice":           {`{"defendants":[],"defendants":[]}`, []string{"1 /defendants json.member.duplicate"}},
		"twice of defendant":   {`{"defendants":[{"name":"D","name":"E"}]}`, []string{"1 /defendants/0/name json.member.duplicate"}},
		"wrong kinds":          {`{"reference":5,"category":true,"defendants":{},"documents":"a","aroseOn":20260302}`, []string{"1 /reference json.member.type", "1 /category json.member.type", "1 /defendants json.member.type", "1 /documents json.member.type", "1 /aroseOn json.member.type"}},
		"wrong elements":       {`{"defendants":[5,{"name":[]}],"documents":["a",5]}`, []string{"1 /defendants/0 json.member.type", "1 /defendants/1/name json.member.type", "1 /documents/1 json.member.type"}},
		"no object":            {`{"reference":"A"}` + "\n[1]\n5\ntrue\nnull", []string{"2 json.not-object", "3 json.not-object", "4 json.not-object", "5 json.not-object"}},
		"cut":                  {`{"reference":"A`, []string{"1 json.syntax"}},
		"trailing":             {`{"reference":"A"} {"reference":"B"}`, []string{"1 json.syntax"}},
		"comma":                {`{"reference":"A",}`, []string{"1 json.syntax"}},
		"raw control":          {"{\"reference\":\"A\x01\"}", []string{"1 json.syntax"}},
		"too deep":             {`{"reference":` + deep + `}`, []string{"1 json.syntax"}},
		"deep":                 {`{"reference":` + deep[15_000:25_000] + `}`, []string{"1 /reference json.member.type"}},
		"broken UTF-8":         {"{\"reference\":\"A\"}\n{\"reference\":\"\xff\"}", []string{"2 cell.encoding"}},
		"half a pair":          {`{"reference":"\ud800"}`, []string{"1 /reference cell.encoding"}},
		"exponent":             {`{"amount":1.2E5}`, []string{"1 /amount cell.amount.scientific"}},
		"fraction":             {`{"amount":0.1234}`, []string{"1 /amount cell.amount.decimals"}},
		"float noise":          {`{"amount":0.30000000000000004}`, []string{"1 /amount cell.amount.decimals"}},
		"point":                {`{"amount":1.234}`, []string{"1 /amount cell.amount.decimals"}},
		"too many digits":      {`{"amount":123456789012345678901234567890}`, []string{"1 /amount cell.amount.range"}},
		"amount of words":      {`{"amount":"five","abandoned":[]}`, []string{"1 /amount cell.amount.invalid", "1 /abandoned json.member.type"}},
		"no date":              {`{"aroseOn":"2026-02-30"}`, []string{"1 /aroseOn cell.date.invalid"}},
		"too long":             {`{"reference":"` + strings.Repeat("x", 300_000) + `"}` + "\n" + `{"reference":"B"}`, []string{"1 row.too-large"}},
		"too long, later":      {`{"reference":"B"}` + "\n" + strings.Repeat(" ", 600_000) + "\n" + `{"reference":"C"}`, []string{"2 row.too-large"}},
		"control character":    {`{"reference":"a\u0000b"}`, nil}, // for the rules to refuse
	} {
		t.Run(name, func(t *testing.T) {
			r := readText(filing.JSONLines{}, c.text, filing.ReadOptions{})
			require.NoError(t, r.err)
			require.Equal(t, c.want, r.places())
		})
	}
}

func TestJSONExactNumbers(t *testing.T) {
	r := readText(filing.JSONLines{}, `{"amount":92233720368547758.07}`+"\n"+`{"amount":-0.10}`+"\n"+`{"amount":""}`, filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Empty(t, r.places())
	require.Equal(t, "HKD 92233720368547758.07", r.rows[0].Claim.Amount.String(), "no float has touched it")
	require.Equal(t, "HKD -0.10", r.rows[1].Claim.Amount.String())
	require.Zero(t, r.rows[2].Claim.Amount)
}

func TestJSONSyntaxSaysWhere(t *testing.T) {
	r := readText(filing.JSONLines{}, `{"reference":"A" "amount":5}`, filing.ReadOptions{})
	require.Equal(t, []string{""}, r.rows[0].Unread)
	require.Equal(t, "The line is not one JSON value: invalid character '\"' after object key:value pair (byte 18).", r.rows[0].Findings[0].Text()["en"])
}

func TestJSONUnreadable(t *testing.T) {
	for text, says := range map[string]string{
		"":                         "is empty",
		"[{\"reference\":\"A\"}]":  "one JSON list",
		"{\n \"reference\": \"A\"": "several lines",
		"reference,amount\nA,5\n":  "does not begin with a JSON object",
		"PK\x03\x04":               "Excel workbook",
		"\xff\xfe{\x00":            "UTF-16",
	} {
		r := readText(filing.JSONLines{}, text, filing.ReadOptions{})
		require.ErrorIs(t, r.err, filing.ErrUnreadable, text)
		require.ErrorContains(t, r.err, says)
	}
}
