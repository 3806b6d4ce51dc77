package access

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Write prints the whole matrix for a person: a table for each kind of object, a line for each action and state, a column for each role,
// "yes" where it is allowed, "-" where it is refused. Nothing is left out.
func (t *Table) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, o := range objects {
		fmt.Fprintf(b, "%-36s", o.kind)
		for i := range roles {
			fmt.Fprintf(b, "%4d", i+1)
		}
		fmt.Fprintln(b)
		for _, a := range actions {
			for _, k := range a.kinds {
				if k == o.kind {
					t.writeAction(b, a.action, o)
				}
			}
		}
		fmt.Fprintln(b)
	}
	for i, r := range roles {
		fmt.Fprintf(b, "%2d %s\n", i+1, r)
	}
	return b.Flush()
}

func (t *Table) writeAction(w io.Writer, a Action, o object) {
	for _, s := range o.states {
		var line strings.Builder
		fmt.Fprintf(&line, "  %-22s %-11s", a, s)
		for _, r := range roles {
			if t.Allows([]Role{r}, a, o.kind, s).Allowed {
				line.WriteString(" yes")
			} else {
				line.WriteString("   -")
			}
		}
		fmt.Fprintln(w, line.String())
	}
}
