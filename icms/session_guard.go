package icms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/payment"
)

// DeniedError is a refusal because of who asks. It wraps ErrForbidden; or ErrNotFound where the person may not know that there is something.
type DeniedError struct {
	// Action is what was asked for; empty when there is nothing of that name.
	Action access.Action
	// Finding says why, by a code of the catalogue and in every language of it.
	Finding filing.Finding
	kind    error
}

// Error is the finding in English.
func (e *DeniedError) Error() string { return e.kind.Error() + ": " + e.Finding.String() }

// Text is the sentence of the finding in every language.
func (e *DeniedError) Text() law.Text { return e.Finding.Text() }

// Unwrap gives ErrForbidden or ErrNotFound.
func (e *DeniedError) Unwrap() error { return e.kind }

// guard is one call of a Session's method: who calls, what for.
type guard struct {
	s      *Service
	ctx    context.Context
	actor  members.Actor
	door   Door
	member string // the registered user for whom the person acts
}

// object is what a method is about to do something to.
type object struct {
	// court is the court whose it is; empty for what belongs to none.
	court string
	state access.State
	// name names it in a refusal: a batch's id, a case number. Open says that it is no secret that it exists.
	name string
	open bool
	// over and why say, of one that has ended, that it has.
	over filing.Code
	why  []law.Value
	// roles are the person's relations to it.
	roles []access.Role
}

// enter finds out who calls a method and refuses at once what the person may do in no state.
func (x *Session) enter(ctx context.Context, method string) (*guard, error) {
	i := slices.IndexFunc(doors[:], func(d Door) bool { return d.Method == method })
	if i < 0 {
		return nil, fmt.Errorf("%w: the method %s has no action", ErrForbidden, method)
	}
	actor, err := x.s.members.Actor(ctx, x.subject)
	if err != nil {
		return nil, fmt.Errorf("icms: %w", err)
	}
	g := &guard{s: x.s, ctx: ctx, actor: actor, door: doors[i], member: actor.Registered()}
	roles := actor.Roles
	if g.litigates() {
		roles = append(slices.Clip(roles), access.Party, access.Representative)
	}
	if !g.ever(roles) {
		return nil, g.denied(object{open: true})
	}
	return g, nil
}

// litigates reports whether the person may be a party, or act for one: through the account of an individual or of an organisation user.
func (g *guard) litigates() bool {
	k := g.actor.Account.Kind
	return g.member != "" && (k == members.Individual || k == members.OrganisationUser)
}

// ever reports whether the action is allowed to one of the roles on any object at all.
func (g *guard) ever(roles []access.Role) bool {
	for _, s := range access.States(g.door.Kind) {
		if g.s.access.Allows(roles, g.door.Action, g.door.Kind, s).Allowed {
			return true
		}
	}
	return false
}

// on asks the table about an object.
func (g *guard) on(o object) error {
	roles := append(slices.Clip(g.actor.RolesAt(o.court)), o.roles...)
	if g.s.access.Allows(roles, g.door.Action, g.door.Kind, o.state).Allowed {
		return nil
	}
	return g.denied(o)
}

// secret reports whether somebody who may do nothing to an object may not know of it either.
func (o object) secret() bool {
	switch o.state {
	case access.Foreign, access.Sealed, access.Withheld:
		return !o.open
	}
	return false
}

// sees reports whether the person may read, or inspect, a case of that state. To others a restricted one is not there.
func (g *guard) sees(o object) bool {
	roles := append(slices.Clip(g.actor.RolesAt(o.court)), o.roles...)
	return slices.ContainsFunc([]access.Action{access.ReadCase, access.InspectCase}, func(a access.Action) bool {
		return g.s.access.Allows(roles, a, access.Case, o.state).Allowed
	})
}

// denied makes the refusal of an object.
func (g *guard) denied(o object) error {
	if o.secret() || o.state == access.Restricted && !g.sees(o) {
		return g.missing(o.name)
	}
	code, values := g.why(o)
	return &DeniedError{Action: g.door.Action, kind: ErrForbidden, Finding: filing.NewFinding(code, "", g.ground(o), values...)}
}

// ground is what a refusal rests on, when the law speaks of it: for the object, or for any when the refusal is of all.
func (g *guard) ground(o object) law.Provision {
	states := []access.State{o.state}
	if o.state == "" {
		states = access.States(g.door.Kind)
	}
	roles := append(slices.Clip(g.actor.RolesAt(o.court)), o.roles...)
	for _, s := range states {
		if p := g.s.access.Allows(roles, g.door.Action, g.door.Kind, s).Provision; !p.IsZero() {
			return p
		}
	}
	return law.Provision{}
}

