// Package explore visits every state that a system can be in, and says which of them break a rule, with the shortest way there.
//
// A system is a set of first states and the moves out of each state. A move is fair when it happens for certain, sooner or later, once it
// is possible and nothing else takes the possibility away: a request that is under way lands, a question is asked again, a session runs
// out. The other moves may happen at any time or never: a crash, a lost message, a payer's whim. What is asked of a system is
//
//   - what holds in every state ([System.Always]) and over every move ([System.Step]),
//   - what holds in every state that has no fair move left ([System.End]): that is where a system comes to rest that is left alone by
//     everything unfair, whatever happened to it before,
//   - that it does come to rest: the fair moves by themselves never run in a circle. [Run] reports a circle as [Endless].
//
// Together these say that from every state that can be reached every fair run ends, and ends well.
//
// States are visited breadth first, each once, and kept whole, not as digests: a run that ends without an error has seen all of
// them. A state costs its own size and about 30 bytes beside, and 4 more for each fair move out of it.
package explore
