package simpay

import (
	"crypto/hmac"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"

	"courts.example/eservices/payment"
)

// Tolerance is how old a notification may be when it comes in, and how far ahead its stamp.
const Tolerance = 300 * time.Second

// maxSignatures bounds the signatures of one message that are looked at.
const maxSignatures = 8

// sign makes the signature of a body: the second of its making, and an HMAC-SHA256 of "<second>.<body>" by each secret.
func sign(secrets []Secret, at time.Time, body []byte) string {
	stamp := strconv.FormatInt(at.Unix(), 10)
	b := "t=" + stamp
	for _, s := range secrets {
		b += ",v1=" + s.derive(stamp, string(body))
	}
	return b
}

// verify checks the signature of a body that came in at an instant. It gives "" for one that holds.
func verify(secrets []Secret, header http.Header, body []byte, now time.Time) payment.RejectReason {
	values := header.Values(headerSignature)
	if len(values) != 1 {
		return payment.RejectUnsigned
	}
	stamp, signatures, ok := parseSignature(values[0])
	if !ok {
		return payment.RejectUnsigned
	}
	if !signedByOne(secrets, stamp, signatures, body) {
		return payment.RejectForged
	}
	at, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return payment.RejectMalformed
	}
	const limit = int64(Tolerance / time.Second)
	switch second := now.Unix(); {
	case at < second-limit:
		return payment.RejectStale
	case at > second+limit:
		return payment.RejectFuture
	}
	return ""
}

// signedByOne compares every signature with every secret, in a time that tells nothing.
func signedByOne(secrets []Secret, stamp string, signatures [][]byte, body []byte) bool {
	one := false
	for _, s := range secrets {
		want := s.mac(stamp, string(body))
		for _, have := range signatures {
			if hmac.Equal(want, have) {
				one = true
			}
		}
	}
	return one
}

// parseSignature reads "t=<digits>,v1=<hex>[,v1=<hex>...]". Fields of other names are left out.
func parseSignature(value string) (stamp string, signatures [][]byte, ok bool) {
	for field := range strings.SplitSeq(value, ",") {
		name, text, _ := strings.Cut(strings.TrimSpace(field), "=")
		switch name {
		case "t":
			if stamp != "" || text == "" {
				return "", nil, false
			}
			stamp = text
		case "v1":
			mac, err := hex.DecodeString(text)
			if err != nil || len(signatures) == maxSignatures {
				return "", nil, false
			}
			signatures = append(signatures, mac)
		}
	}
	return stamp, signatures, stamp != "" && len(signatures) > 0
}
