package icms

import (
	"slices"

	"courts.example/eservices/icms/access"
)

// Door is a method of Session with what the table of access is asked before it does anything.
type Door struct {
	Method string
	Action access.Action
	Kind   access.Kind
}

// doors has every method of Session. A method that is not here lets nobody in.
var doors = [...]Door{
	{"Me", access.ReadService, access.Service},
}

// Doors lists the methods of Session with their actions.
func Doors() []Door { return slices.Clone(doors[:]) }
