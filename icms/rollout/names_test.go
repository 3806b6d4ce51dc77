package rollout_test

import (
	"encoding"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/rollout"
)

func TestNames(t *testing.T) {
	type named interface {
		encoding.TextMarshaler
		String() string
	}
	for name, v := range map[string]named{
		"unknown": rollout.Unknown, "no": rollout.No, "yes": rollout.Yes,
		"filing": rollout.Filing, "payment": rollout.Payment, "inspection": rollout.Inspection, "cause_book": rollout.CauseBook,
		"none": rollout.None, "planned": rollout.Planned, "announced": rollout.Announced, "in_force": rollout.InForce,
		"represented": rollout.IfRepresented, "commencing": rollout.IfCommencing, "firm_new": rollout.IfFirmNew, "not_permitted": rollout.UnlessPermitted,
	} {
		require.Equal(t, name, v.String())
		b, err := v.MarshalText()
		require.NoError(t, err)
		require.Equal(t, name, string(b))
	}
	for _, bad := range []named{rollout.Verdict(3), rollout.Service(0), rollout.Service(9), rollout.State(4), rollout.Condition(0)} {
		_, err := bad.MarshalText()
		require.Error(t, err)
		require.NotPanics(t, func() { _ = bad.String() })
	}
	v, s := rollout.Yes, rollout.Filing
	require.Error(t, v.UnmarshalText([]byte("maybe")))
	require.Equal(t, rollout.Yes, v, "an error changes nothing")
	require.Error(t, s.UnmarshalText(nil))
	require.NoError(t, s.UnmarshalText([]byte("cause_book")))
	require.Equal(t, rollout.CauseBook, s)
	require.Len(t, rollout.Services(), 4)
}
