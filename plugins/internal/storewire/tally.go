package storewire

import (
	"errors"
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/wire"
	"google.golang.org/protobuf/proto"
)

// errLong says that an answer takes more memory than the host gives to one. It may be a right answer.
var errLong = errors.New("the answer is too long: ask for fewer things at once, and keep large ones as files and their digests in the record")

// tally bounds what the host holds of an answer while it is received.
type tally struct {
	// memory is what all answers share, held what of it this one has taken.
	memory *budget
	held   int64
	// things were given, of most; no bound when most is 0. bytes bounds what is held.
	things, most int
	bytes        int64
}

// tally begins an answer of so many things at most; 0 is any number. Its end is done.
func (c *client) tally(most int) *tally {
	return &tally{memory: c.memory, most: most, bytes: int64(c.most)}
}

// add counts the things of one message, before anything is made of them. Counted is what they take on the wire, and thingCost for each.
func (t *tally) add(things int, m proto.Message) error {
	if things == 0 {
		return wire.Nonsense("it sends a message that holds nothing")
	}
	if t.things += things; t.most > 0 && t.things > t.most {
		return wire.Nonsense("it gives more than the %d that were asked for", t.most)
	}
	n := int64(proto.Size(m)) + int64(things)*thingCost
	if t.held+n > t.bytes {
		return fmt.Errorf("%w: it takes more than %d bytes", errLong, t.bytes)
	}
	if !t.memory.take(n) {
		return fmt.Errorf("%w: the answers that this plugin is giving take all the memory for them; this one has %d bytes so far", store.ErrBusy, t.held)
	}
	t.held += n
	return nil
}

// done gives the memory back; what was made of the answer is the caller's.
func (t *tally) done() {
	t.memory.give(t.held)
	t.held = 0
}

// asked is the bound of an answer to a question for n things, 0 being the usual number. Who asks for less than one thing gets an error, not one thing.
func asked(n int) int {
	if n == 0 {
		return usual
	}
	return max(n, 1)
}
