package sdk_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/sdk"
)

// The test program runs itself as plugins.
const childMode = "SDK_TEST_CHILD"

func TestMain(m *testing.M) {
	if mode := os.Getenv(childMode); mode != "" {
		child(mode)
	}
	os.Exit(m.Run())
}

func about() sdk.About { return sdk.About{Name: "trial-pay", Version: "1.2.3"} }

// trial is a gateway that does what the reference of a request says.
type trial struct {
	payment.Gateway
	started, release chan struct{}
	closed           string

	mu         sync.Mutex
	configured int
	notReady   error
}

func newTrial() *trial {
	return &trial{started: make(chan struct{}, 100), release: make(chan struct{})}
}

// settings are a trial's configuration.
type settings struct {
	Secret string `json:"secret"`
	Closed string `json:"closed"`
	Print  int    `json:"print"`
}

// errAway is an error of Configure that is no problem of the configuration.
var errAway = errors.New("the company can't be reached")

func (g *trial) Configure(_ context.Context, config []byte) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.configured++
	var s settings
	if json.Unmarshal(config, &s) != nil {
		return sdk.Problems{{Text: "not a JSON object"}}
	}
	if s.Secret == "away" {
		return errAway
	}
	var p sdk.Problems
	if len(s.Secret) < 4 {
		p.Add("/secret", "it has %d bytes, at least 4 are needed", len(s.Secret))
	}
	if s.Print < 0 {
		p.Add("/print", "it is negative")
	}
	for i := range s.Print {
		fmt.Println("line", i, "of a program that prints")
	}
	g.closed = s.Closed
	return p.Err()
}

func (g *trial) Describe() payment.Capabilities { return payment.Capabilities{ID: "trial"} }

// forgotten gives a map that nobody made.
func forgotten(*trial) map[string]int { return nil }

func (g *trial) Query(ctx context.Context, r payment.QueryRequest) (payment.QueryReply, error) {
	switch r.Reference {
	case "nil":
		forgotten(g)["x"] = 1
	case "panic":
		panic("secret words: " + r.GatewayRef)
	case "hang": // whatever the caller wants
		sdk.Logger().Info("hanging")
		<-g.release
	case "wait":
		g.started <- struct{}{}
		select {
		case <-g.release:
		case <-ctx.Done():
		}
	}
	return payment.QueryReply{Found: true, State: payment.AttemptPending}, nil
}

func (g *trial) Ready() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.notReady
}

func (g *trial) Close() error {
	if g.closed != "" {
		return os.WriteFile(g.closed, []byte("closed"), 0o600)
	}
	return nil
}
