package filing_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
)

// TestAmounts reads amounts as people write them: the right amount, or a finding.
func TestAmounts(t *testing.T) {
	for _, c := range []struct{ currency, text, want string }{
		{"HKD", "1234.5", "HKD 1234.50"},
		{"HKD", "0", "HKD 0.00"},
		{"HKD", "007", "HKD 7.00"},
		{"HKD", "1,234.50", "HKD 1234.50"},
		{"HKD", "1,234,567.89", "HKD 1234567.89"},
		{"HKD", "12,345", "HKD 12345.00"},
		{"HKD", "HK$1234.5", "HKD 1234.50"},
		{"HKD", "hk$ 1,234.5", "HKD 1234.50"},
		{"HKD", "HKD 1,234.50", "HKD 1234.50"},
		{"HKD", "HKD1234.50", "HKD 1234.50"},
		{"HKD", "1234.50 HKD", "HKD 1234.50"},
		{"HKD", "$1,234.50", "HKD 1234.50"},
		{"HKD", "HKD $1,234.50", "HKD 1234.50"},
		{"HKD", "1234.50元", "HKD 1234.50"},
		{"HKD", "１，２３４．５０", "HKD 1234.50"},
		{"HKD", "ＨＫ＄１２３４．５", "HKD 1234.50"},
		{"HKD", "\u00a01234.50\u3000", "HKD 1234.50"},
		{"HKD", "12.5000", "HKD 12.50"},
		{"HKD", "-5", "HKD -5.00"},
		{"HKD", "(1,234.50)", "HKD -1234.50"},
		{"HKD", "HK$-5", "HKD -5.00"},
		{"HKD", "-HK$5", "HKD -5.00"},
		{"HKD", "−5.00", "HKD -5.00"},
		{"HKD", "USD 5", "USD 5.00"},
		{"HKD", "US$5.25", "USD 5.25"},
		{"HKD", "£5", "GBP 5.00"},
		{"HKD", "92233720368547758.07", "HKD 92233720368547758.07"},
		{"JPY", "¥1,234", "JPY 1234"},
		{"KWD", "1.234", "KWD 1.234"},
		{"KWD", "1,234,567", "KWD 1234567.000"},
		{"", "HKD 5", "HKD 5.00"},

		{"HKD", "abc", "cell.amount.invalid"},
		{"HKD", "HKD", "cell.amount.invalid"},
		{"HKD", "1 234.50", "cell.amount.invalid"},
		{"HKD", "1'234.50", "cell.amount.invalid"},
		{"HKD", "5.", "cell.amount.invalid"},
		{"HKD", ".5", "cell.amount.invalid"},
		{"HKD", "--5", "cell.amount.invalid"},
		{"HKD", "5 dollars", "cell.amount.invalid"},
		{"HKD", "5-6", "cell.amount.invalid"},
		{"HKD", "0x10", "cell.amount.invalid"},
		{"HKD", "NaN", "cell.amount.invalid"},
		{"HKD", "五十元", "cell.amount.invalid"},
		{"HKD", "1.234,50", "cell.amount.ambiguous"},
		{"HKD", "1.234.567", "cell.amount.ambiguous"},
		{"HKD", "1.234", "cell.amount.ambiguous"},
		{"HKD", "12.500", "cell.amount.ambiguous"},
		{"HKD", "1,23", "cell.amount.ambiguous"},
		{"HKD", "1,23,456.00", "cell.amount.ambiguous"},
		{"HKD", "1,2345", "cell.amount.ambiguous"},
		{"HKD", ",234", "cell.amount.ambiguous"},
		{"KWD", "1,234", "cell.amount.ambiguous"},
		{"HKD", "1.2E+05", "cell.amount.scientific"},
		{"HKD", "1e5", "cell.amount.scientific"},
		{"HKD", "1.2345", "cell.amount.decimals"},
		{"HKD", "0.005", "cell.amount.decimals"},
		{"HKD", "1200.005", "cell.amount.decimals"},
		{"HKD", "1,200.005", "cell.amount.decimals"},
		{"JPY", "1.5", "cell.amount.decimals"},
		{"", "5", "cell.amount.currency"},
		{"HKD", "¥5", "cell.amount.currency"},
		{"JPY", "$5", "cell.amount.currency"},
		{"HKD", "92233720368547758.08", "cell.amount.range"},
		{"HKD", "99999999999999999999999999", "cell.amount.range"},
		{"HKD", "#REF!", "cell.error"},
		{"HKD", "########", "cell.error"},
	} {
		t.Run(c.currency+"/"+c.text, func(t *testing.T) {
			var r reading
			o := filing.ReadOptions{Currency: c.currency}
			for row, err := range (filing.CSV{}).Read(t.Context(), fileOf("a.csv", withRow("A1", `"`+c.text+`"`)), o) {
				require.NoError(t, err)
				r.rows = append(r.rows, row)
			}
			require.Len(t, r.rows, 1)
			if found := r.rows[0].Findings; len(found) > 0 {
				require.Equal(t, c.want, string(found[0].Code))
				require.Equal(t, []string{"/amount"}, r.rows[0].Unread)
				require.Zero(t, r.rows[0].Claim.Amount)
				return
			}
			require.Equal(t, c.want, r.rows[0].Claim.Amount.String())
		})
	}
}

