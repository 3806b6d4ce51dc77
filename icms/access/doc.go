// Package access says who may do what to which: one table, the same for every door of the service, whose default is no.
//
// A [Table] is made of rows of data. A row lets some [Role]s do an [Action] to objects of a [Kind] in some [State]s, and says on what
// that rests. What no row allows is refused. [New] proves a table before it is used: no row that can never match, no cell that is
// allowed twice, no word that is not in the lists of this package.
//
// The one who asks has several roles at once: everybody is [Public], an account gives more, and the relation to a case gives [Party] or
// [Representative] for that case alone. One role that is allowed is enough.
//
// States are the fewest that tell decisions apart. What happens to an object of its own (a batch that is decided already, an account that
// is closed for good) is not access: the engine that keeps it refuses that.
//
// [Library] is the policy of this library, all of it our own assumption; a jurisdiction replaces its grounds by what its law says with
// [Policy.Citing], or writes a policy of its own. [Table.Write] prints the whole matrix, for a person to read.
//
// The package knows no law of any place, keeps nothing and imports only icms/law.
package access
