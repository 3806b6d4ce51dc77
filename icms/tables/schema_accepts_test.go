package tables_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/tables"
)

// The schema takes what Load takes, and refuses the mistakes that a schema can see.
func TestTheSchemaTakesTheDocuments(t *testing.T) {
	var schema map[string]any
	require.NoError(t, json.Unmarshal(tables.Schema(), &schema))
	for _, path := range []string{"testdata/ballymore.json", "../hk/districtcourt.json"} {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Empty(t, against(schema, schema, decoded(t, data), ""), path)
	}
	for old, new := range map[string]string{
		`"digits": 4`: `"digits": "4"`, `"prefix": "D-", `: ``, `"submission"`: `"whenever"`, `"filingFee"`: `"filing-fee"`, `"10:00-16:00"`: `10`,
		`{"instrument": "Ballymore Notice", "status": "confirmed"}`: `{"instrument": "Ballymore Notice", "status": "certain"}`,
	} {
		data := strings.Replace(string(document(t, "ballymore.json")), old, new, 1)
		require.NotEmpty(t, against(schema, schema, decoded(t, []byte(data)), ""), new)
	}
}

func decoded(t testing.TB, data []byte) any {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal(data, &v))
	return v
}

// against says how a value breaks a schema, by the keywords that the schema of this package uses.
func against(root, s map[string]any, v any, at string) (wrong []string) {
	if ref, ok := s["$ref"].(string); ok {
		defs := root["$defs"].(map[string]any)
		s = defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
	}
	if one, ok := s["oneOf"].([]any); ok {
		met := 0
		for _, o := range one {
			if len(against(root, o.(map[string]any), v, at)) == 0 {
				met++
			}
		}
		if met != 1 {
			return []string{fmt.Sprintf("%s meets %d of %d", at, met, len(one))}
		}
		return nil
	}
	kinds := map[string]bool{}
	switch v := v.(type) {
	case string:
		kinds["string"] = true
	case bool:
		kinds["boolean"] = true
	case float64:
		kinds["number"], kinds["integer"] = true, v == float64(int64(v))
	case []any:
		kinds["array"] = true
		for i, m := range v {
			wrong = append(wrong, against(root, s["items"].(map[string]any), m, fmt.Sprintf("%s/%d", at, i))...)
		}
	case map[string]any:
		kinds["object"] = true
		wrong = append(wrong, members(root, s, v, at)...)
	}
	if kind, _ := s["type"].(string); !kinds[kind] {
		wrong = append(wrong, fmt.Sprintf("%s is no %s", at, kind))
	}
	if values, ok := s["enum"].([]any); ok && !slices.Contains(values, v) {
		wrong = append(wrong, fmt.Sprintf("%s is %v", at, v))
	}
	return wrong
}

func members(root, s map[string]any, v map[string]any, at string) (wrong []string) {
	properties, _ := s["properties"].(map[string]any)
	for name, m := range v {
		if p, ok := properties[name].(map[string]any); ok {
			wrong = append(wrong, against(root, p, m, at+"/"+name)...)
			continue
		}
		switch more := s["additionalProperties"].(type) {
		case bool:
			wrong = append(wrong, at+"/"+name+" is unknown")
		case map[string]any:
			wrong = append(wrong, against(root, more, m, at+"/"+name)...)
		}
	}
	required, _ := s["required"].([]any)
	for _, name := range required {
		if _, ok := v[name.(string)]; !ok {
			wrong = append(wrong, fmt.Sprintf("%s lacks %s", at, name))
		}
	}
	return wrong
}
