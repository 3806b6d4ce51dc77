package rollout

import (
	"slices"

	"courts.example/eservices/icms/law"
)

// Said is a text as it is shown to somebody who asked for a language.
type Said struct {
	// Text is what is shown, Tag the language it is in.
	Text, Tag string
	// Fallback says that the text is not known in the language asked for: show that beside it. Nothing is translated here, least of all an
	// address, which has its official form in each language or none.
	Fallback bool
}

// Say gives a text in the language asked for where it is known, else in the first of the others in which it is; ok is false when there is none.
func Say(t law.Text, asked string, others ...string) (said Said, ok bool) {
	for i, tag := range append([]string{asked}, others...) {
		if t[tag] != "" {
			return Said{Text: t[tag], Tag: tag, Fallback: i > 0}, true
		}
	}
	return Said{}, false
}

// Untranslated is a text of an Info that is not known in a language.
type Untranslated struct {
	Topic Topic
	// Of is the name in English of the place or the contact, Field the field of it.
	Of    string
	Field string
}

// Untranslated lists the names, addresses and hours that are known, but not in the language asked for.
func (i Info) Untranslated(tag string) []Untranslated {
	var out []Untranslated
	look := func(topic Topic, name law.Text, field string, t law.Text) {
		if len(t) > 0 && t[tag] == "" {
			out = append(out, Untranslated{Topic: topic, Of: name[law.English], Field: field})
		}
	}
	places := func(topic Topic, all []Place) {
		for _, p := range all {
			look(topic, p.Name, "name", p.Name)
			look(topic, p.Name, "address", p.Address)
			look(topic, p.Name, "hours", p.Hours)
		}
	}
	places(Offices, i.Offices)
	for _, c := range i.Contacts {
		look(Contacts, c.Name, "name", c.Name)
	}
	places(HelpCentres, i.HelpCentres)
	return slices.Clip(out)
}
