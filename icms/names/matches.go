package names

// Matches tells whether one of the names, each with what somebody is called in all languages, has what a text asks for: the comparison that
// [Index.Search] makes, for a few names that are at hand. A text that can't be searched for is an ErrText.
func Matches(asked string, typing bool, names ...string) (bool, error) {
	t, err := parse(asked, typing)
	if err != nil {
		return false, err
	}
	return t.in(names), nil
}
