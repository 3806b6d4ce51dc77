package courtwire

import (
	"bytes"
	"encoding/json"
	"fmt"

	"courts.example/eservices/filing"
	"courts.example/eservices/plugins/internal/wire"
	courtv1 "courts.example/eservices/plugins/proto/icms/plugin/court/v1"
)

// headroom is what a message needs beside its claims.
const headroom = 64 << 10

// claimTo writes a claim.
func claimTo(index int, c *filing.Claim) (*courtv1.Claim, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(c); err != nil {
		return nil, err
	}
	body := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	if len(body) > wire.MaxMessage-headroom {
		return nil, fmt.Errorf("it has %d bytes, more than a message takes", len(body))
	}
	return &courtv1.Claim{Index: int32(index), Json: body}, nil
}

// claimsFrom reads the claims of a request, which are numbered from 0.
func claimsFrom(list []*courtv1.Claim) ([]*filing.Claim, error) {
	out := make([]*filing.Claim, len(list))
	for i, c := range list {
		if int(c.GetIndex()) != i {
			return nil, fmt.Errorf("claim %d of the request has the index %d", i, c.GetIndex())
		}
		out[i] = new(filing.Claim)
		if err := json.Unmarshal(c.GetJson(), out[i]); err != nil {
			return nil, fmt.Errorf("claim %d of the request: %w", i, err)
		}
	}
	return out, nil
}

// inMessages sends claims in messages of bounded size, numbered from 0 in each; from is the place of the first one among all.
func inMessages(claims []*filing.Claim, send func(from int, part []*courtv1.Claim) error) error {
	var part []*courtv1.Claim
	from, size := 0, 0
	for i, c := range claims {
		m, err := claimTo(0, c)
		if err != nil {
			return fmt.Errorf("court plugin: claim %s: %w", filing.Show(c.Reference), err)
		}
		if len(part) > 0 && (size+len(m.Json) > maxRequest || len(part) == maxClaims) {
			if err := send(from, part); err != nil {
				return err
			}
			part, from, size = nil, i, 0
		}
		m.Index = int32(len(part))
		part, size = append(part, m), size+len(m.Json)
	}
	if len(part) == 0 {
		return nil
	}
	return send(from, part)
}