// why finds the code of a refusal.
func (g *guard) why(o object) (filing.Code, []law.Value) {
	account, action := law.V("account", g.actor.Account.ID), law.V("action", g.door.Action.Words())
	switch g.actor.Status {
	case members.Applied:
		return filing.AccessPending, []law.Value{account}
	case members.Refused:
		return filing.AccessRefused, []law.Value{account}
	case members.Suspended:
		return filing.AccessSuspended, []law.Value{account}
	case members.Closed:
		return filing.AccessClosed, []law.Value{account}
	}
	kind := g.actor.Account.Kind
	forUsers := g.ever([]access.Role{access.Individual, access.OrganisationUser, access.Party, access.Representative})
	switch {
	case kind == "" && forUsers:
		return filing.AccessRegister, []law.Value{action}
	case (kind == members.PrimaryAdministrator || kind == members.SecondaryAdministrator) && forUsers:
		return filing.AccessAdministrator, []law.Value{action}
	case o.court != "" && g.ever(g.actor.Roles) && !g.ever(g.actor.RolesAt(o.court)):
		return filing.AccessCourt, []law.Value{law.V("court", o.court), action}
	case o.court == "" && g.unposted() != nil:
		return filing.AccessPosting, g.unposted()
	case o.state == access.Ended:
		return o.over, o.why
	case o.state == access.Foreign && g.owner() == "" && g.ever([]access.Role{access.Public}):
		return filing.AccessUnidentified, []law.Value{action}
	case o.state == access.Own && g.ever(g.actor.Roles):
		return filing.AccessSecondPerson, []law.Value{action}
	case g.door.Kind == access.Case && forUsers && o.name != "":
		return filing.AccessNotParty, []law.Value{law.V("case", o.name), action}
	}
	return filing.AccessDenied, []law.Value{action}
}

// isDenied reports whether an error is the table's no.
func isDenied(err error) bool {
	var denied *DeniedError
	return errors.As(err, &denied)
}

// courtless are the kinds of object that belong to no court.
var courtless = []access.Kind{access.Service, access.Member, access.Organisation, access.Staff, access.Deposit}

// unposted are the values of a refusal of what belongs to no court, for staff who might do it if their posts were not at single courts; nil for
// everybody else.
func (g *guard) unposted() []law.Value {
	if len(g.actor.Account.Courts) == 0 {
		return nil
	}
	var posts []law.Text
	for _, role := range g.actor.Roles {
		if role.Staff() && g.ever([]access.Role{role}) {
			posts = append(posts, role.Words())
		}
	}
	if len(posts) == 0 {
		return nil
	}
	return []law.Value{
		law.V("action", g.door.Action.Words()), law.V("posts", together(posts)), law.V("courts", strings.Join(g.actor.Account.Courts, ", ")),
	}
}

// together lists names, in both languages of the shipped texts.
func together(all []law.Text) law.Text {
	var english, chinese []string
	for _, t := range all {
		english, chinese = append(english, t.In(law.English)), append(chinese, t.In(law.TraditionalChinese))
	}
	return law.T(strings.Join(english, ", "), strings.Join(chinese, "、"))
}

// missing says that there is nothing of that name: the same, whether it is not there or may not be known of. Staff whose posts are at single courts
// are told, of what belongs to none, which posting it takes, whether it is there or not.
func (g *guard) missing(name string) error {
	if values := g.unposted(); values != nil && slices.Contains(courtless, g.door.Kind) {
		return &DeniedError{Action: g.door.Action, kind: ErrForbidden, Finding: filing.NewFinding(filing.AccessPosting, "", law.Provision{}, values...)}
	}
	return &DeniedError{kind: ErrNotFound, Finding: filing.NewFinding(filing.AccessNotThere, "", law.Provision{},
		law.V("kind", g.door.Kind.Words()), law.V("name", name))}
}

// lookedUp tells an error of looking something up: what is not there is missing, in the words of missing.
func (g *guard) lookedUp(err error, name string) error {
	if errors.Is(err, ErrNotFound) || errors.Is(err, members.ErrNotFound) {
		return g.missing(name)
	}
	return err
}

// court finds a court that the service serves.
func (g *guard) court(code string) (*desk, error) {
	d, err := g.s.court(code)
	if err != nil {
		f := filing.NewFinding(filing.CourtUnknown, "/court", law.Provision{}, law.V("court", code), law.V("courts", strings.Join(g.s.Courts(), ", ")))
		return nil, fmt.Errorf("%w: %w", err, refuse(f))
	}
	return d, nil
}

// by is how the person signs.
func (g *guard) by() Filer {
	if g.actor.Account.ID == "" {
		name := stranger(g.actor.Subject)
		return Filer{Organisation: name, User: strings.TrimPrefix(name, strangers)}
	}
	return Filer(g.actor.By())
}

// strangers begins the name under which somebody without an account pays and searches: the host's name for the person follows. No registered
// user has such a name.
const strangers = "public:"

// stranger is that name for the host's name of a person; of one that can't stand in it, a digest does.
func stranger(subject string) string {
	if len(strangers)+len(subject) <= payment.MaxID && !strings.HasPrefix(subject, "#") && !strings.ContainsFunc(subject, notInID) && strings.TrimSpace(subject) == subject {
		return strangers + subject
	}
	sum := sha256.Sum256([]byte(subject))
	return strangers + "#" + hex.EncodeToString(sum[:])
}

// owner is the name under which the person owns orders and searches.
func (g *guard) owner() string {
	if g.member != "" {
		return g.member
	}
	if g.actor.Subject == "" {
		return ""
	}
	return stranger(g.actor.Subject)
}

// whose says whether something that has an owner is the person's own.
func (g *guard) whose(owner string) access.State {
	if owner != "" && owner == g.owner() {
		return access.Own
	}
	return access.Foreign
}

// told turns a refusal of the register of members into one of the catalogue; the kinds of members stay to be tested for.
func told(err error) error {
	var refusal *members.RefusalError
	if !errors.As(err, &refusal) {
		return err
	}
	return fmt.Errorf("%w: %w", refuse(filing.NewFinding(filing.Code(refusal.Code), "", refusal.Provision, refusal.Values...)), err)
}
