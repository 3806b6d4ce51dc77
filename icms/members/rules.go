package members

import (
	"errors"
	"fmt"
	"slices"

	"courts.example/eservices/icms/law"
)

// Rules are what a jurisdiction says about registration.
type Rules struct {
	// Kinds are the kinds of people and bodies that may register.
	Kinds []Eligible `json:"kinds"`
	// Fee is what it rests on that registering costs nothing, Proof that some kinds are proved by documents, Administrators that they do
	// nothing in a court. Those that are zero are our own policy.
	Fee            law.Provision `json:"fee,omitzero"`
	Proof          law.Provision `json:"proof,omitzero"`
	Administrators law.Provision `json:"administrators,omitzero"`
	// Links say which users of an organisation see a case of it that nobody linked.
	Links LinkPolicy `json:"links,omitzero"`
}

// Eligible is a kind of eligible user.
type Eligible struct {
	// Code names the kind in records: "law-firm".
	Code string   `json:"code"`
	Name law.Text `json:"name"`
	// Individuals and Organisations say who may register as one.
	Individuals   bool `json:"individuals,omitempty"`
	Organisations bool `json:"organisations,omitempty"`
	// Proof says that at least one document must prove it; see Rules.Proof.
	Proof bool `json:"proof,omitempty"`
	// Lawyers says that those of the kind act for others as legal representatives: a court that bars these admits none of them.
	Lawyers   bool          `json:"lawyers,omitempty"`
	Provision law.Provision `json:"provision"`
}

// Unlinked says who sees a case that nobody linked.
type Unlinked string

// The choices of Unlinked.
const (
	// SeenByAll lets every user of the organisation see it; it is what the empty choice means.
	SeenByAll Unlinked = "all users"
	// SeenByNone hides it until an administrator links it.
	SeenByNone Unlinked = "no user"
)

// LinkPolicy is the choice with the ground it rests on.
type LinkPolicy struct {
	Unlinked  Unlinked      `json:"unlinked,omitempty"`
	Provision law.Provision `json:"provision,omitzero"`
}

// check finds everything that is wrong with the rules.
func (r Rules) check() error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: Rules: "+format, append([]any{ErrInvalid}, args...)...))
	}
	if len(r.Kinds) == 0 {
		bad("Kinds is empty: say who may register")
	}
	seen := map[string]bool{}
	for i, k := range r.Kinds {
		switch {
		case checkID(k.Code) != nil:
			bad("Kinds[%d]: Code %q must be 1 to 60 letters, digits, \".\", \"_\" or \"-\"", i, k.Code)
		case seen[k.Code]:
			bad("Kinds[%d]: the code %q is there twice", i, k.Code)
		case !k.Individuals && !k.Organisations:
			bad("Kinds[%d] (%s): neither individuals nor organisations may register as one", i, k.Code)
		case k.Provision.IsZero():
			bad("Kinds[%d] (%s): it rests on nothing: give it a provision", i, k.Code)
		}
		seen[k.Code] = true
	}
	if l := r.Links.Unlinked; l != "" && l != SeenByAll && l != SeenByNone {
		bad("Links.Unlinked %q is not one of the choices", l)
	}
	return errors.Join(errs...)
}

// Lawyers reports whether those of a kind act for others as legal representatives; those of a kind that is not in the rules do not.
func (r Rules) Lawyers(code string) bool {
	k, ok := r.kind(code)
	return ok && k.Lawyers
}

// kind finds a kind of eligible user.
func (r Rules) kind(code string) (Eligible, bool) {
	i := slices.IndexFunc(r.Kinds, func(k Eligible) bool { return k.Code == code })
	if i < 0 {
		return Eligible{}, false
	}
	return r.Kinds[i], true
}

// Reason tells the rules as steps, each with what it rests on; what no provision was given for is our own policy.
func (r Rules) Reason() law.Reason {
	var out law.Reason
	for _, k := range r.Kinds {
		out.Steps = append(out.Steps, law.Step{
			Code: "eligible", Provision: k.Provision, Values: []law.Value{law.V("kind", k.Name)},
			Says: law.T("May register: {kind}.", "可登記：{kind}。"),
		})
	}
	out.Steps = append(out.Steps, law.Step{
		Code: "fee", Provision: orPolicy(r.Fee, "registration fee"),
		Says: law.T("Registering is free of charge.", "登記費用全免。"),
	}, law.Step{
		Code: "proof", Provision: orPolicy(r.Proof, "proof of eligibility"),
		Says: law.T("An applicant of a kind that must be proved proves it by documents.", "須證明身分的類別，申請人須以文件證明。"),
	}, law.Step{
		Code: "administrators", Provision: orPolicy(r.Administrators, "administrators"),
		Says: law.T("An administrator files through an organisation user's account of his own.", "管理員須先為自己開設機構用戶帳戶，方可存檔。"),
	})
	links := law.Step{
		Code: "links", Provision: orPolicy(r.Links.Provision, "case links"),
		Says: law.T("A case that no administrator linked is seen by every user of the organisation.", "管理員未作連結的案件，機構的所有用戶均可查閱。"),
	}
	if r.Links.Unlinked == SeenByNone {
		links.Says = law.T("A case is seen by the users to whom an administrator linked it.", "只有獲管理員連結的用戶方可查閱案件。")
	}
	out.Steps = append(out.Steps, links)
	return out
}

// orPolicy gives p, or our own policy of that name when p cites nothing.
func orPolicy(p law.Provision, name string) law.Provision {
	if !p.IsZero() {
		return p
	}
	return law.Provision{Instrument: "Policy of this library:", Section: name, Title: "registration", Status: law.Assumed}
}
