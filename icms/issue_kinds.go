package icms

import "courts.example/eservices/icms/law"

// The types of event about what the court does in a case.
const (
	EventPaperIssued     = "icms.paper.issued"
	EventHearingFixed    = "icms.hearing.fixed"
	EventHearingVacated  = "icms.hearing.vacated"
	EventServiceRecorded = "icms.service.recorded"
	EventServiceEnded    = "icms.service.taken-back"
	EventCodeMade        = "icms.party.code"
	EventCodeLifted      = "icms.party.code.lifted"
	EventPartyLinked     = "icms.party.linked"
	EventPartyUnlinked   = "icms.party.unlinked"
	EventCaseConcluded   = "icms.case.concluded"
	EventCaseReopened    = "icms.case.reopened"
	EventAccessSet       = "icms.case.access"
)

// The kinds of paper that the court issues.
const (
	// PaperAward and PaperOrder record the date of an award or order, PaperTransfer that of a decision to transfer.
	PaperAward    = "award"
	PaperOrder    = "order"
	PaperTransfer = "transfer"
	// PaperReasons are the reasons for an award in writing, PaperNotice is any notice, PaperRecord the note of something that happened, such as
	// that the hearing was held.
	PaperReasons = "reasons"
	PaperNotice  = "notice"
	PaperRecord  = "record"
	// PaperHearing is a notice of a hearing and PaperService a record of service: both are made by fixing and by recording, not by Issue.
	PaperHearing = "hearing"
	PaperService = "service"
)

// courtPaper is a kind of paper of the court.
type courtPaper struct {
	name law.Text
	// event is what it records of itself, served what is recorded when it is served.
	event, served CaseEvent
	// own says that it is not issued by Issue.
	own bool
}

// courtPapers are the kinds by their codes.
var courtPapers = map[string]courtPaper{
	PaperAward:    {name: law.T("Award", "裁斷"), event: AwardMade, served: AwardServed},
	PaperOrder:    {name: law.T("Order", "命令"), event: AwardMade, served: AwardServed},
	PaperTransfer: {name: law.T("Decision to transfer", "移交決定"), event: TransferDecided},
	PaperReasons:  {name: law.T("Reasons", "裁斷理由"), served: ReasonsServed},
	PaperNotice:   {name: law.T("Notice", "通知")},
	PaperRecord:   {name: law.T("Record", "記錄")},
	PaperHearing:  {name: law.T("Notice of hearing", "聆訊通知"), own: true},
	PaperService:  {name: law.T("Record of service", "送達記錄"), own: true},
}
