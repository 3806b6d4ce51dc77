package members

import (
	"context"
	"errors"
	"slices"
	"time"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
)

// AllCourts is what a posting names that is at every court, and for the service as a whole.
const AllCourts = "all"

// postedAt are the courts of a posting as they are kept: none for every court.
func postedAt(courts []string) []string {
	if len(courts) == 1 && courts[0] == AllCourts {
		return nil
	}
	return slices.Clone(courts)
}

// AppointStaff opens the account of a member of staff, in use at once. It is ended by [Close].
type AppointStaff struct {
	Person
	// Office is where they work: "registry". It stands on what they do beside their account.
	Office string
	// Posts are what they are, each a role of staff. Courts are the codes of the courts where they are that; none, or AllCourts alone, means every
	// court, and what belongs to no court besides.
	Posts  []access.Role
	Courts []string
	By     By
	At     time.Time
}

func (r AppointStaff) plan(ctx context.Context, m *Members) (plan, error) {
	r.Courts = postedAt(r.Courts)
	if err := first(r.Person.check(), textOf("office", r.Office, maxID), signed(r.By, r.At), checkPosts(r.Posts, r.Courts)); err != nil {
		return plan{}, err
	}
	hash, err := digest([]any{r.Person, r.Office})
	if err != nil {
		return plan{}, err
	}
	before, err := m.Account(ctx, r.ID)
	switch {
	case err == nil && before.Hash == hash && slices.Equal(before.Posts, r.Posts) && slices.Equal(before.Courts, r.Courts):
		return plan{}, &DoneError{Done{Account: before}}
	case err == nil:
		return plan{}, refuse(ErrTaken, CodeIDTaken, law.V("id", r.ID))
	case !errors.Is(err, ErrNotFound):
		return plan{}, err
	}
	if err := first(m.unused(ctx, kindOrganisation, r.ID), m.unbound(ctx, r.Subject)); err != nil {
		return plan{}, err
	}
	a := Account{
		ID: r.ID, Kind: Staff, Subject: r.Subject, Name: r.Name, Status: Active, Organisation: r.Office, Posts: slices.Clone(r.Posts),
		Courts: slices.Clone(r.Courts), Application: Application{Hash: hash}, Standing: Standing{Changed: instant(r.At), By: r.By},
	}
	put, err := m.putAccount(a)
	return plan{m.change(a.deed("appoint"), put), Done{Account: a}}, err
}

// ChangePosts gives a member of staff other posts or courts, which are as in AppointStaff.
type ChangePosts struct {
	ID     string
	Posts  []access.Role
	Courts []string
	By     By
	At     time.Time
}

func (r ChangePosts) plan(ctx context.Context, m *Members) (plan, error) {
	r.Courts = postedAt(r.Courts)
	if err := first(signed(r.By, r.At), checkPosts(r.Posts, r.Courts)); err != nil {
		return plan{}, err
	}
	a, err := m.Account(ctx, r.ID)
	switch {
	case err != nil:
		return plan{}, err
	case a.Kind != Staff:
		return plan{}, refuse(ErrInvalid, CodeKindOfAccount, law.V("kind", a.Kind))
	case a.Status == Closed:
		return plan{}, refuse(ErrStatus, CodeStatus, law.V("id", a.ID), law.V("status", a.Status), law.V("step", "change posts"))
	case slices.Equal(a.Posts, r.Posts) && slices.Equal(a.Courts, r.Courts):
		return plan{}, &DoneError{Done{Account: a}}
	}
	a.Posts, a.Courts = slices.Clone(r.Posts), slices.Clone(r.Courts)
	a.Standing = Standing{Changed: instant(r.At), By: r.By}
	put, err := m.putAccount(a)
	return plan{m.change(a.deed("change-posts"), put), Done{Account: a}}, err
}

func checkPosts(posts []access.Role, courts []string) error {
	if len(posts) == 0 {
		return refuse(ErrInvalid, CodeField, law.V("field", "posts"))
	}
	for _, p := range posts {
		if !p.Staff() {
			return refuse(ErrInvalid, CodePost, law.V("post", p))
		}
	}
	for _, c := range courts {
		if err := idOf("court", c); err != nil {
			return err
		}
		if c == AllCourts { // beside others it says two things at once
			return refuse(ErrInvalid, CodeField, law.V("field", "courts"))
		}
	}
	return nil
}

// sameText reports whether two texts say the same in the same languages.
func sameText(a, b law.Text) bool {
	if len(a) != len(b) {
		return false
	}
	for tag, s := range a {
		if t, ok := b[tag]; !ok || t != s {
			return false
		}
	}
	return true
}
