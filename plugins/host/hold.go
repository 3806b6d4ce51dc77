package host

import (
	"context"

	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
)

// waitsForCaller reports whether a call waits for its own caller, who may make other calls of the plugin before it goes on: a change waits for
// its parts, and whoever makes them may read the store. Such calls never take the last place, or all of them could wait for each other.
func waitsForCaller(method string) bool { return method == storev1.StoreService_Apply_FullMethodName }

// hold makes sure that a place is left when the call has its own. After it, release.
func (s *supervisor) hold(ctx context.Context, method string) error {
	if !waitsForCaller(method) {
		return nil
	}
	if err := s.enterQueue(ctx, s.changes); err != nil {
		err.Doing = method
		return err
	}
	return nil
}

func (s *supervisor) release(method string) {
	if waitsForCaller(method) {
		<-s.changes
	}
}
