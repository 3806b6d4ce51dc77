package icms_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/access"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

// TestEveryMethodOfASessionHasADoor compares the methods that there are with the table of doors: none can be added without an action.
func TestEveryMethodOfASessionHasADoor(t *testing.T) {
	var methods, doors []string
	for m := range reflect.TypeFor[*icms.Session]().Methods() {
		methods = append(methods, m.Name)
	}
	for _, d := range icms.Doors() {
		doors = append(doors, d.Method)
		require.Contains(t, access.Objects(d.Action), d.Kind, "%s", d.Method)
	}
	slices.Sort(doors)
	require.Equal(t, methods, doors)
}

// TestTheMatrixOverTheLiveService has everybody knock at every door, and holds the answer against the table.
func TestTheMatrixOverTheLiveService(t *testing.T) {
	w := newTown(t)
	table, err := icmshk.Access()
	require.NoError(t, err)
	knocked := map[string]bool{}
	allowed, refused := 0, 0
	for _, p := range slices.Concat(w.probes(), w.changingProbes()) {
		knocked[p.method] = true
		d := door(t, p.method)
		for _, who := range townspeople() {
			state := p.state(who)
			roles := who.roles
			if p.relation != nil {
				roles = append(slices.Clip(roles), p.relation(who)...)
			}
			err := p.call(t.Context(), w.as(who.name), p.name)
			var denied *icms.DeniedError
			is := errors.As(err, &denied)
			if table.Allows(roles, d.Action, d.Kind, state).Allowed {
				allowed++
				forAnother := is && denied.Finding.Path.Pointer == "/party" // let into the case, for a party that is not the own one
				require.False(t, is && denied.Action != "" && !forAnother, "%s: %s on %s %q should be let in: %v", who.name, p.method, state, p.name, err)
				continue
			}
			refused++
			require.True(t, is, "%s: %s on %s %q should be refused: %v", who.name, p.method, state, p.name, err)
			speaksBothLanguages(t, denied)
			secret := !p.open && (state == access.Foreign || state == access.Sealed || state == access.Withheld)
			if state == access.Restricted { // to whoever may neither read nor inspect it
				secret = !table.Allows(roles, access.ReadCase, access.Case, state).Allowed && !table.Allows(roles, access.InspectCase, access.Case, state).Allowed
			}
			if secret {
				w.looksAbsent(p, who, state, err)
			}
		}
	}
	for m := range reflect.TypeFor[*icms.Session]().Methods() {
		require.True(t, knocked[m.Name], "nobody knocks at %s", m.Name)
	}
	t.Logf("%d calls let in, %d refused", allowed, refused)
	w.proven()
}

// looksAbsent holds a refusal against what is said of a thing that is not there: word for word the same, but for the name.
func (w *town) looksAbsent(p probe, who person, state access.State, err error) {
	w.t.Helper()
	if errors.Is(err, icms.ErrForbidden) && state != access.Restricted {
		return // refused before anything was looked at, whatever is there
	}
	if !errors.Is(err, icms.ErrForbidden) {
		require.ErrorIs(w.t, err, icms.ErrNotFound, "%s: %s", who.name, p.method)
	}
	named, call := [2]string{p.name, madeUp}, func() error { return p.call(w.t.Context(), w.as(who.name), madeUp) }
	if p.absent != nil {
		named, call = p.named, func() error { return p.absent(w.t.Context(), w.as(who.name)) }
	}
	require.EqualError(w.t, call(), strings.ReplaceAll(err.Error(), named[0], named[1]), "%s: %s", who.name, p.method)
}

func door(t testing.TB, method string) icms.Door {
	t.Helper()
	for _, d := range icms.Doors() {
		if d.Method == method {
			return d
		}
	}
	t.Fatalf("no door %s", method)
	return icms.Door{}
}

func speaksBothLanguages(t testing.TB, e *icms.DeniedError) {
	t.Helper()
	for _, tag := range []string{law.English, law.TraditionalChinese} {
		require.NotEmpty(t, e.Text()[tag])
		require.NotRegexp(t, `\{\w+\}`, e.Text()[tag], "a placeholder has no value")
		if code := string(e.Action); strings.Contains(code, "-") {
			require.NotContains(t, e.Text()[tag], code, "a code in place of words")
		}
	}
}

// TestADoorAsksForItsOwnAction takes one action after the other out of a table that allows everything: the doors of that action close, and no
// others.
func TestADoorAsksForItsOwnAction(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine, many steps: left to the run of everything, without the race detector")
	}
	w := newTown(t)
	for _, without := range access.Actions() {
		w.open(everythingBut(t, without))
		for _, p := range slices.Concat(w.probes(), w.ownCaseProbes(), w.deliveryProbes()) {
			d := door(t, p.method)
			err := p.call(t.Context(), w.as("officer"), p.name)
			var denied *icms.DeniedError
			is := errors.As(err, &denied) && denied.Action == without
			if d.Action == without || d.First == without {
				require.True(t, is, "%s does not ask for %s: %v", p.method, without, err)
			} else {
				require.False(t, is, "%s asks for %s: %v", p.method, without, err)
			}
		}
	}
}

// everythingBut allows everybody everything but one action.
func everythingBut(t testing.TB, without access.Action) *access.Table {
	t.Helper()
	var p access.Policy
	for _, a := range access.Actions() {
		if a == without {
			continue
		}
		for _, k := range access.Objects(a) {
			p.Rows = append(p.Rows, access.Row{
				Roles: []access.Role{access.Public}, Action: a, Kind: k, States: access.States(k), Provision: law.Provision{Instrument: "test"},
			})
		}
	}
	table, err := access.New(p)
	require.NoError(t, err)
	return table
}
