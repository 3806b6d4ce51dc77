package runner

import (
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"net/netip"
	"path/filepath"
	"strconv"
	"strings"
)

// The parts of a handshake: core protocol, protocol of the application, network, address, transport, certificate. A seventh, by which
// go-plugin's broker is multiplexed, is not looked at.
const (
	coreProtocol = "1"
	minParts     = 6
	// maxLine bounds the handshake in bytes; a real one has about 900.
	maxLine = 16 << 10
	// maxShown bounds how much of a wrong line an error repeats.
	maxShown = 120
)

// HandshakeError is a first line on stdout with which no connection can be made.
type HandshakeError struct {
	// Line is what the plugin wrote, quoted and cut.
	Line string
	// Problem is what is wrong with it, Remedy what to do.
	Problem, Remedy string
}

func (e *HandshakeError) Error() string {
	if e.Line == "" {
		return "handshake: " + e.Problem
	}
	return fmt.Sprintf("handshake: %s; the line was %s", e.Problem, e.Line)
}

// ReadHandshake judges the first line that a plugin writes on stdout, and gives it as go-plugin reads it: a certificate may end in "=", as many
// encoders write it, and go-plugin takes none. protocol is the version that the host speaks; sockets the private
// folder in which alone a socket may lie; a plugin may also listen on a port of the loopback interface. The certificate is a must: every
// connection is authenticated on both sides.
func ReadHandshake(line string, protocol int, sockets string) (string, error) {
	wrong := func(remedy, format string, args ...any) (string, error) {
		return "", &HandshakeError{Line: quote(line), Problem: fmt.Sprintf(format, args...), Remedy: remedy}
	}
	const author = "ask the author of the plugin for a version that follows the guide of package plugins"
	parts := strings.Split(line, "|")
	if len(parts) < minParts || parts[0] != coreProtocol {
		return wrong("the plugin must write nothing on stdout before it serves: its logs belong on stderr",
			"this is no handshake of go-plugin with %d parts", minParts)
	}
	if parts[1] != strconv.Itoa(protocol) {
		return wrong("install a version of the plugin for this protocol, or a host for that one",
			"the plugin speaks protocol %s and the host %d", quote(parts[1]), protocol)
	}
	if parts[4] != "grpc" {
		return wrong(author, "the transport is %s and must be grpc", quote(parts[4]))
	}
	if problem := checkAddress(parts[2], parts[3], sockets); problem != "" {
		return wrong(author, "%s", problem)
	}
	parts[5] = strings.TrimRight(parts[5], "=")
	der, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(der) == 0 {
		return wrong("the plugin must serve by TLS with the certificate that it announces", "it announces no certificate")
	}
	if _, err := x509.ParseCertificate(der); err != nil {
		return wrong(author, "the certificate cannot be read")
	}
	return strings.Join(parts, "|"), nil
}

// checkAddress says what is wrong with where a plugin listens.
func checkAddress(network, address, sockets string) string {
	switch network {
	case "unix":
		if !filepath.IsAbs(address) || !within(sockets, address) {
			return "the socket does not lie in the folder of PLUGIN_UNIX_SOCKET_DIR"
		}
	case "tcp":
		at, err := netip.ParseAddrPort(address)
		if err != nil || !at.Addr().IsLoopback() || at.Port() == 0 {
			return "the address " + quote(address) + " is no port of the loopback interface"
		}
	default:
		return "the network " + quote(network) + " is neither unix nor tcp"
	}
	return ""
}

// within says whether path lies below dir, by their names.
func within(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return dir != "" && err == nil && rel != "." && filepath.IsLocal(rel)
}

// quote makes what a plugin wrote safe to show.
func quote(s string) string {
	if len(s) > maxShown {
		return strconv.QuoteToASCII(s[:maxShown]) + "..."
	}
	return strconv.QuoteToASCII(s)
}
