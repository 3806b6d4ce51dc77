package host

import (
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// cleanAnswer takes the secrets out of what an answer says in words: its field error, and its own detail. What is no text for people stays as it
// is, for the host decides by it: a key or an id that happens to hold a text of the configuration is still that key.
func (p *process) cleanAnswer(answer any) {
	m, ok := answer.(proto.Message)
	if !ok {
		return
	}
	r := m.ProtoReflect()
	p.cleanText(r, "detail")
	f := r.Descriptor().Fields().ByName("error")
	if f == nil || f.Message() == nil || f.Cardinality() == protoreflect.Repeated || !r.Has(f) {
		return
	}
	refusal := r.Mutable(f).Message()
	for _, words := range [...]protoreflect.Name{"text", "detail", "code"} {
		p.cleanText(refusal, words)
	}
}

// cleanText cleans one field of a message, if it has it.
func (p *process) cleanText(m protoreflect.Message, name protoreflect.Name) {
	f := m.Descriptor().Fields().ByName(name)
	if f == nil || f.Kind() != protoreflect.StringKind || f.Cardinality() == protoreflect.Repeated {
		return
	}
	if said := m.Get(f).String(); said != "" {
		m.Set(f, protoreflect.ValueOfString(p.clean(said)))
	}
}
