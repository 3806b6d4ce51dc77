package simpay

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
)

// Secret is what a Sim and its Clients share. It never shows itself: printed, logged or encoded it is "[redacted]".
type Secret string

// MinSecret is the shortest secret in bytes.
const MinSecret = 16

const redacted = "[redacted]"

// String gives "[redacted]", whatever the secret.
func (s Secret) String() string { return redacted }

// GoString gives "[redacted]", for %#v.
func (s Secret) GoString() string { return redacted }

// LogValue gives "[redacted]" to slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText gives "[redacted]" to encoders.
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// checkSecrets refuses an empty list, and a secret that is empty or short: a verifier with an empty secret believes everybody.
func checkSecrets(secrets []Secret) error {
	if len(secrets) == 0 {
		return fmt.Errorf("%w: no secret: give at least one of %d bytes or more", ErrOptions, MinSecret)
	}
	for i, s := range secrets {
		if len(s) < MinSecret {
			return fmt.Errorf("%w: secret %d of %d has %d bytes, at least %d are needed", ErrOptions, i+1, len(secrets), len(s), MinSecret)
		}
	}
	return nil
}

// derive gives the keyed digest of some parts, in hexadecimal.
func (s Secret) derive(parts ...string) string { return hex.EncodeToString(s.mac(parts...)) }

func (s Secret) mac(parts ...string) []byte {
	m := hmac.New(sha256.New, []byte(s))
	for i, p := range parts {
		if i > 0 {
			m.Write([]byte{'.'})
		}
		m.Write([]byte(p))
	}
	return m.Sum(nil)
}

// bearer is what a Client shows to the Sim in place of the secret itself.
func (s Secret) bearer() string { return "Bearer " + s.derive("simpay", "api") }
