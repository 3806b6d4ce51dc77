package icms

import (
	"errors"
	"fmt"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// maxTries bounds how often something is done anew because somebody else was first.
const maxTries = 32

// ErrOvertaken says that others kept changing what something was done to, until it was given up. It comes with a *RefusalError that names what it
// was. Asking again later goes on with it.
var ErrOvertaken = errors.New("icms: overtaken by others")

// overtaken gives something up after maxTries; what names it for people.
func overtaken(what string) error {
	return fmt.Errorf("%w: %w", ErrOvertaken, refuse(filing.NewFinding(filing.RequestOvertaken, "", law.Provision{}, law.V("what", what), law.V("tries", maxTries))))
}
