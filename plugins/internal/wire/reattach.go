package wire

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Reattach says where a plugin serves that no host has started: one in debug mode, or in the background of a test. There is no TLS on such a
// connection, so a host takes one only when it is told to.
type Reattach struct {
	// Network is "unix" or "tcp", Address a socket's path or a loopback address with its port.
	Network string `json:"network"`
	Address string `json:"address"`
	// PID is the process that serves.
	PID int `json:"pid"`
	// Protocol is the version of the contract.
	Protocol int `json:"protocol"`
}

// ErrReattach says that a text is no Reattach that can be used.
var ErrReattach = errors.New("plugins: not a reattach string, such as a plugin prints with ICMS_PLUGIN_DEBUG=1")

// String writes the value as one line of JSON.
func (r Reattach) String() string {
	text, err := json.Marshal(r)
	if err != nil {
		return ""
	}
	return string(text)
}

// ParseReattach reads what String writes. Its error wraps ErrReattach.
func ParseReattach(text string) (Reattach, error) {
	var r Reattach
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return Reattach{}, fmt.Errorf("%w: %v", ErrReattach, err)
	}
	if r.Network != "unix" && r.Network != "tcp" || r.Address == "" || r.PID <= 0 {
		return Reattach{}, fmt.Errorf("%w: network, address and pid are needed", ErrReattach)
	}
	if r.Protocol != Protocol {
		return Reattach{}, fmt.Errorf("%w: it speaks version %d of the contract, %d is needed", ErrReattach, r.Protocol, Protocol)
	}
	return r, nil
}
