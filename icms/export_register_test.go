package icms

// Head cuts the head out of the body of a case record that is made of it and of a claim.
func Head(head, claim []byte) ([]byte, error) { return headOf(joinCase(head, claim)) }
