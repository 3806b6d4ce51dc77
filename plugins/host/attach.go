package host

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"strconv"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"courts.example/eservices/plugins/internal/wire"
)

// attach connects to a plugin that somebody else has started. Nothing of it is checked but what it says of itself.
func (l *launcher) attach(ctx context.Context, p *process, config []byte) (err error) {
	at, err := wire.ParseReattach(l.reattach)
	if err == nil {
		p.addr, err = addressOf(at)
	}
	if err != nil {
		return &failure{kind: ErrStart, cause: err, remedy: "give Options.Reattach the line that the plugin printed in debug mode", final: true}
	}
	l.log.Warn("attached to a plugin that nobody has checked: for its author only", slog.Int("pid", at.PID))
	p.run = &attached{pid: at.PID, dead: make(chan struct{})}
	defer func() {
		if err != nil {
			p.release()
		}
	}()
	options := append(p.dialOptions(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if p.conn, err = grpc.NewClient("passthrough:///plugin", options...); err != nil {
		return &failure{kind: ErrStart, cause: err, remedy: "start the plugin again"}
	}
	return p.ready(ctx, l.plugin, config)
}

// addressOf takes sockets and ports of this machine.
func addressOf(at wire.Reattach) (net.Addr, error) {
	if at.Network == "unix" {
		return &net.UnixAddr{Net: "unix", Name: at.Address}, nil
	}
	port, err := netip.ParseAddrPort(at.Address)
	if err != nil || !port.Addr().IsLoopback() {
		return nil, fmt.Errorf("%q is no port of the loopback interface", at.Address)
	}
	return net.TCPAddrFromAddrPort(port), nil
}

// attached is a plugin that somebody else has started, and ends: to kill it is to let go of it.
type attached struct {
	pid  int
	once sync.Once
	dead chan struct{}
}

var errLetGo = errors.New("the host let go of it")

func (a *attached) Dead() <-chan struct{} { return a.dead }
func (a *attached) Over() <-chan struct{} { return a.dead }
func (a *attached) Exit() error           { return errLetGo }
func (a *attached) HangUp()               {}
func (a *attached) ID() string            { return strconv.Itoa(a.pid) }

func (a *attached) Kill(context.Context) error {
	a.once.Do(func() { close(a.dead) })
	return nil
}