func TestDates(t *testing.T) {
	const day, month = filing.DayFirst, filing.MonthFirst
	for _, c := range []struct {
		order      filing.DateOrder
		text, want string
	}{
		{0, "2026-03-02", "2026-03-02"},
		{0, "2026/3/2", "2026-03-02"},
		{0, "2026.03.02", "2026-03-02"},
		{0, "20260302", "2026-03-02"},
		{0, "2026年3月2日", "2026-03-02"},
		{0, "2026 年 3 月 2 日", "2026-03-02"},
		{0, "２０２６－０３－０２", "2026-03-02"},
		{0, "2 Mar 2026", "2026-03-02"},
		{0, "2-March-2026", "2026-03-02"},
		{0, "Mar 2, 2026", "2026-03-02"},
		{0, "2026-03-02 00:00:00", "2026-03-02"},
		{0, "2026-03-02T15:04", "2026-03-02"},
		{0, "13/04/2026", "2026-04-13"},
		{0, "04/13/2026", "2026-04-13"},
		{0, "5/5/2026", "2026-05-05"},
		{day, "03/04/2026", "2026-04-03"},
		{month, "03/04/2026", "2026-03-04"},
		{day, "04/13/2026", "2026-04-13"},
		{month, "13/04/2026", "2026-04-13"},
		{day, "3.4.2026", "2026-04-03"},

		{0, "03/04/2026", "cell.date.ambiguous"},
		{0, "3-4-2026", "cell.date.ambiguous"},
		{0, "2026-02-30", "cell.date.invalid"},
		{0, "31/04/2026", "cell.date.invalid"},
		{0, "13/13/2026", "cell.date.invalid"},
		{0, "02/03/26", "cell.date.invalid"},
		{0, "2-Mar-26", "cell.date.invalid"},
		{0, "2026-03-02T15:04:05Z", "cell.date.invalid"},
		{0, "March 2026", "cell.date.invalid"},
		{0, "yesterday", "cell.date.invalid"},
		{0, "0/0/2026", "cell.date.invalid"},
		{0, "1234", "cell.date.invalid"},
		{0, "2026年3月", "cell.date.invalid"},
		{0, "99999999999999999999/1/1", "cell.date.invalid"},
	} {
		t.Run(c.text, func(t *testing.T) {
			r := readText(filing.CSV{}, withColumn("arose_on", `"`+c.text+`"`), filing.ReadOptions{Dates: c.order})
			require.NoError(t, r.err)
			if found := r.rows[0].Findings; len(found) > 0 {
				require.Equal(t, c.want, string(found[0].Code))
				require.Equal(t, []string{"/aroseOn"}, r.rows[0].Unread)
				return
			}
			require.Equal(t, c.want, r.rows[0].Claim.AroseOn.String())
		})
	}
}

