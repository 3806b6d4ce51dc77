package ledger

import (
	"encoding/base64"
	"encoding/json"
)

// mark is what a statement's pages hand on: the last record that counts, the balance so far and the store's cursor.
type mark struct {
	Query   string `json:"q"`
	Last    int64  `json:"l"`
	Balance int64  `json:"b"`
	After   string `json:"a"`
}

func (m mark) encode() string {
	b, err := json.Marshal(m)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func decodeMark(s string) (mark, error) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return mark{}, err
	}
	var m mark
	err = json.Unmarshal(b, &m)
	return m, err
}
