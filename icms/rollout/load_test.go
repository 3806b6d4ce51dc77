package rollout_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/rollout"
)

// change gives a file of testdata with the first occurrence of a text replaced.
func change(t testing.TB, file, old, new string) string {
	t.Helper()
	data := read(t, file)
	require.Contains(t, data, old, "the place to change")
	return strings.Replace(data, old, new, 1)
}

func refused(t *testing.T, err error) string {
	t.Helper()
	var problems *rollout.LoadError
	require.ErrorAs(t, err, &problems)
	require.NotEmpty(t, problems.Problems)
	return err.Error()
}

func TestLoadRefusesJSON(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"nothing":       {"", "line 1: the file ends before its object does"},
		"cut short":     {"{\n\"format\": \"rollout/1\",\n", "line 3: the file ends before its object does"},
		"comma":         {"{\n\"format\": \"rollout/1\",\n}", "line 3: not JSON"},
		"two values":    {"{} {}", "something stands after the closing brace"},
		"a list":        {"[]", "must be an object in braces, not a list"},
		"null":          {"null", "must be an object in braces, not true, false or null"},
		"twice":         {"{\"name\": \"a\",\n\"name\": \"b\"}", `line 2: member "name" stands twice in one object, first on line 1`},
		"twice inside":  {`{"title": {"en": "a", "en": "b"}}`, `member "en" stands twice`},
		"not UTF-8":     {"{\"name\": \"\xff\"}", "not UTF-8"},
		"deep":          {strings.Repeat(`{"a":`, 40) + "1" + strings.Repeat("}", 40), "inside each other"},
		"deep lists":    {strings.Repeat("[", 100_000), "inside each other"},
		"long name":     {`{"` + strings.Repeat("a", 65) + `": 1}`, "longer than 64 bytes"},
		"large":         {`{"name": "` + strings.Repeat("a", 1<<20) + `"}`, "the largest has 1048576"},
		"capitals":      {`{"Format": "rollout/1"}`, "Format: unknown member"},
		"mark":          {"\ufeff{}", "line 1: not JSON"},
		"wrong closing": {`{"name": ["a"}`, "not JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := rollout.Load([]byte(c.text))
			require.Contains(t, refused(t, err), c.want)
			_, err = rollout.LoadDirectory([]byte(c.text), zone)
			refused(t, err)
		})
	}
}

