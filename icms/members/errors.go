package members

import (
	"errors"
	"fmt"
	"strings"

	"courts.example/eservices/icms/law"
)

// The kinds of refusal; test with errors.Is. All but ErrInvalid from New and ErrChanged come as a *RefusalError. Errors of the storage come through, wrapped.
var (
	// ErrInvalid says that a request lacks something or has something wrong.
	ErrInvalid = errors.New("members: invalid")
	// ErrNotFound says that there is no account or organisation of that name.
	ErrNotFound = errors.New("members: not found")
	// ErrEligible says that the applicant is none of those who may register, or did not prove it.
	ErrEligible = errors.New("members: not eligible")
	// ErrTaken says that the name, or the person, has an account or an organisation already.
	ErrTaken = errors.New("members: taken")
	// ErrStatus says that the status does not allow the step.
	ErrStatus = errors.New("members: step not allowed in this status")
	// ErrPrimary says that an organisation would be left without its primary administrator.
	ErrPrimary = errors.New("members: an organisation has one primary administrator")
	// ErrChanged says that something changed between the building of a change and its commit: build it again. Do does so by itself.
	ErrChanged = errors.New("members: changed meanwhile")
	// ErrDone says that exactly this was done before; only Change gives it, as a *DoneError. Do answers it as a replay.
	ErrDone = errors.New("members: already done")
)

// The codes of refusals, as they stand in the published catalogue.
const (
	CodeField         = "member.field.missing"
	CodeID            = "member.id.form"
	CodeIDTaken       = "member.id.taken"
	CodeSubjectTaken  = "member.subject.taken"
	CodeUnknown       = "member.unknown"
	CodeKind          = "member.kind.not-eligible"
	CodeProof         = "member.proof.missing"
	CodeProofForm     = "member.proof.form"
	CodeStatus        = "member.status"
	CodePrimary       = "member.primary.only"
	CodeSuccessor     = "member.primary.successor"
	CodeBranch        = "member.branch.unknown"
	CodeBranchTaken   = "member.branch.taken"
	CodeBranchInUse   = "member.branch.in-use"
	CodeLinkUser      = "member.link.user"
	CodePost          = "member.post.unknown"
	CodeKindOfAccount = "member.account.kind"
)

// Codes lists the codes.
func Codes() []string {
	return []string{
		CodeField, CodeID, CodeIDTaken, CodeSubjectTaken, CodeUnknown, CodeKind, CodeProof, CodeProofForm, CodeStatus, CodePrimary,
		CodeSuccessor, CodeBranch, CodeBranchTaken, CodeBranchInUse, CodeLinkUser, CodePost, CodeKindOfAccount,
	}
}

// RefusalError is a request that is refused: nothing was changed.
type RefusalError struct {
	// Code names the refusal in the published catalogue; Values fill its text.
	Code   string
	Values []law.Value
	// Provision is what the refusal rests on, when that is a rule of the jurisdiction.
	Provision law.Provision
	kind      error
}

// Error names the code and the values.
func (e *RefusalError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v: %s", e.kind, e.Code)
	for i, v := range e.Values {
		if i == 0 {
			b.WriteString(":")
		}
		fmt.Fprintf(&b, " %s=%.80q", v.Name, v.String())
	}
	return b.String()
}

// Unwrap gives the kind of refusal.
func (e *RefusalError) Unwrap() error { return e.kind }

func refuse(kind error, code string, values ...law.Value) error {
	return &RefusalError{Code: code, Values: values, kind: kind}
}

// DoneError is an ErrDone with what is kept.
type DoneError struct{ Done Done }

// Error names what was done.
func (e *DoneError) Error() string {
	if e.Done.Organisation.ID != "" {
		return fmt.Sprintf("%v: organisation %s is %s", ErrDone, e.Done.Organisation.ID, e.Done.Organisation.Status)
	}
	return fmt.Sprintf("%v: account %s is %s", ErrDone, e.Done.Account.ID, e.Done.Account.Status)
}

// Unwrap gives ErrDone.
func (e *DoneError) Unwrap() error { return ErrDone }
