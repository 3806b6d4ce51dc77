package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// The test program runs itself as other processes, which may be killed.
const childMode = "SIMPAY_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childMode) != "" {
		main()
	}
	os.Exit(m.Run())
}

const (
	secret  = "a secret of the tests"
	control = "a control secret of the tests"
)

// place is a folder with the files of a company.
type place struct {
	*testing.T
	dir string
}

func newPlace(t *testing.T) place {
	p := place{t, t.TempDir()}
	p.write("secrets", secret+"\n\n")
	p.write("control", control+"\n")
	return p
}

func (p place) path(name string) string { return filepath.Join(p.dir, name) }

func (p place) write(name, text string) {
	p.Helper()
	require.NoError(p, os.WriteFile(p.path(name), []byte(text), 0o600))
}

// company is the program in a process of its own.
type company struct {
	place
	cmd    *exec.Cmd
	url    string
	stderr *bytes.Buffer
	client *simpay.Client
	remote *simpay.Remote
}

func (p place) start(args ...string) *company {
	p.Helper()
	self, err := os.Executable()
	require.NoError(p, err)
	c := &company{place: p, stderr: &bytes.Buffer{}}
	all := append([]string{"-secrets", p.path("secrets"), "-control", p.path("control"), "-journal", p.path("journal")}, args...)
	c.cmd = exec.CommandContext(p.Context(), self, all...)
	c.cmd.Env = append(os.Environ(), childMode+"=main", "GORACE=atexit_sleep_ms=0")
	c.cmd.Stderr = c.stderr
	out, err := c.cmd.StdoutPipe()
	require.NoError(p, err)
	require.NoError(p, c.cmd.Start())
	p.Cleanup(func() { _ = c.cmd.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(p, err, "it wrote no address: %s", c.stderr)
	c.url = strings.TrimSuffix(line, "\n")
	transport := &http.Transport{}
	p.Cleanup(transport.CloseIdleConnections)
	c.client, err = simpay.NewClient(simpay.ClientOptions{
		URL: c.url, HTTP: transport, Secrets: []simpay.Secret{secret}, Terms: simpay.Terms{Currencies: []string{"HKD"}}, Clock: clock,
	})
	require.NoError(p, err)
	c.remote, err = simpay.NewRemote(c.url, control, transport)
	require.NoError(p, err)
	return c
}

// clock stands still: the keys of the tests are as fresh as the program's.
func clock() time.Time { return time.Time{} }

// end waits for the program to end.
func (c *company) end() error {
	c.Helper()
	return c.cmd.Wait()
}

func hkd(minor int64) money.Amount { return money.New(minor, money.MustCurrency("HKD")) }

func request(reference string) payment.CreateRequest {
	return payment.CreateRequest{Reference: reference, Key: reference + ":create:1", Amount: hkd(1400), Flow: payment.Redirect, Locale: "zh-HK"}
}

func TestWhatWasAnsweredOutlivesAKill(t *testing.T) {
	ctx := t.Context()
	p := newPlace(t)
	c := p.start()
	first, err := c.client.Create(ctx, request("R-1"))
	require.NoError(t, err)
	paid, err := c.remote.Act(ctx, "R-1", simpay.Act{Deed: simpay.DeedPay})
	require.NoError(t, err)
	before, err := c.client.Query(ctx, payment.QueryRequest{Reference: "R-1"})
	require.NoError(t, err)
	require.NoError(t, c.cmd.Process.Kill())
	require.Error(t, c.end())

	c = p.start()
	after, err := c.client.Query(ctx, payment.QueryRequest{Reference: "R-1"})
	require.NoError(t, err)
	require.Equal(t, before, after)
	require.Equal(t, paid, after.Payments[0].ID)
	again, err := c.client.Create(ctx, request("R-1"))
	require.NoError(t, err)
	require.True(t, again.Replay)
	require.Equal(t, first.GatewayRef, again.GatewayRef)
	totals, err := c.remote.Totals(ctx, money.MustCurrency("HKD"))
	require.NoError(t, err)
	require.Equal(t, hkd(1400), totals.Taken)
}

func TestItPlantsACanary(t *testing.T) {
	const canary = "4111111111111111"
	c := newPlace(t).start("-canary", canary)
	_, err := c.client.Create(t.Context(), request("R-1"))
	require.NoError(t, err)
	paid, err := c.remote.Act(t.Context(), "R-1", simpay.Act{Deed: simpay.DeedPay})
	require.NoError(t, err)
	require.Contains(t, paid, canary)
}

func TestItStopsWhenAsked(t *testing.T) {
	c := newPlace(t).start()
	require.NoError(t, c.remote.Fail(t.Context(), simpay.Fault{Mode: simpay.Hang}))
	hung := make(chan error, 1)
	go func() {
		_, err := c.client.Health(context.Background())
		hung <- err
	}()
	for e := (simpay.Effects{}); e.Requests[simpay.OpHealth] == 0; {
		var err error
		e, err = c.remote.Effects(t.Context())
		require.NoError(t, err)
	}
	require.NoError(t, c.cmd.Process.Signal(syscall.SIGTERM))
	require.NoError(t, c.end(), "%s", c.stderr)
	require.Error(t, <-hung)
	require.Empty(t, c.stderr.String())
}

// A merchant's server gets the notification, signed, from a program that may only reach this machine.
func TestItNotifies(t *testing.T) {
	c := newPlace(t).start()
	got := make(chan payment.Message, 4)
	merchant := newMerchant(t, got)
	r := request("R-2")
	r.NotifyURL = merchant
	_, err := c.client.Create(t.Context(), r)
	require.NoError(t, err)
	_, err = c.remote.Act(t.Context(), "R-2", simpay.Act{Deed: simpay.DeedPay})
	require.NoError(t, err)
	m := <-got
	stamp, _, _ := strings.Cut(strings.TrimPrefix(m.Header["Simpay-Signature"][0], "t="), ",")
	second, err := strconv.ParseInt(stamp, 10, 64)
	require.NoError(t, err)
	m.Received = time.Unix(second, 0)
	reply, err := c.client.Notification(t.Context(), m)
	require.NoError(t, err)
	require.True(t, reply.Verified, "%s", reply.Reject)
	require.Equal(t, payment.AttemptSucceeded, reply.Events[0].Snapshot.State)
}

func TestTwoProgramsDoNotShareAJournal(t *testing.T) {
	p := newPlace(t)
	p.start()
	var stderr bytes.Buffer
	status := run(t.Context(), []string{"-secrets", p.path("secrets"), "-journal", p.path("journal")}, io.Discard, &stderr)
	require.Equal(t, failed, status)
	require.Contains(t, stderr.String(), "in use by another program")
}
