package filing

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// LoadPolicy reads the tables of a court from JSON, gives them the standard rules and proves them (see [Policy.Validate]). The
// JSON is strict: an unknown or repeated member, and anything after the object, is an error. Zone is the zone of the court's
// civil dates.
func LoadPolicy(data []byte, zone *time.Location) (Policy, error) {
	if err := checkMembers(data); err != nil {
		return Policy{}, fmt.Errorf("filing: policy: %w", err)
	}
	p := Policy{Zone: zone, Rules: StandardRules()}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return Policy{}, fmt.Errorf("filing: policy: byte %d: %w", d.InputOffset(), err)
	}
	if err := p.Validate(); err != nil {
		return Policy{}, err
	}
	return p, nil
}

// checkMembers demands one JSON value in which no object names a member twice.
func checkMembers(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if err := checkValue(d, 0); err != nil {
		return fmt.Errorf("byte %d: %w", d.InputOffset(), err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("byte %d: something stands after the object; a policy is one JSON object", d.InputOffset())
	}
	return nil
}

// maxDepth bounds how deep a policy nests; the tables need a handful of levels.
const maxDepth = 32

func checkValue(d *json.Decoder, depth int) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	open, ok := t.(json.Delim)
	if !ok {
		return nil
	}
	if depth == maxDepth {
		return fmt.Errorf("more than %d levels", maxDepth)
	}
	names := make(map[string]bool)
	for d.More() {
		if open == '{' {
			name, err := d.Token()
			if err != nil {
				return err
			}
			if n := name.(string); names[n] { // inside an object every first token is a string
				return fmt.Errorf("member %q stands twice in one object", Show(n))
			} else {
				names[n] = true
			}
		}
		if err := checkValue(d, depth+1); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}
