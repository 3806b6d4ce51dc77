package host

import (
	"net"
	"sync/atomic"
)

// noticed is a connection that notes its end before whoever uses it learns of it.
type noticed struct {
	net.Conn
	broken *atomic.Bool
}

func (c noticed) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if err != nil {
		c.broken.Store(true)
	}
	return n, err
}

func (c noticed) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	if err != nil {
		c.broken.Store(true)
	}
	return n, err
}

func (c noticed) Close() error {
	c.broken.Store(true)
	return c.Conn.Close()
}
