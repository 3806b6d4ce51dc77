package host

import (
	"context"
	"errors"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"

	goplugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"

	"courts.example/eservices/plugins/internal/hcslog"
	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
)

// process is one running process of a plugin, with the connection to it. A process is used once: what dies is never revived.
type process struct {
	number uint64
	// client is nil for a plugin that the host did not start.
	client *goplugin.Client
	run    body
	conn   *grpc.ClientConn
	addr   net.Addr
	dialed atomic.Bool
	// broken says that the connection has ended.
	broken atomic.Bool
	sink   *hcslog.Sink
	clean  func(string) string
	// folder is the process's own, below the host's.
	folder string
	// health is what it said of itself last.
	health atomic.Pointer[Health]
	// since is when it became ready.
	since time.Time

	mu sync.Mutex
	// cause is why the host ended it; asked says that somebody wanted it to end.
	cause error
	asked bool
}

// body is the process itself: one that the host started, a *runner.Runner, or one to which it is attached.
type body interface {
	// Dead is closed when it has ended, Over when nothing is left of it; Exit says how it ended.
	Dead() <-chan struct{}
	Over() <-chan struct{}
	Exit() error
	// Kill ends it at once, HangUp asks it to end. ID is its number.
	Kill(ctx context.Context) error
	HangUp()
	ID() string
}

// dead says whether the process has ended or is being ended.
func (p *process) dead() bool {
	select {
	case <-p.run.Dead():
		return true
	default:
		return p.ending() != nil
	}
}

// ending is why the host ends the process, nil while it does not.
func (p *process) ending() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.cause
}

// wasAsked says whether the end of the process is no mishap.
func (p *process) wasAsked() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked
}

// fail ends the process at once, for a cause. The first cause counts.
func (p *process) fail(cause error) {
	p.mu.Lock()
	if p.cause == nil {
		p.cause = cause
	}
	p.mu.Unlock()
	_ = p.run.Kill(context.Background())
}

// end is why the process ended.
func (p *process) end() error {
	if cause := p.ending(); cause != nil {
		return cause
	}
	if err := p.run.Exit(); err != nil {
		return err
	}
	return errors.New("it ended by itself, with status 0")
}

// dial connects to the plugin, once: a connection that breaks is not made again, because nobody knows what became of the calls on it.
func (p *process) dial(ctx context.Context, _ string) (net.Conn, error) {
	if p.dialed.Swap(true) {
		p.fail(errors.New("it closed the connection"))
		return nil, errors.New("the connection was closed")
	}
	var d net.Dialer
	c, err := d.DialContext(ctx, p.addr.Network(), p.addr.String())
	if err != nil {
		return nil, err
	}
	return noticed{c, &p.broken}, nil
}

// stop asks the process to end, gives it the time that limits and ctx allow, and ends it. It returns when it has ended.
func (p *process) stop(ctx context.Context, l Limits) {
	p.mu.Lock()
	p.asked = true
	p.mu.Unlock()
	if !p.dead() && p.conn != nil && p.client != nil {
		drain, cancel := context.WithTimeout(ctx, l.Drain)
		_, _ = basev1.NewPluginServiceClient(p.conn).Drain(drain, &basev1.DrainRequest{Within: wire.Span(l.Drain)})
		cancel()
		exit, cancel := context.WithTimeout(ctx, l.Exit)
		_ = p.conn.Invoke(exit, "/plugin.GRPCController/Shutdown", &emptypb.Empty{}, &emptypb.Empty{})
		p.run.HangUp()
		p.await(exit)
		cancel()
	}
	p.release()
}

// await waits until the process has ended or the time is over.
func (p *process) await(ctx context.Context) {
	select {
	case <-p.run.Over():
	case <-ctx.Done():
	}
}

// release kills what is left of the process and gives back all that it took: goroutines, connection, pipes, folder. It can be called twice.
func (p *process) release() {
	_ = p.run.Kill(context.Background())
	// Killed by the kernel; only a process that hangs in the kernel itself takes longer.
	hung, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	p.await(hung)
	if p.conn != nil {
		_ = p.conn.Close()
	}
	if p.client != nil && hung.Err() == nil {
		// The process has ended, so that Kill asks nobody and waits for nothing.
		p.client.Kill()
	}
	_ = os.RemoveAll(p.folder)
}
