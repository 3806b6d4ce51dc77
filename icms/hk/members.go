package hk

import (
	"slices"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
)

// The kinds of eligible users of the integrated Court Case Management System.
const (
	PartyToCase          = "party"
	LegalRepresentative  = "legal-representative"
	BarAssociation       = "bar-association"
	LawSociety           = "law-society"
	LawFirm              = "law-firm"
	GovernmentDepartment = "government-department"
	LawEnforcement       = "law-enforcement-agency"
	StatutoryBody        = "statutory-body"
)

// Members gives the rules of registration: who may register, as the Judiciary publishes it, free of charge. The Administrative Instructions on
// registration (Cap. 638 s. 33) could not be read: which kinds are persons and which organisations, that legal representatives and
// organisations prove what they are by documents, and which users of an organisation see a case that nobody linked are our policy.
func Members() members.Rules {
	return members.Rules{
		Kinds: []members.Eligible{
			{Code: PartyToCase, Name: law.T("party to an ongoing or new e-proceeding", "進行中或新的電子程序的一方"), Individuals: true, Organisations: true, Provision: eligible()},
			{Code: LegalRepresentative, Name: law.T("legal representative of a party", "當事人的法律代表"), Individuals: true, Organisations: true, Proof: true, Lawyers: true, Provision: eligible()},
			{Code: BarAssociation, Name: law.T("Hong Kong Bar Association", "香港大律師公會"), Organisations: true, Proof: true, Provision: eligible()},
			{Code: LawSociety, Name: law.T("Law Society of Hong Kong", "香港律師會"), Organisations: true, Proof: true, Provision: eligible()},
			{Code: LawFirm, Name: law.T("law firm", "律師行"), Organisations: true, Proof: true, Lawyers: true, Provision: eligible()},
			{Code: GovernmentDepartment, Name: law.T("government department", "政府部門"), Organisations: true, Proof: true, Provision: eligible()},
			{Code: LawEnforcement, Name: law.T("law enforcement agency", "執法機構"), Organisations: true, Proof: true, Provision: eligible()},
			{Code: StatutoryBody, Name: law.T("statutory body", "法定團體"), Organisations: true, Proof: true, Provision: eligible()},
		},
		Fee:            eligible(),
		Proof:          assumed("proof of eligibility", "legal representatives and organisations prove what they are"),
		Administrators: administrators(),
		Links: members.LinkPolicy{
			Unlinked: members.SeenByAll, Provision: assumed("case links", "every user of an organisation sees the cases that no administrator linked"),
		},
	}
}

// Access gives the table of who may do what: the policy of the library, with what the Judiciary publishes in place of our assumptions where
// it speaks of the same. Everything else, above all what each post of the court may do, is our policy.
func Access() (*access.Table, error) {
	filers := []access.Role{access.Individual, access.OrganisationUser}
	policy, err := access.Library().Citing(
		access.Ground{Roles: filers, Action: access.FileBatch, Provision: senders()},
		access.Ground{Roles: filers, Action: access.CheckBatch, Provision: senders()},
		access.Ground{Roles: filers, Action: access.ReadCauseBook, Provision: registeredUse()},
		access.Ground{Roles: filers, Action: access.ReadMessage, Provision: registeredUse()},
		access.Ground{Roles: []access.Role{access.Public}, Action: access.SearchCases, Provision: unregisteredUse(law.Confirmed)},
		access.Ground{Roles: []access.Role{access.Public}, Action: access.InspectCase, Provision: unregisteredUse(law.Confirmed)},
		access.Ground{Roles: []access.Role{access.Public}, Action: access.InspectDocument, Provision: unregisteredUse(law.Confirmed)},
		access.Ground{Roles: []access.Role{access.PrincipalAdjudicator}, Action: access.ApproveClaimant, Provision: bulkApproval()},
		access.Ground{Roles: []access.Role{access.PrimaryAdministrator}, Action: access.OpenDeposit, Provision: depositTerms()},
	)
	if err != nil {
		return nil, err
	}
	admins := []access.Role{access.PrimaryAdministrator, access.SecondaryAdministrator}
	outsiders := []access.Role{access.Public, access.Holder}
	own := []access.State{access.Own}
	policy.Refusals = slices.Concat(policy.Refusals, []access.Row{
		{Roles: admins, Action: access.CheckBatch, Kind: access.Batch, States: own, Provision: administrators()},
		{Roles: admins, Action: access.FileBatch, Kind: access.Batch, States: own, Provision: administrators()},
		{Roles: admins, Action: access.SubmitDocument, Kind: access.Case, States: access.States(access.Case), Provision: administrators()},
		{Roles: outsiders, Action: access.CheckBatch, Kind: access.Batch, States: own, Provision: senders()},
		{Roles: outsiders, Action: access.FileBatch, Kind: access.Batch, States: own, Provision: senders()},
		{Roles: outsiders, Action: access.SubmitDocument, Kind: access.Case, States: access.States(access.Case), Provision: senders()},
		{Roles: outsiders, Action: access.ReadCauseBook, Kind: access.CauseBook, States: access.States(access.CauseBook), Provision: unregisteredUse(law.Inferred)},
	})
	return access.New(policy)
}

func eligible() law.Provision {
	return law.Provision{
		Instrument: "Judiciary notice on the use of electronic technology", Title: "who may register for the full service, free of charge",
		URL: "https://www.judiciary.hk/en/e_courts/uoetie_index.html", Status: law.Confirmed,
	}
}

func senders() law.Provision {
	return law.Provision{
		Instrument: "Judiciary FAQ on e-filing in the Small Claims Tribunal", Section: "Q2", Title: "documents are sent by Individual Users and Organization Users",
		URL: "https://www.judiciary.hk/zh/e_courts/faq_efiling_sct.html", Status: law.Confirmed,
	}
}

func administrators() law.Provision {
	return law.Provision{
		Instrument: "Judiciary FAQ on e-filing in the Small Claims Tribunal", Section: "Q3",
		Title: "an administrator can't file without an Organization User account of his own",
		URL:   "https://www.judiciary.hk/zh/e_courts/faq_efiling_sct.html", Status: law.Confirmed,
	}
}

func registeredUse() law.Provision {
	return law.Provision{
		Instrument: "Judiciary FAQ on user registration", Section: "A2", Title: "registered users send and receive documents, inspect, search cause books and pay",
		URL: "https://www.judiciary.hk/en/e_courts/faq_registration.html", Status: law.Confirmed,
	}
}

// unregisteredUse is what may be done without registration. Its list could be read in part only: what it allows is confirmed, what it
// leaves out is inferred.
func unregisteredUse(s law.Status) law.Provision {
	return law.Provision{
		Instrument: "Judiciary FAQ on user registration", Section: "A4", Title: "who is not registered searches what is open to public inspection, and pays search fees and fines",
		URL: "https://www.judiciary.hk/en/e_courts/faq_registration.html", Status: s,
	}
}

func bulkApproval() law.Provision {
	return law.Provision{
		Instrument: "Judiciary press release of 31 Oct 2024", Title: "claimants are approved by the Principal Adjudicator to file in bulk",
		URL: "https://webnewswire.com/2024/10/31/hong-kong-court-users-may-use-integrated-court-case-management-system-for-bulk-claims-in-small-claims-tribunal", Status: law.Confirmed,
	}
}

func depositTerms() law.Provision {
	return law.Provision{
		Instrument: "Terms of the deposit account", Section: "cl. 3", Title: "a deposit account is opened when the Primary Administrator accepts its terms",
		URL: "https://www.judiciary.hk/en/e_courts/terms_dep_account.html", Status: law.Confirmed,
	}
}
