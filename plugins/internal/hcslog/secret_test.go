package hcslog

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A secret that lies across the end of what is kept leaves no part of itself, wherever a text is cut.
func TestNoPartOfASecretIsLeftWhereATextIsCut(t *testing.T) {
	const half = "hunt"
	for _, most := range []int{maxText, maxLine, tailText} {
		for before := most - 10; before <= most; before++ {
			for _, end := range []string{"", "\n", strings.Repeat("z", 2*maxLine) + "\n"} {
				w := newWritten(1000, 1)
				w.Copy(strings.NewReader(strings.Repeat("x", before)+"hunter2"+end), "stderr")
				_, _ = w.Writer("stdout").Write([]byte(strings.Repeat("x", before) + "hunter2" + end + "\n"))
				require.NotContains(t, w.String()+w.Tail(), half, "%d of %d", before, most)
				require.Contains(t, w.String(), "level=INFO")
			}
		}
	}
	for before := maxValue - 10; before <= maxValue; before++ {
		pad := strings.Repeat("x", before)
		w := newWritten(1000, 1)
		w.Copy(strings.NewReader(fmt.Sprintf(`{"@message":"m","a":"%[1]shunter2","b":["%[1]shunter2"],"%[1]shunter2":1}`, pad)), "stderr")
		require.NotContains(t, w.String(), half, before)
	}
}

// JSON has other ways to write a character, and a number.
func TestASecretIsKnownInValuesOfJSON(t *testing.T) {
	clean := strings.NewReplacer(`p&<>"\w`, "SECRET", "12345678", "NUMBER").Replace
	for raw, want := range map[string]string{
		`"p\u0026<\u003e\"\\w"`:           "SECRET",
		`["p&\u003c>\"\\w"]`:              `["SECRET"]`,
		`{"p&<>\"\\w":{"a":"p&<>\"\\w"}}`: `{"SECRET":{"a":"SECRET"}}`,
		`12345678`:                        "NUMBER",
		`[12345678,1,null,"a & b"]`:       `["NUMBER",1,null,"a & b"]`,
		`1e2`:                             "1e2",
	} {
		l := parse(`{"@message":"m","f":`+raw+`}`, clean)
		require.Len(t, l.fields, 1, raw)
		require.Equal(t, want, l.fields[0].Value.String(), raw)
	}
}
