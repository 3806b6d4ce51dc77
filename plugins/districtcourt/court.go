package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"

	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/tables"
	"courts.example/eservices/plugins/sdk"
)

const schema = `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "properties": {
    "fees": {"type": "object", "description": "a schedule of fees, format fees/1, with the items commencement and search"},
    "limits": {"type": "array", "description": "the limits of jurisdiction, as in the court's document under /single/limits"}
  },
  "additionalProperties": false
}`

// court is the District Court as it is configured.
type court struct{ document json.RawMessage }

// Configure takes what the operator knows, and proves the court with it.
func (c *court) Configure(_ context.Context, config []byte) error {
	shipped, err := icmshk.District()
	if err != nil {
		return err
	}
	var in struct {
		Fees   json.RawMessage `json:"fees"`
		Limits json.RawMessage `json:"limits"`
	}
	var problems sdk.Problems
	d := json.NewDecoder(bytes.NewReader(config))
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		problems.Add("", "%v: the configuration is {} or has \"fees\" and \"limits\"", err)
		return problems
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		problems.Add("", "something stands after the configuration")
		return problems
	}
	if c.document, err = with(shipped.Bytes(), in.Fees, "fees"); err != nil {
		return err
	}
	for _, policy := range []string{"filing", "single"} {
		if c.document, err = with(c.document, in.Limits, policy, "limits"); err != nil {
			return err
		}
	}
	var wrong *tables.LoadError
	if _, err := tables.Load(c.document); errors.As(err, &wrong) {
		for _, p := range wrong.Problems {
			problems.Add(p.Pointer, "%s", p.Text)
		}
	}
	return problems.Err()
}

// with puts a value in the place of the member that is reached by names, unless there is none.
func with(object, value json.RawMessage, names ...string) (json.RawMessage, error) {
	switch {
	case value == nil:
		return object, nil
	case len(names) == 0:
		return value, nil
	}
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(object, &members); err != nil {
		return nil, err
	}
	inner, err := with(members[names[0]], value, names[1:]...)
	if err != nil {
		return nil, err
	}
	members[names[0]] = inner
	return json.Marshal(members)
}

// Tables gives the document.
func (c *court) Tables() ([]byte, error) { return c.document, nil }
