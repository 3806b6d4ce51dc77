package host

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
)

// Health is what a plugin says of itself.
type Health struct {
	// Serving says that calls are welcome; Detail is the plugin's own text, cut.
	Serving bool
	Detail  string
}

// ask asks a process for its health until it ends, and ends one that does not answer. A plugin that says that it can't work for now is left
// alone: starting it anew would change nothing.
func (s *supervisor) ask(p *process) {
	ticker := time.NewTicker(time.Duration(s.plugin.Health))
	defer ticker.Stop()
	for misses := 0; misses < s.limits.Misses; {
		select {
		case <-p.run.Dead():
			return
		case <-ticker.C:
		}
		if err := s.askOnce(p); err != nil {
			misses++
		} else {
			misses = 0
		}
	}
	p.fail(fmt.Errorf("it did not answer %d questions for its health in a row", s.limits.Misses))
}

func (s *supervisor) askOnce(p *process) error {
	ctx, cancel := context.WithTimeout(context.Background(), s.limits.Health)
	defer cancel()
	answer, err := basev1.NewPluginServiceClient(p.conn).Health(ctx, &basev1.HealthRequest{})
	if err != nil {
		return err
	}
	now := Health{Serving: answer.GetHealth() == basev1.Health_HEALTH_SERVING, Detail: bounded(p.clean(answer.GetDetail()))}
	before := p.health.Swap(&now)
	if before == nil || before.Serving != now.Serving {
		s.log.Info("plugin said how it does", slog.Uint64("process", p.number), slog.Bool("serving", now.Serving), slog.String("detail", now.Detail))
	}
	return nil
}
