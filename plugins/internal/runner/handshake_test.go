package runner

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// certificate gives one as a plugin announces it.
func certificate(t testing.TB) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	return base64.RawStdEncoding.EncodeToString(der)
}

func TestHandshakes(t *testing.T) {
	dir := t.TempDir()
	socket, cert := filepath.Join(dir, "plugin-dir1", "s"), certificate(t)
	for line, problem := range map[string]string{
		"1|1|unix|" + socket + "|grpc|" + cert:           "",
		"1|1|unix|" + socket + "|grpc|" + cert + "=":     "",
		"1|1|unix|" + socket + "|grpc|" + cert + "|true": "",
		"1|1|tcp|127.0.0.1:5000|grpc|" + cert:            "",
		"1|1|tcp|[::1]:5000|grpc|" + cert:                "",

		"":                                       "no handshake",
		"hello":                                  "no handshake",
		"2|1|unix|" + socket + "|grpc|" + cert:   "no handshake",
		"1|1|unix|" + socket + "|grpc":           "no handshake",
		"1|2|unix|" + socket + "|grpc|" + cert:   `protocol "2" and the host 1`,
		"1|01|unix|" + socket + "|grpc|" + cert:  "protocol",
		"1|1|unix|" + socket + "|netrpc|" + cert: "transport",
		"1|1|unix|" + dir + "|grpc|" + cert:      "PLUGIN_UNIX_SOCKET_DIR",
		"1|1|unix|" + dir + "/../s|grpc|" + cert: "PLUGIN_UNIX_SOCKET_DIR",
		"1|1|unix|s|grpc|" + cert:                "PLUGIN_UNIX_SOCKET_DIR",
		"1|1|unix|@abstract|grpc|" + cert:        "PLUGIN_UNIX_SOCKET_DIR",
		"1|1|tcp|localhost:5000|grpc|" + cert:    "no port of the loopback",
		"1|1|tcp|0.0.0.0:5000|grpc|" + cert:      "no port of the loopback",
		"1|1|tcp|127.0.0.1:0|grpc|" + cert:       "no port of the loopback",
		"1|1|vsock|2:3|grpc|" + cert:             "neither unix nor tcp",
		"1|1|unix|" + socket + "|grpc|":          "announces no certificate",
		"1|1|unix|" + socket + "|grpc|%%%":       "announces no certificate",
		"1|1|unix|" + socket + "|grpc|AAAA":      "cannot be read",
	} {
		read, err := ReadHandshake(line, 1, dir)
		if problem == "" {
			require.NoError(t, err, line)
			require.Equal(t, strings.ReplaceAll(line, "=", ""), read)
			continue
		}
		require.ErrorContains(t, err, problem, line)
		var bad *HandshakeError
		require.ErrorAs(t, err, &bad)
		require.NotEmpty(t, bad.Remedy)
	}
	_, err := ReadHandshake(strings.Repeat("\x1b", 1000), 1, dir)
	require.Less(t, len(err.Error()), 1000)
}

func FuzzReadHandshake(f *testing.F) {
	cert := certificate(f)
	f.Add("1|1|unix|/run/s/x|grpc|" + cert)
	f.Add("1|1|tcp|127.0.0.1:80|grpc|" + cert + "|false")
	f.Add("1|1|unix|/run/s/../x|grpc|")
	f.Fuzz(func(t *testing.T, line string) {
		_, err := ReadHandshake(line, 1, "/run/s")
		if err != nil {
			require.Less(t, len(err.Error()), 2000)
			return
		}
		parts := strings.Split(line, "|")
		if parts[2] == "unix" {
			require.True(t, strings.HasPrefix(filepath.Clean(parts[3]), "/run/s/"))
		}
	})
}
