package hk

import (
	"time"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

// The kinds of paper of the Small Claims Tribunal.
const (
	Defence            = "defence"
	Counterclaim       = "counterclaim"
	AffidavitOfService = "affidavit-of-service"
	Evidence           = "evidence"
	Original           = "original"
	Review             = "review"
	SettingAside       = "set-aside"
	Reasons            = "reasons"
	LeaveToAppeal      = "leave-to-appeal"
	TransferReview     = "transfer-review"
)

// sevenDays is the limit of the applications against awards and transfers.
const sevenDays = 7

// Papers gives the kinds of paper that the parties to a bulk claim may send. The seven-day limits were read in old editions of the Tribunal's
// law; whether they were changed since is not known. No fee for any of the kinds is known: none is charged here.
func Papers() []icms.PaperKind {
	defendant, claimant := []icms.Side{icms.DefendantSide}, []icms.Side{icms.ClaimantSide}
	return []icms.PaperKind{
		{Code: Defence, Name: law.T("Defence", "抗辯書"), Sides: defendant, Provision: beforeCallOver()},
		{Code: Counterclaim, Name: law.T("Counterclaim", "反申索書"), Sides: defendant, Provision: beforeCallOver()},
		{Code: AffidavitOfService, Name: law.T("Affidavit of service", "送達誓章"), Sides: claimant, Provision: proofOfService()},
		{Code: Evidence, Name: law.T("Document in evidence", "證據文件"), Provision: sentBySystem(), Afterwards: true},
		{Code: Original, Name: law.T("Original document or thing produced in evidence", "文件正本或呈堂實物"), OnPaper: true, Provision: notBySystem()},
		{
			Code: Review, Name: law.T("Application for review of an award or order", "覆核裁斷或命令的申請"), Afterwards: true,
			Event: icms.AwardMade, Days: sevenDays, Limit: limitOf("s. 27A", "review by a party: 7 days after the date of the award or order (Form 8C)", forms12),
			Provision: form("Form 8C", forms12),
		},
		{
			Code: SettingAside, Name: law.T("Application to set aside an award or order made in absence", "將缺席作出的裁斷或命令作廢的申請"), Afterwards: true,
			Event: icms.HearingHeld, Days: sevenDays, Limit: limitOf("s. 32A", "setting aside: 7 days after the hearing (Form 8D)", forms13),
			Provision: form("Form 8D", forms13),
		},
		{
			Code: Reasons, Name: law.T("Request for the reasons of an award", "索取裁斷理由的請求"), Afterwards: true,
			Event: icms.AwardServed, Days: sevenDays, Limit: limitOf("s. 28", "reasons asked for within the time for leave to appeal (Form 9)", forms16),
			Provision: form("Form 9", forms16),
		},
		{
			Code: LeaveToAppeal, Name: law.T("Application for leave to appeal", "上訴許可的申請"), Afterwards: true,
			Event: icms.AwardServed, Days: sevenDays, Limit: limitOf("s. 28", "leave to appeal: 7 days after the written award is served (Form 9)", forms16),
			Instead: icms.ReasonsServed, Asked: Reasons,
			Deferred:  limitOf("s. 28", "if reasons are asked for within that time, 7 days after they are served (Form 9)", forms16),
			Provision: form("Form 9", forms16),
		},
		{
			Code: TransferReview, Name: law.T("Application for review of a decision to transfer", "覆核移交決定的申請"), Afterwards: true,
			Event: icms.TransferDecided, Days: sevenDays,
			Limit:     limitOf("s. 27", "review of a decision to transfer: 7 days", "https://en.wikisource.org/wiki/Page:Small_Claims_Tribunal_Ordinance_1975_(Cap._338).pdf/9"),
			Provision: form("Form 7", forms7),
		},
	}
}

// limits counts by Cap. 1 s. 71(1A), as acts at a court office are counted, with the closures announced so far. A registry that is closed to
// the public for a gale or black rainstorm warning counts as under that warning until it reopens, whether or not the warning itself was
// announced: where the two differ that is to the good of who has to keep the limit (inferred).
func limits(o Options) icms.LimitsFor {
	return func(registry *calendar.Office) (*calendar.Limits, error) {
		warnings := append([]calendar.Warning(nil), o.Warnings...)
		for _, c := range registry.Closures() {
			if c.Cause == calendarhk.GaleWarning || c.Cause == calendarhk.BlackRainstorm {
				warnings = append(warnings, calendar.Warning{
					ID: "closure " + c.ID, Kind: string(c.Cause), From: c.From, Until: warned(registry, c), Provision: closedForWarning(),
				})
			}
		}
		return calendarhk.CourtOffice(calendarhk.LimitOptions{
			Warnings: warnings, Office: registry, Strict: o.Offices.Strict, Holidays: o.Offices.Holidays,
		})
	}
}

// warned is until when a closure for a warning counts as that warning: its reopening or, when it reopens with the opening of a day or before, the
// beginning of that day.
func warned(registry *calendar.Office, c calendar.Closure) time.Time {
	if c.Reopens.IsZero() {
		return time.Time{}
	}
	day := calendar.DateOf(c.Reopens, registry.Zone())
	begins := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, registry.Zone())
	opens, err := registry.NextOpening(begins)
	if err == nil && !c.Reopens.After(opens) && begins.After(c.From) && opens.Sub(begins) < firstHours {
		return begins
	}
	return c.Reopens
}

