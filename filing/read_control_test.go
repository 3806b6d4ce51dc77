package filing_test

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"courts.example/eservices/filing"
)

func hashOf(text string) string { return fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(text))) }

func TestCSVControlTotals(t *testing.T) {
	body := withRow("A1", "5")
	for name, header := range map[string]string{
		"plain":             "#claims,1\n#total,HKD 1234.50\n#hash," + hashOf(body) + "\n",
		"as a spreadsheet":  "#claims,1,,,,\r\n#total,\"1,234.50\",,,,\r\n#hash," + hashOf(body) + ",,,,\r\n",
		"other order, caps": "#Hash," + hashOf(body) + "\r#TOTAL, HK$1234.5 \r#Claims,1\r",
		"blank lines":       "\n#claims,1\n\n#total,1234.50\n#hash," + hashOf(body) + "\n",
		"with a separator":  "sep=,\n#claims,1\n#total,1234.50\n#hash," + hashOf(body) + "\n",
		"a mark":            "\ufeff#claims,1\n#total,1234.50\n#hash," + hashOf(body) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			r := readText(filing.CSV{}, header+body, filing.ReadOptions{})
			require.NoError(t, r.err)
			require.Empty(t, r.places())
			require.Equal(t, 1, r.control.Claims)
			require.True(t, r.control.HasClaims)
			require.True(t, r.control.HasTotal)
			require.Equal(t, "HKD 1234.50", r.control.Total.String())
			require.Equal(t, hashOf(body), r.control.Hash)
			require.Len(t, r.rows, 1)
		})
	}
}

// TestHashCoversTheBytesOfTheFile states hashes of bytes in other charsets: what is hashed is the file and not its text.
func TestHashCoversTheBytesOfTheFile(t *testing.T) {
	for name, enc := range map[string]func(string) string{
		"UTF-16LE": func(s string) string {
			return encode(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), s)
		},
		"UTF-16BE": func(s string) string { return encode(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), s) },
		"Big5":     func(s string) string { return encode(t, traditionalchinese.Big5, s) },
	} {
		mark := map[string]string{"UTF-16LE": "\xff\xfe", "UTF-16BE": "\xfe\xff"}[name]
		body := enc("檔案編號,amount\r\n申索一號未付費用,5\r\n")
		for _, end := range []string{"\r\n", "\n", "\r"} {
			r := readText(filing.CSV{}, mark+enc("#claims,1"+end+"#hash,"+hashOf(body)+end)+body, filing.ReadOptions{})
			require.NoError(t, r.err)
			require.NotContains(t, r.places(), "2 control.hash.mismatch", "%s %q", name, end)
			require.Len(t, r.rows, 1)
			r = readText(filing.CSV{}, mark+enc("#claims,1"+end+"#hash,"+hashOf(body+"x")+end)+body, filing.ReadOptions{})
			require.Contains(t, r.places(), "2 control.hash.mismatch", "%s %q", name, end)
		}
	}
}

func TestControlFindings(t *testing.T) {
	for header, want := range map[string][]string{
		"#claims,many\n":                     {"1 #claims control.invalid"},
		"#claims,-1\n":                       {"1 #claims control.invalid"},
		"#claims,1\n#claims,1\n":             {"2 #claims control.duplicate"},
		"#total,abc\n":                       {"1 #total control.invalid"},
		"#total,HKD 1,234.50\n":              nil,
		"#total,\"1.234,50\"\n":              {"1 #total control.invalid"},
		"#hash,md5:1234\n":                   {"1 #hash control.invalid"},
		"#hash,sha256:12\n":                  {"1 #hash control.invalid"},
		"#hash," + hashOf("x") + "\n":        {"1 control.hash.mismatch"},
		"#colour,red\n":                      {"1 #colour control.unknown"},
		"#a note of the program\n#claims,\n": {"1 #a note of the program control.unknown"},
	} {
		r := readText(filing.CSV{}, header+withRow("A1", "5"), filing.ReadOptions{})
		require.NoError(t, r.err)
		require.Equal(t, want, r.places(), header)
		require.Len(t, r.rows, 1)
	}
}

func TestJSONControl(t *testing.T) {
	body := `{"reference":"A1","amount":5}` + "\n"
	r := readText(filing.JSONLines{}, `{"control":{"claims":1,"total":"HKD 5.00","hash":"`+hashOf(body)+`"}}`+"\n"+body, filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Empty(t, r.places())
	require.Equal(t, 1, r.control.Claims)
	require.Equal(t, "HKD 5.00", r.control.Total.String())
	require.Equal(t, []int{2}, r.lines())

	r = readText(filing.JSONLines{}, "\ufeff\r\n"+`{"control":{"claims":"1","total":5,"hash":"`+hashOf(body)+`","note":"x"},"more":1}`+"\r\n"+body, filing.ReadOptions{})
	require.NoError(t, r.err)
	require.ElementsMatch(t, []string{"2 /control/note control.unknown", "2 /more json.member.unknown"}, r.places())
	require.Equal(t, []int{3}, r.lines())

	r = readText(filing.JSONLines{}, `{"control":{"claims":[1],"hash":"`+hashOf("")+`"}}`+"\n"+body+`{"control":{}}`+"\n", filing.ReadOptions{})
	require.NoError(t, r.err)
	require.ElementsMatch(t, []string{"1 /control/claims json.member.type", "1 control.hash.mismatch", "3 /control json.member.unknown"}, r.places())

	r = readText(filing.JSONLines{}, `{"control":5}`+"\n", filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Equal(t, []string{"1 /control json.member.type"}, r.places())
}

func TestControlSheet(t *testing.T) {
	rows := []filing.TableRow{
		{Line: 1, Cells: []filing.Cell{{Text: "claims"}, {Text: "3", Kind: filing.NumberCell}}},
		{Line: 2},
		{Line: 3, Cells: []filing.Cell{{Text: "Total"}, {Text: "1234.5", Kind: filing.NumberCell}}},
		{Line: 4, Cells: []filing.Cell{{Text: "hash"}, {Text: hashOf("x")}}},
	}
	control, found := filing.ReadControl(rows, filing.ReadOptions{Currency: "HKD"})
	require.Equal(t, 3, control.Claims)
	require.Equal(t, "HKD 1234.50", control.Total.String())
	require.Empty(t, control.Hash)
	require.Equal(t, []string{"0 control.hash.unsupported"}, reading{header: found}.places())
	require.Equal(t, [][2]string{{"claims", "3"}, {"total", "HKD 1234.50"}}, control.Totals())
}
