package hk

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"courts.example/eservices/calendar/feed"
)

// maxNesting is the deepest that objects and lists of a feed lie inside one another; the real ones have six.
const maxNesting = 16

// decodeFeed reads one JSON value strictly: nothing may follow it, and no object has a name twice, for of two values nobody knows
// which one holds; capitals make no other name, as encoding/json takes them for the same. Its errors are *feed.Error.
func decodeFeed(r io.Reader, into any) error {
	data, err := feed.ReadAll(r)
	if err != nil {
		return err
	}
	if err := checkJSON(data); err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return feed.Refuse(feed.ErrShape, "%s", err)
	}
	return nil
}

// checkJSON walks the tokens of data.
func checkJSON(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := walkJSON(dec, 0); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return feed.Refuse(feed.ErrShape, "something follows the JSON value")
	}
	return nil
}

func walkJSON(dec *json.Decoder, depth int) error {
	if depth > maxNesting {
		return feed.Refuse(feed.ErrTooLarge, "its values lie more than %d deep inside one another", maxNesting)
	}
	token, err := nextToken(dec)
	if err != nil {
		return err
	}
	switch token {
	case json.Delim('{'):
		err = walkObject(dec, depth)
	case json.Delim('['):
		for dec.More() && err == nil {
			err = walkJSON(dec, depth+1)
		}
	default:
		return nil
	}
	if err == nil {
		_, err = nextToken(dec) // the closing bracket
	}
	return err
}

func walkObject(dec *json.Decoder, depth int) error {
	names := make(map[string]bool)
	for dec.More() {
		token, err := nextToken(dec)
		if err != nil {
			return err
		}
		name, _ := token.(string) // the decoder lets nothing else be a name
		folded := strings.ToLower(strings.ToUpper(name))
		if names[folded] {
			return feed.Refuse(feed.ErrContradiction, "an object has %.40q twice", name)
		}
		names[folded] = true
		if err := walkJSON(dec, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// nextToken tells JSON that ends too early from what is no JSON.
func nextToken(dec *json.Decoder) (json.Token, error) {
	token, err := dec.Token()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, feed.Refuse(feed.ErrCutShort, "the JSON ends before it is complete")
	}
	if err != nil {
		return nil, feed.Refuse(feed.ErrShape, "it is no JSON: %s", err)
	}
	return token, nil
}
