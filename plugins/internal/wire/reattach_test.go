package wire_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/internal/wire"
)

// FuzzParseReattach: what is read can be used, and is written as it was read.
func FuzzParseReattach(f *testing.F) {
	f.Add(`{"network":"unix","address":"/tmp/icms1/s","pid":7,"protocol":1}`)
	f.Add(`{"network":"tcp","address":"127.0.0.1:1","pid":7,"protocol":1}`)
	f.Add(`{}`)
	f.Fuzz(func(t *testing.T, text string) {
		r, err := wire.ParseReattach(text)
		if err != nil {
			require.ErrorIs(t, err, wire.ErrReattach)
			return
		}
		require.Equal(t, wire.Protocol, r.Protocol)
		require.Positive(t, r.PID)
		require.NotEmpty(t, r.Address)
		again, err := wire.ParseReattach(r.String())
		require.NoError(t, err)
		require.Equal(t, r, again)
	})
}

// The line that a plugin in debug mode prints.
func ExampleReattach() {
	fmt.Println(wire.Reattach{Network: "unix", Address: "/tmp/icms1/s", PID: 7, Protocol: wire.Protocol})
	_, err := wire.ParseReattach(`{"network":"unix","address":"/tmp/icms1/s","pid":7,"protocol":2}`)
	fmt.Println(err)
	// Output:
	// {"network":"unix","address":"/tmp/icms1/s","pid":7,"protocol":1}
	// plugins: not a reattach string, such as a plugin prints with ICMS_PLUGIN_DEBUG=1: it speaks version 2 of the contract, 1 is needed
}
