// Command sqlite is the store plugin that keeps everything in one SQLite database. Package sqliteplugin has it for use in process, and says
// what its configuration holds.
package main

import (
	"courts.example/eservices/plugins/sdk"
	"courts.example/eservices/plugins/sqlite/sqliteplugin"
)

func main() { sdk.ServeStore(sqliteplugin.About(), new(sqliteplugin.Plugin)) }
