package blob

// OnStep sets what is called at each durable step.
func (f *Folder) OnStep(step func(name string) error) { f.step = step }
