package filing_test

import (
	"path"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"courts.example/eservices/filing"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":                      "",
		" \t\n ":                "",
		"Harbour  Power\tLtd. ": "harbour power ltd.",
		"ＨＡＲＢＯＵＲ\u3000Ｐｏｗｅｒ":               "harbour power",
		"Énergie du Port":                  "énergie du port",
		"E\u0301nergie DU port":            "énergie du port",
		"har\u200bbour\u00ad po\ufeffwer":  "harbour power",
		"港燈\ufe00公司":                       "港燈公司",
		"A\x00B\x1bC":                      "abc",
		"ΣΊΣΥΦΟΣ":                          "σίσυφοσ",
		"σίσυφος":                          "σίσυφοσ",
		"INV/１２":                           "inv/12",
		"no\u00a0break":                    "no break",
		"\xff":                             "\ufffd",
		"\u202eevil\u202c":                 "evil",
		"\u00b2":                           "2",
		strings.Repeat("e\u0301", 3) + " ": "ééé",
	} {
		require.Equal(t, want, filing.Fold(in), "%q", in)
	}
}

func TestFoldOfFold(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.String().Draw(r, "text")
		folded := filing.Fold(s)
		require.Equal(r, folded, filing.Fold(folded))
		require.Equal(r, folded, filing.Fold("  "+s+"\n"))
		require.Equal(r, folded, filing.Fold(norm.NFD.String(s)))
	})
}

func FuzzFold(f *testing.F) {
	for _, seed := range []string{"", "Harbour Power", "ＩＮＶ１", "e\u0301", "\xff\xfe", "ẞ İ ŉ ǰ", strings.Repeat("\u0345", 40), "a" + strings.Repeat("\u0301", 64)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := filing.Fold(s)
		if again := filing.Fold(folded); again != folded {
			t.Fatalf("Fold(%q) = %q, folded again %q", s, folded, again)
		}
		if !utf8.ValidString(folded) || strings.ContainsFunc(folded, unicode.IsControl) {
			t.Fatalf("Fold(%q) = %q", s, folded)
		}
	})
}

func TestShow(t *testing.T) {
	for in, want := range map[string]string{
		"Defendant 0001, 被告人一": "Defendant 0001, 被告人一",
		"a\nb\tc":              `a\nb\tc`,
		"\x1b[2J":              `\x1b[2J`,
		"caf\xe9":              `caf\xe9`,
		"1\u202e2":             `1\u202e2`,
		"a\u200bb":             `a\u200bb`,
		"\u2028":               `\u2028`,
	} {
		require.Equal(t, want, filing.Show(in))
	}
	long := filing.Show(strings.Repeat("長", 1000))
	require.Equal(t, 121, utf8.RuneCountInString(long))
	require.True(t, strings.HasSuffix(long, "…"))
	require.Equal(t, strings.Repeat("長", 120), filing.Show(strings.Repeat("長", 120)))
}

func FuzzShow(f *testing.F) {
	f.Add("a\x00\x1b\u202e\xff")
	f.Fuzz(func(t *testing.T, s string) {
		shown := filing.Show(s)
		if !utf8.ValidString(shown) || strings.ContainsFunc(shown, unicode.IsControl) || strings.ContainsAny(shown, "\u202e\u2066\u200b\u2028") {
			t.Fatalf("Show(%q) = %q", s, shown)
		}
	})
}

func TestSafeName(t *testing.T) {
	for _, name := range []string{"a.pdf", "scans/2025/invoice 12.pdf", "發票.pdf", "..a.pdf", "a..pdf", ".hidden", "Réçu (1).pdf", "console.pdf"} {
		require.True(t, filing.SafeName(name), "%q", name)
	}
	for _, name := range []string{
		"", ".", "..", "../a.pdf", "a/../b.pdf", "a/./b.pdf", "/etc/passwd", "a//b.pdf", "a/", `..\a.pdf`, `C:\a.pdf`, "C:a.pdf", "a.pdf:stream",
		"a\x00.pdf", "a\n.pdf", "\u202efdp.exe", "a\u200b.pdf", "a.pdf ", " a.pdf", "a.pdf.", "a /b.pdf", "nul", "NUL.pdf", "com1.txt", "scans/aux.pdf",
		"a*.pdf", "a?.pdf", "a|b", "<a>", `"a"`, "\xff.pdf", strings.Repeat("a", 256), "file://a",
	} {
		require.False(t, filing.SafeName(name), "%q", name)
	}
}

func FuzzSafeName(f *testing.F) {
	for _, seed := range []string{"a.pdf", "a/b.pdf", "../a", `..\a`, "C:a", "a/..", "/a", "a\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if !filing.SafeName(name) {
			return
		}
		if path.Clean(name) != name || path.IsAbs(name) || !filepath.IsLocal(name) || strings.ContainsAny(name, "\\:\x00") {
			t.Fatalf("%q is not safe", name)
		}
	})
}
