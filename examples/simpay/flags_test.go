package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBadCommandLines(t *testing.T) {
	p := newPlace(t)
	p.write("none", "\n \n")
	p.write("short", "short\n")
	p.write("two", "the first of two secrets\nthe second of two secrets\n")
	good := p.path("secrets")
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"no secrets":            {nil, "-secrets is missing"},
		"no file":               {[]string{"-secrets", p.path("nothing")}, "no such file"},
		"an empty secret":       {[]string{"-secrets", p.path("none")}, "holds no secret"},
		"a short secret":        {[]string{"-secrets", p.path("short")}, "has 5 bytes, at least 16"},
		"two control secrets":   {[]string{"-secrets", good, "-control", p.path("two")}, "holds 2 secrets, it must be one"},
		"a short control":       {[]string{"-secrets", good, "-control", p.path("short")}, "Control has 5 bytes"},
		"all addresses":         {[]string{"-secrets", good, "-listen", ":8081"}, "only addresses of this machine"},
		"another machine":       {[]string{"-secrets", good, "-listen", "192.0.2.1:80"}, "only addresses of this machine"},
		"a name":                {[]string{"-secrets", good, "-listen", "simpay.example:80"}, "only addresses of this machine"},
		"no port":               {[]string{"-secrets", good, "-listen", "127.0.0.1"}, "missing port"},
		"no currency":           {[]string{"-secrets", good, "-currencies", ""}, "Terms.Currencies is empty"},
		"an unknown currency":   {[]string{"-secrets", good, "-currencies", "QQQ"}, "QQQ"},
		"a bad fee":             {[]string{"-secrets", good, "-fee", "2%"}, "-fee"},
		"an unknown zone":       {[]string{"-secrets", good, "-zone", "Atlantis/Capital"}, "-zone"},
		"a late cut-off":        {[]string{"-secrets", good, "-cut-off", "25h"}, "Days.CutOff"},
		"a word":                {[]string{"-secrets", good, "start"}, `"start" is not a flag`},
		"an unknown flag":       {[]string{"-port", "1"}, "-port"},
		"a journal in no place": {[]string{"-secrets", good, "-journal", p.path("no/where")}, "no such file"},
		"a window of nothing":   {[]string{"-secrets", good, "-window", "1s"}, "Terms.InFlight"},
	} {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			require.Equal(t, failed, run(t.Context(), c.args, &stdout, &stderr))
			require.Empty(t, stdout.String())
			require.Contains(t, stderr.String(), c.says)
			require.NotContains(t, stderr.String(), "secret of the tests")
		})
	}
}

func TestHelp(t *testing.T) {
	var stdout, stderr bytes.Buffer
	require.Equal(t, done, run(t.Context(), []string{"-h"}, &stdout, &stderr))
	require.Equal(t, usage, stdout.String())
	require.Empty(t, stderr.String())
}
