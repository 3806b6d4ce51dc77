package filing_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"courts.example/eservices/filing"
)

// chinese is a file in Traditional Chinese, headings and all. Some characters are of the Hong Kong supplementary set.
const chinese = "檔案編號,申索類別,申索款額,被告人姓名或名稱,被告人地址,申索詳情,款額計算方法\r\n" +
	"甲一,medical_charges,5,被告人一,九龍深水埗鴨寮街１號,未付醫療費用,共五元\r\n" +
	"甲二,medical_charges,6,被告人二,\"香港鰂魚涌,英皇道\r\n二樓\",未付醫療費用,共六元\r\n"

func encode(t testing.TB, e encoding.Encoding, text string) string {
	t.Helper()
	out, err := e.NewEncoder().String(text)
	require.NoError(t, err)
	return out
}

func TestCSVEncodings(t *testing.T) {
	utf16 := func(e unicode.Endianness) encoding.Encoding { return unicode.UTF16(e, unicode.UseBOM) }
	// Of the characters above, the encoder has no Big5 form for two that the supplementary set adds.
	plain := strings.NewReplacer("埗", "\uffff", "鰂", "\ufffe").Replace(chinese)
	big5 := strings.NewReplacer("\uffff", "\x96\xf5", "\ufffe", "\x91\x6f").Replace(encodeAround(t, plain))
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"UTF-8":           {chinese, nil},
		"UTF-8 with mark": {"\ufeff" + chinese, nil},
		"UTF-16LE":        {encode(t, utf16(unicode.LittleEndian), chinese), nil},
		"UTF-16BE":        {encode(t, utf16(unicode.BigEndian), chinese), nil},
		"Big5":            {big5, []string{"0 file.encoding.big5"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := readText(filing.CSV{}, c.text, filing.ReadOptions{})
			require.NoError(t, r.err)
			require.Equal(t, c.want, r.places())
			require.Len(t, r.rows, 2)
			require.Equal(t, "九龍深水埗鴨寮街１號", r.rows[0].Claim.Defendants[0].Address)
			require.Equal(t, "香港鰂魚涌,英皇道\r\n二樓", r.rows[1].Claim.Defendants[0].Address)
			require.Equal(t, []int{2, 3}, r.lines())
		})
	}
}

// encodeAround writes Big5 and leaves the two stand-ins as they are.
func encodeAround(t testing.TB, text string) string {
	t.Helper()
	var b strings.Builder
	for _, r := range text {
		if r == 0xffff || r == 0xfffe {
			b.WriteRune(r)
		} else {
			b.WriteString(encode(t, traditionalchinese.Big5, string(r)))
		}
	}
	return b.String()
}

// TestCSVOtherEncodings has files that are neither UTF-8 nor Big5, with English headings: what can't be read is a finding, and
// never read as something else.
func TestCSVOtherEncodings(t *testing.T) {
	row := func(name string) string { return heading + "\nA,c,5," + name + ",1 Road,Charges,Sum\n" }
	for name, text := range map[string]string{
		"Windows-1252":     encode(t, charmap.Windows1252, row("Café Élan and Müller")),
		"GBK":              encode(t, simplifiedchinese.GBK, row("被告人中国医院服务费用未付款项总额")),
		"damaged UTF-8":    strings.Replace(row("被告人一"), "告", "\xe5\x91", 1),
		"UTF-8 cut short":  strings.TrimSuffix(row("D"), ",Charges,Sum\n") + ",被,Sum\xe8\xa2",
		"damaged Big5":     strings.Replace(encode(t, traditionalchinese.Big5, row("被告人一二三四五六七八九十")), "\xa7", "\xff", 1),
		"a lone high byte": row("D\xa4"),
	} {
		t.Run(name, func(t *testing.T) {
			r := readText(filing.CSV{}, text, filing.ReadOptions{})
			require.NoError(t, r.err)
			require.NotEmpty(t, r.places())
			for _, place := range r.places() {
				require.Regexp(t, "^2 .* cell.encoding$", place)
			}
			require.NotEmpty(t, r.rows[0].Unread)
		})
	}
}

func TestCSVBrokenUTF16(t *testing.T) {
	text := encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), withRow("A1", "5"))
	broken := strings.Replace(text, "D\x00e\x00f\x00", "\x00\xd8e\x00f\x00", 1) // half of a pair
	r := readText(filing.CSV{}, broken, filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Equal(t, []string{"2 defendant_name cell.encoding"}, r.places())
}

// TestBig5IsNotGuessed has short texts that would decode as Big5; without a sign that it is Big5 they are not taken for it.
func TestBig5IsNotGuessed(t *testing.T) {
	for _, name := range []string{"\xe9toile", "na\xefve", "\xc9cole fran\xe7aise", "M\xfcller"} {
		r := readText(filing.CSV{}, heading+"\nA,c,5,"+name+",1 Road,Charges,Sum\n", filing.ReadOptions{})
		require.NoError(t, r.err)
		require.Equal(t, []string{"2 defendant_name cell.encoding"}, r.places(), "%q", name)
	}
}

// TestLongFileInUTF8 has a character across each border of the pieces in which a file is looked through.
func TestLongFileInUTF8(t *testing.T) {
	for shift := range 4 {
		text := heading + "\n" + "A,c,5," + strings.Repeat("x", shift) + strings.Repeat("被", 60_000) + ",1 Road,Charges,Sum\n"
		r := readText(filing.CSV{}, text, filing.ReadOptions{})
		require.NoError(t, r.err)
		require.Empty(t, r.places())
	}
}
