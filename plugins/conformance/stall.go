package conformance

import (
	"context"
	"fmt"
	"net"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
	"courts.example/eservices/plugins/internal/gatewaywire"
)

// served makes a call on a connection; without an error the plugin served it.
func (b *bench) served(conn *grpc.ClientConn, err error) error {
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	ctx, cancel := b.within(stopLimit)
	defer cancel()
	return b.touch(ctx, conn)
}

// dialOpen connects without TLS.
func (p *process) dialOpen() (*grpc.ClientConn, error) {
	parts := strings.Split(p.hello, "|")
	return grpc.NewClient("passthrough:///localhost", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, parts[2], parts[3])
		}), grpc.WithDisableRetry(), grpc.WithNoProxy())
}

// touchIn gives the code of a harmless call.
func (b *bench) touchIn(p *process, d time.Duration) codes.Code {
	ctx, cancel := b.within(d)
	defer cancel()
	return status.Code(b.touch(ctx, p.conn))
}

// gateway gives what a process serves.
func (b *bench) gateway(p *process) payment.Gateway {
	b.Helper()
	ctx, cancel := b.within(quietLimit)
	defer cancel()
	g, err := gatewaywire.Load(ctx, p.conn)
	if err != nil {
		b.Fatalf("Describe: %v", err)
	}
	return g
}

// request is a good request for a new attempt. A reference is new for every seed.
func (b *bench) request(n int) payment.CreateRequest {
	c := b.info.capabilities
	ref := fmt.Sprintf("%s-%s-%d", b.Name()[strings.LastIndexByte(b.Name(), '/')+1:], tag(b.o.Seed), n)
	now := time.Now()
	if b.firm != nil {
		now = b.firm.Now()
	}
	session := max(30*time.Minute, c.SessionMin)
	if c.SessionMax > 0 {
		session = min(session, c.SessionMax)
	}
	return payment.CreateRequest{
		Reference: ref, Key: ref + ":create:1", Amount: money.New(14000, money.MustCurrency(c.Currencies[0])), Means: c.Means[0], Flow: c.Flows[0],
		Description: "Fees for order " + ref, Locale: "en",
		ReturnURL: "https://court.example/return", CancelURL: "https://court.example/cancel", NotifyURL: "https://court.example/notify",
		ExpiresAt: now.Add(session).Truncate(time.Second), FirstSent: now, SendNo: 1,
	}
}

// fault spoils the connection to the company, or leaves the case.
func (b *bench) fault(f gatewaytest.Fault, on gatewaytest.Calls) gatewaytest.Trouble {
	b.Helper()
	s, ok := b.firm.(gatewaytest.Faulter)
	if !ok {
		leave(b.T, NotChecked, "the sandbox offers no faults")
	}
	trouble, err := s.Fault(f, on)
	if err != nil {
		b.Fatalf("sandbox: the fault %s: %v", f, err)
	}
	return trouble
}

// stall has a call of the process wait for the company, and gives what ends the wait and tells how the call went; nil when there is no company
// that could be slow.
func (b *bench) stall(p *process) (end func() error) {
	b.Helper()
	if _, ok := b.firm.(gatewaytest.Faulter); !ok {
		return nil
	}
	g := b.gateway(p)
	trouble := b.fault(gatewaytest.Stall, gatewaytest.Changes)
	done := make(chan error, 1)
	go func() {
		ctx, cancel := b.within(30 * time.Second)
		defer cancel()
		_, err := g.Create(ctx, b.request(1))
		done <- err
	}()
	select {
	case <-trouble.Met:
	case err := <-done:
		b.Fatalf("Create did not ask the company: %v", err)
	}
	return func() error {
		trouble.Heal()
		return <-done
	}
}