// TestLoadRefusesValues changes one place of a good file at a time.
func TestLoadRefusesValues(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"format":               {`"rollout/1"`, `"rollout/2"`, `line 2, format: this reads the format "rollout/1", not "rollout/2"`},
		"no name":              {`"name": "harbour.rollout",`, ``, `member "name" is missing`},
		"name with a space":    {`"harbour.rollout"`, `"harbour rollout"`, "at most 64 letters"},
		"name is a number":     {`"harbour.rollout"`, `7`, "name: must be text in quotes, not a number"},
		"empty title":          {`{"en": "Roll-out at the Harbour Court", "de": "Einführung am Hafengericht"}`, `{}`, "title: needs words"},
		"title of two lines":   {`"Quay Court"`, `"Quay\nCourt"`, "courts[1].name.en: must be one line"},
		"title of spaces":      {`"Quay Court"`, `"  "`, "must be one line"},
		"status":               {`"status": "assumed"`, `"status": "sure"`, "confirmed"},
		"unstated":             {`"status": "assumed"`, `"status": "unstated"`, "must be one of confirmed"},
		"no status":            {`, "status": "assumed"`, ``, `provisions.age: member "status" is missing`},
		"unknown provision":    {`"voluntary": "free"`, `"voluntary": "fee"`, `courts[0].voluntary: the table of provisions has no "fee"`},
		"uncited":              {`"provisions": {`, `"provisions": {"idle": {"instrument": "I", "status": "assumed"},`, "provisions.idle: nothing in the file cites"},
		"unknown member":       {`"voluntary": "free",`, `"voluntary": "free", "colour": "red",`, "courts[0].colour: unknown member; the members here are code, name, voluntary"},
		"court twice":          {`"QUAY"`, `"HARBOUR"`, `courts[1]: court "HARBOUR" stands twice`},
		"type twice":           {`"code": "note"`, `"code": "cargo"`, `courts[0].types[1]: type "cargo" stands twice`},
		"no such service":      {`["cause_book"]`, `["causebook"]`, `is no service`},
		"service twice":        {`["inspection"]`, `["inspection", "filing"]`, "service filing stands twice"},
		"service left out":     {`["filing", "payment"], "since"`, `["filing"], "since"`, "nothing is said of the service payment"},
		"no service":           {`["cause_book"]`, `[]`, "has 0 elements"},
		"services is text":     {`["cause_book"]`, `"cause_book"`, "must be a list in square brackets"},
		"bad date":             {`"since": "2030-03-01"`, `"since": "1 March 2030"`, "not a date written like"},
		"no such day":          {`"since": "2030-03-01"`, `"since": "2030-02-29"`, "has no day 29"},
		"two openings":         {`"since": "2030-03-01"`, `"since": "2030-03-01", "never": {"en": "x"}`, "needs exactly one of since, never, unknown, and has 2"},
		"no opening":           {`"since": "2030-03-01",`, ``, "needs exactly one of since, never, unknown, and has 0"},
		"bounded start":        {`"since": "2030-03-01"`, `"since": "2030-03-01", "by": {"day": "2030-09-01", "provision": "press"}`, "here it is since"},
		"bounded never":        {`"never": {`, `"notBefore": {"day": "2030-09-01", "provision": "press"}, "never": {`, "here it is never"},
		"commenced never":      {`"never": {`, `"commenced": {"day": "2030-09-01", "provision": "press"}, "never": {`, "leaves out every case"},
		"bounds cross":         {`"by": {"day": "2030-09-01"`, `"by": {"day": "2030-03-01"`, "by must be after notBefore, 2030-03-01"},
		"bound without ground": {`{"day": "2030-09-01", "provision": "press"}`, `{"day": "2030-09-01"}`, `member "provision" is missing`},
		"concession":           {`"last": "2031-02-28"`, `"last": "2031-02-27"`, "3 years from 2028-02-29 end with 2031-02-28"},
		"concession years":     {`"years": 3`, `"years": 2.5`, "whole number from 1 to 100"},
		"years as text":        {`"years": 3`, `"years": "3"`, "whole number from 1 to 100"},
		"mandate twice":        {`"name": "first-case"`, `"name": "advocates"`, `mandate "advocates" stands twice`},
		"mandate's court":      {`"courts": ["HARBOUR"]`, `"courts": ["PIER"]`, `mandates[0].courts[0]: no court of the list is called "PIER"`},
		"court of mandate":     {`"courts": ["HARBOUR"]`, `"courts": ["HARBOUR", "HARBOUR"]`, `court "HARBOUR" stands twice`},
		"condition":            {`["represented"]`, `["rich"]`, "is no condition"},
		"condition twice":      {`["represented"]`, `["represented", "represented"]`, "condition represented stands twice"},
		"state none":           {`"state": "announced"`, `"state": "none"`, "must be one of planned, announced, in_force"},
		"no such state":        {`"state": "announced"`, `"state": "passed"`, "is no state"},
		"stages back in time":  {`"since": "2030-06-15"`, `"since": "2030-01-01"`, "stages stand by their days"},
		"after in force":       {`[{"state": "in_force", "since": "2030-08-01", "provision": "rule"}]`, `[{"state": "in_force", "since": "2030-08-01", "provision": "rule"}, {"state": "in_force", "since": "2030-09-01", "provision": "rule"}]`, "nothing follows the state in_force"},
		"plan after notice":    {`"state": "in_force", "since": "2031-02-10"`, `"state": "planned", "since": "2031-02-10", "earliest": "2031-02-11"`, "the state planned can't follow announced"},
		"force before notice":  {`"state": "in_force", "since": "2031-02-10"`, `"state": "in_force", "since": "2031-02-09"`, "was announced from 2031-02-10 and is in force since 2031-02-09"},
		"plan without a time":  {`"earliest": "2030-07-01", `, ``, `member "earliest" is missing`},
		"plan ends early":      {`"latest": "2031-03-31"`, `"latest": "2030-12-31"`, "must not be before earliest"},
		"late notice":          {`"from": "2031-02-10"`, `"from": "2031-02-01"`, "must be after since"},
		"from of a plan":       {`"earliest": "2030-07-01"`, `"earliest": "2030-07-01", "from": "2030-07-01"`, "from: unknown member"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := rollout.Load([]byte(change(t, "harbour.json", c.old, c.new)))
			require.Contains(t, refused(t, err), c.want)
		})
	}
}

// One reading is enough to mend a file.
func TestLoadNamesEveryProblem(t *testing.T) {
	text := change(t, "harbour.json", `"since": "2030-03-01"`, `"since": "soon"`)
	text = strings.Replace(text, `"state": "announced"`, `"state": "rumoured"`, 1)
	_, err := rollout.Load([]byte(text))
	var problems *rollout.LoadError
	require.ErrorAs(t, err, &problems)
	require.Equal(t, "courts[0].types[0].services[0].since", problems.Problems[0].Path)
	require.Equal(t, 28, problems.Problems[0].Line)
	require.Equal(t, "mandates[0].stages[2].state", problems.Problems[1].Path)
	require.Contains(t, err.Error(), "\n\tline 68, mandates[0].stages[2].state: rollout: \"rumoured\" is no state; there are none, planned, announced, in_force")
}

func TestLoadBoundsItsWork(t *testing.T) {
	_, err := rollout.Load([]byte(`{"courts": [` + strings.TrimSuffix(strings.Repeat("1,", 500), ",") + `]}`))
	var problems *rollout.LoadError
	require.ErrorAs(t, err, &problems)
	require.Len(t, problems.Problems, 50)
	_, err = rollout.Load([]byte(`{"courts": [` + strings.TrimSuffix(strings.Repeat("1,", 501), ",") + `]}`))
	require.ErrorContains(t, err, "courts: has 501 elements; a list has 1 to 500")
}
