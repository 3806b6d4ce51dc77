package law

import "fmt"

// Status says how certain we are of a fact. The zero value is Unstated: nobody has said, which is weaker than any other.
type Status uint8

// The statuses from the weakest to the strongest; their order is the order of the numbers.
const (
	// Unstated is the zero value: the table does not say. No shipped table uses it.
	Unstated Status = iota
	// Assumed marks our own policy where the law is silent or was not read.
	Assumed
	// Inferred marks what follows from confirmed facts by arithmetic, elimination or plain reading.
	Inferred
	// Secondary marks what a law firm's note, a news report or a study note says.
	Secondary
	// Confirmed marks what was read in the law itself or in an official statement.
	Confirmed
)

var statusNames = [...]string{"unstated", "assumed", "inferred", "secondary", "confirmed"}

// String gives the lower-case English name, as it stands in JSON and CSV.
func (s Status) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return fmt.Sprintf("status(%d)", uint8(s))
}

// ParseStatus reads the name that String writes.
func ParseStatus(name string) (Status, error) {
	for i, n := range statusNames {
		if n == name {
			return Status(i), nil
		}
	}
	return Unstated, fmt.Errorf("law: status %q is none of assumed, inferred, secondary, confirmed", name)
}

// MarshalText writes the name; a number outside the list is an error, never a silent default.
func (s Status) MarshalText() ([]byte, error) {
	if int(s) >= len(statusNames) {
		return nil, fmt.Errorf("law: no status has the number %d", uint8(s))
	}
	return []byte(statusNames[s]), nil
}

// UnmarshalText reads the name.
func (s *Status) UnmarshalText(b []byte) error {
	v, err := ParseStatus(string(b))
	if err != nil {
		return err
	}
	*s = v
	return nil
}
