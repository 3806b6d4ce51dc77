package filing

import (
	"context"
	"errors"

	"courts.example/eservices/filing/pdf"
	"courts.example/eservices/icms/law"
)

// pages counts the pages of a PDF and learns whether it is encrypted. One that no reader could show is refused, unless it is
// known as damaged anyway; one that only goes beyond the bounds of looking is taken with a warning. The error is one of reading.
func (i *inspection) pages(ctx context.Context, f File, damaged bool) error {
	info, err := pdf.Inspect(ctx, f.Bytes, f.Size, pdf.Limits{})
	i.document.Pages, i.document.Encrypted = info.Pages, info.Encrypted
	var malformed *pdf.MalformedError
	var bound *pdf.BoundError
	var unsupported *pdf.UnsupportedError
	switch limit := i.limits.Pages; {
	case info.Encrypted && (err == nil || errors.As(err, &malformed) || errors.As(err, &bound) || errors.As(err, &unsupported)):
		// which is finding enough
	case errors.As(err, &malformed):
		if !damaged {
			i.found(codeDocumentUnreadable, law.Provision{}, law.V("detail", malformed.Detail), law.V("offset", malformed.Offset))
		}
	case errors.As(err, &bound):
		i.found(codeDocumentPages, law.Provision{}, law.V("detail", bound.Bound))
	case errors.As(err, &unsupported):
		i.found(codeDocumentPages, law.Provision{}, law.V("detail", unsupported.Feature))
	case err == nil && limit > 0 && info.Pages > limit:
		i.found(codeDocumentLong, i.limits.Provision, law.V("pages", info.Pages), law.V("limit", limit))
	default:
		return err
	}
	return nil
}
