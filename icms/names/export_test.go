package names

// Fold gives the tests the form in which names are compared.
func Fold(s string) string { return fold(s) }
