package conformance

func (s *subject) newControl(t T) firm { return &nobody{s: s} }
