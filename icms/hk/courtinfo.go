package hk

import (
	_ "embed"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms/rollout"
)

//go:embed courtinfo.json
var courtInfo []byte

// CourtInfo gives the public information of the courts on the roll-out list: registries, enquiry lines, the Help Centre, what the system
// needs at the user's side, its service hours. No notice of maintenance and no e-mail address was found; the enquiry lines are those
// announced in May 2020. No address was read in Chinese, nor the Chinese names of the Help Centre, the Self-help Corner and the Resource Centre: they are absent, as
// rollout.Info.Untranslated lists them, and rollout.Say falls back to English and says so. Keep the directory: it is read and proven anew at each call.
func CourtInfo() (*rollout.Directory, error) {
	return rollout.LoadDirectory(courtInfo, calendarhk.Zone())
}
