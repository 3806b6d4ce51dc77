package icms

import (
	"errors"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// tagged refuses words from outside that stand under what is no language tag: see [law.Text.CheckTags]. What names the field.
func tagged(what string, t law.Text) error {
	var bad *law.TagError
	if err := t.CheckTags(); errors.As(err, &bad) {
		return refuse(filing.NewFinding(filing.RequestTag, "/"+what, law.Provision{}, law.V("what", what), law.V("tag", bad.Tag)))
	}
	return nil
}