func TestDateNumbersInText(t *testing.T) {
	r := readText(filing.CSV{}, withColumn("arose_on", "46083"), filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Equal(t, []string{"2 arose_on cell.date.serial"}, r.places())
	require.Equal(t, filing.Warning, r.rows[0].Findings[0].Severity)
	require.Equal(t, "2026-03-02", r.rows[0].Claim.AroseOn.String())
	require.Empty(t, r.rows[0].Unread)
	require.Equal(t, "46083 is the number by which a spreadsheet holds a date; it was read as 2026-03-02.", r.rows[0].Findings[0].Text()["en"])
}

func TestReferences(t *testing.T) {
	for text, want := range map[string]string{
		"8.12E+11": "2 reference cell.reference.scientific",
		"1E-05":    "2 reference cell.reference.scientific",
		"2-Jan":    "2 reference cell.reference.date",
		"Jan-26":   "2 reference cell.reference.date",
		"1E5":      "",
		"INV-E+1":  "",
		"00012":    "",
		"#12":      "",
		"#N/A":     "2 reference cell.error",
	} {
		r := readText(filing.CSV{}, withRow(text, "5"), filing.ReadOptions{})
		require.NoError(t, r.err)
		if want == "" {
			require.Empty(t, r.places(), text)
			require.Equal(t, text, r.rows[0].Claim.Reference)
			continue
		}
		require.Equal(t, []string{want}, r.places(), text)
	}
}

func TestReferencesThatLostZeros(t *testing.T) {
	for name, c := range map[string]struct {
		references []string
		want       []string
	}{
		"one is shorter":   {[]string{"12345678", "22345678", "32345678", "234567", "42345678"}, []string{"5 reference cell.reference.zeros"}},
		"too few before":   {[]string{"12345678", "22345678", "234567"}, nil},
		"short numbers":    {[]string{"101", "102", "103", "99"}, nil},
		"growing":          {[]string{"999997", "999998", "999999", "1000000", "999996"}, nil},
		"zeros are kept":   {[]string{"01234567", "01234568", "01234569", "0123456"}, nil},
		"not only digits":  {[]string{"A1234567", "A1234568", "A1234569", "A123"}, nil},
		"mixed with words": {[]string{"12345678", "X", "22345678", "32345678", "234567"}, []string{"6 reference cell.reference.zeros"}},
	} {
		text := heading + "\n"
		for _, reference := range c.references {
			text += reference + ",c,5" + rest + "\n"
		}
		r := readText(filing.CSV{}, text, filing.ReadOptions{})
		require.NoError(t, r.err)
		require.Equal(t, c.want, r.places(), name)
	}
}

func TestWordsOfTheTemplates(t *testing.T) {
	for text, want := range map[string]filing.PartyKind{"Person": filing.Person, "公司": filing.Company, "BODY": filing.Body, "robot": "robot", "": ""} {
		r := readText(filing.CSV{}, withColumn("defendant_kind", text), filing.ReadOptions{})
		require.Empty(t, r.places())
		require.Equal(t, want, r.rows[0].Claim.Defendants[0].Kind)
	}
	for text, want := range map[string]string{"English": "en", "中文": "zh-Hant", "zh-HK": "zh-Hant", "fr": "fr", "Klingon": "Klingon", "": ""} {
		r := readText(filing.CSV{}, withColumn("language", text), filing.ReadOptions{})
		require.Empty(t, r.places())
		require.Equal(t, want, r.rows[0].Claim.Language)
	}
}

func TestDefendantsKeepTheirPlaces(t *testing.T) {
	r := readText(filing.CSV{}, withColumn("defendant2_name,defendant3_name,defendant4_name", ",Third,"), filing.ReadOptions{})
	require.NoError(t, r.err)
	names := []string{}
	for _, d := range r.rows[0].Claim.Defendants {
		names = append(names, d.Name)
	}
	require.Equal(t, []string{"Defendant 0001", "", "Third"}, names, "the gap stays, for a rule to refuse; the empty end is nobody")
}
