package payment

import "errors"

// ErrFourEyes says that two persons are needed, and that the second is missing or the first one again.
var ErrFourEyes = errors.New("payment: a second person must confirm")
