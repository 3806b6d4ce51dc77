package fees

import "fmt"

// Mode is how an item is used: at the counter or through the electronic system. The zero Mode is none of them and is refused,
// so that a forgotten mode is an error and not the dearer or the cheaper fee.
type Mode uint8

const (
	// Paper is use at the counter.
	Paper Mode = iota + 1
	// Electronic is use through the court's electronic system.
	Electronic
)

// String is the name in data files and CSV: "paper" or "electronic".
func (m Mode) String() string {
	switch m {
	case Paper:
		return "paper"
	case Electronic:
		return "electronic"
	}
	return fmt.Sprintf("mode(%d)", uint8(m))
}

// ParseMode reads the name that String writes. Its error wraps ErrMode.
func ParseMode(name string) (Mode, error) {
	switch name {
	case "paper":
		return Paper, nil
	case "electronic":
		return Electronic, nil
	}
	return 0, fmt.Errorf("%w: %.20q is none of paper, electronic", ErrMode, name)
}

// MarshalText writes the name; the zero Mode is an error.
func (m Mode) MarshalText() ([]byte, error) {
	if m != Paper && m != Electronic {
		return nil, fmt.Errorf("%w: no mode has the number %d", ErrMode, uint8(m))
	}
	return []byte(m.String()), nil
}

// UnmarshalText reads the name.
func (m *Mode) UnmarshalText(b []byte) error {
	v, err := ParseMode(string(b))
	if err != nil {
		return err
	}
	*m = v
	return nil
}
