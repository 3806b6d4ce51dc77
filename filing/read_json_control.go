package filing

// readControl reads the control object if the line is one. The line must be valid JSON.
func (c *jsonClaims) readControl(text string, line int, control *controlReader) bool {
	c.walk = jsonWalk{text: text}
	is := false
	c.walk.members(func(name string) {
		is = is || name == "control"
		c.walk.skip()
	})
	if !is {
		return false
	}
	header := Row{Line: line}
	c.row = &header
	c.walk.at = 0
	control.lines = line
	c.walk.members(func(name string) {
		if name != "control" {
			c.unknown("", name)
			return
		}
		if !c.expect('{', "/control") {
			return
		}
		c.walk.members(func(name string) {
			pointer := "/control/" + escapePointer(name)
			value := ""
			if c.walk.kind() == '0' {
				value = c.walk.skip()
			} else {
				value, _ = c.str(pointer)
			}
			control.set(name, value, Path{Line: line, Pointer: pointer})
		})
	})
	control.findings = append(control.findings, header.Findings...)
	return true
}