// firstHours is the longest time from the beginning of a day to its opening, when nothing keeps the office closed.
const firstHours = 9 * time.Hour

// Where the forms of 1988 were read.
const (
	formsPage = "https://hkintexts.histsyn.com/series/histsyn-historical-laws-engine/items/1964_SMALL_CLAIMS_TRIBUNAL_(FORMS)_RULES?p="
	forms7    = formsPage + "7"
	forms12   = formsPage + "12"
	forms13   = formsPage + "13"
	forms16   = formsPage + "16"
)

func limitOf(section, title, url string) law.Provision {
	return law.Provision{Instrument: "Cap. 338", Section: section, Title: title + "; read in an old edition", URL: url, Status: law.Secondary}
}

func form(section, url string) law.Provision {
	return law.Provision{
		Instrument: "Small Claims Tribunal (Forms) Rules", Section: section, Title: "the form of the application; read in the edition of 1988", URL: url, Status: law.Secondary,
	}
}

func beforeCallOver() law.Provision {
	return law.Provision{
		Instrument: "Note on the procedure of the Small Claims Tribunal", Title: "filed with the registry and copied to the claimant before the call-over date",
		URL:    "https://admin.hire.legal/en/article/897-what-is-the-usual-legal-procedure-of-a-case-at-the-small-claims-tribunal/",
		Status: law.Secondary,
	}
}

func proofOfService() law.Provision {
	return assumed("affidavit of service", "the claimant may prove service by an affidavit sent by the e-system")
}

func sentBySystem() law.Provision {
	return assumed("documents in evidence", "parties may send documents in evidence by the e-system")
}

func notBySystem() law.Provision {
	return assumed("originals", "originals and things produced in evidence are handed in at the registry; the exceptions of the e-rules could not be read")
}

// corrections is ours: no provision on the fee of a corrected paper was read.
func corrections() icms.CorrectionPolicy {
	return icms.CorrectionPolicy{Choice: icms.PaidOnce, Provision: assumed("fee of a correction", "a correction of a paper whose fee stands pays nothing")}
}

// linking is ours: how often a code may be tried is not published.
func linking() icms.LinkPolicy {
	return icms.LinkPolicy{
		Tries: 5, CodeTries: 50, Rest: 24 * time.Hour,
		Provision: assumed("link codes", "a user has five wrong codes and a code bears fifty, then they rest for a day; the registry can lift the rest of a code"),
	}
}

func bulkOnly() law.Provision {
	return law.Provision{
		Instrument: "Judiciary press release of 31 Oct 2024", Title: "iCMS covers the Tribunal's bulk claims; other claims are filed on paper",
		URL:    "https://webnewswire.com/2024/10/31/hong-kong-court-users-may-use-integrated-court-case-management-system-for-bulk-claims-in-small-claims-tribunal",
		Status: law.Confirmed,
	}
}

func closedForWarning() law.Provision {
	return law.Provision{
		Instrument: "Cap. 638H", Section: `r. 2 "closure time"(c)`, Status: law.Inferred,
		Title: "an office closed to the public for a warning is closed on a day on which that warning was in force",
	}
}
