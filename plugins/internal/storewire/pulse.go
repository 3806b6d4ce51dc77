package storewire

import (
	"sync"
	"time"

	"courts.example/eservices/icms/store"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
)

// usualPulse is how often a plugin that works on a change says so.
const usualPulse = 5 * time.Second

// work applies the change, and says from time to time that it is still at it.
func (s *server) work(to applyServer, c store.Change) (store.Applied, error) {
	over := make(chan struct{})
	var said sync.WaitGroup
	said.Go(func() {
		beat := time.NewTicker(s.pulse)
		defer beat.Stop()
		for {
			select {
			case <-over:
				return
			case <-beat.C:
			}
			if to.Send(&storev1.ApplyResponse{Message: &storev1.ApplyResponse_Working{Working: &storev1.Working{}}}) != nil {
				return // the host is gone, which the call's context says too
			}
		}
	})
	defer said.Wait() // nothing else is sent meanwhile
	defer close(over)
	return s.store.Apply(to.Context(), c)
}
