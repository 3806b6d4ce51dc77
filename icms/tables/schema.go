package tables

import (
	_ "embed"
	"slices"
)

//go:generate go test -run ^TestSchemaFile$ -update .

//go:embed schema.json
var schema []byte

// Schema is the JSON Schema (2020-12) of the format, with the meaning of every member. An editor that is pointed to it by the member "$schema" shows
// what may stand where. It says less than Load proves.
func Schema() []byte { return slices.Clone(schema) }
