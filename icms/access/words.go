package access

import "courts.example/eservices/icms/law"

// Words are the name of an action for people; an unknown one is called by its code.
func (a Action) Words() law.Text { return called(actionWords[a], string(a)) }

// Words are the name of a kind of object for people; an unknown one is called by its code.
func (k Kind) Words() law.Text { return called(kindWords[k], string(k)) }

// Words are the name of a role for people; an unknown one is called by its code.
func (r Role) Words() law.Text { return called(roleWords[r], string(r)) }

func called(words law.Text, code string) law.Text {
	if words == nil {
		return law.T(code, code)
	}
	return words
}

var actionWords = map[Action]law.Text{
	ReadService:          law.T("ask about the service", "查詢服務"),
	ReadHealth:           law.T("watch the health of the system", "查看系統運作狀況"),
	Apply:                law.T("apply for an account", "申請帳戶"),
	ReadMember:           law.T("read an account", "查看帳戶"),
	SearchMembers:        law.T("search the registered users", "搜尋登記用戶"),
	CloseMember:          law.T("close one's account", "結束自己的帳戶"),
	DecideApplication:    law.T("decide an application for an account", "審批帳戶申請"),
	SuspendMember:        law.T("suspend, reinstate or close a registered user", "暫停、恢復或結束登記用戶"),
	ReadOrganisation:     law.T("read an organisation", "查看機構"),
	ManageUsers:          law.T("manage the users of an organisation", "管理機構用戶"),
	ManageAdministrators: law.T("manage the administrators of an organisation", "管理機構管理員"),
	ManageBranches:       law.T("manage the branches of an organisation", "管理機構分支"),
	LinkCases:            law.T("link cases to users", "將案件與用戶連結"),
	CloseOrganisation:    law.T("close an organisation", "結束機構"),
	ReadStaff:            law.T("read the accounts of staff", "查看職員帳戶"),
	ManageStaff:          law.T("manage the accounts of staff", "管理職員帳戶"),
	ReadClaimants:        law.T("read the register of bulk claimants", "查看批量申索人名冊"),
	ApproveClaimant:      law.T("approve a bulk claimant", "批准批量申索人"),
	CheckBatch:           law.T("check a batch of claims", "檢查申索批次"),
	FileBatch:            law.T("file a batch of claims", "提交申索批次"),
	ReadBatch:            law.T("read a batch", "查看批次"),
	DecideBatch:          law.T("accept or refuse a batch", "接納或拒絕批次"),
	FixSitting:           law.T("fix the sitting of a batch", "編定批次的聆訊"),
	ReadCase:             law.T("read a case", "查看案件"),
	JoinCase:             law.T("join a case", "加入案件"),
	LeaveCase:            law.T("cease to act in a case", "停止代表"),
	InspectCase:          law.T("inspect a case", "查閱案件"),
	SubmitDocument:       law.T("send a paper in a case", "在案件中提交文件"),
	RequestTime:          law.T("ask for time", "申請時間"),
	AllowTime:            law.T("decide a request for time", "審批時間申請"),
	IssueNotice:          law.T("issue a notice", "發出通知"),
	IssueOrder:           law.T("issue an order", "發出命令"),
	FixHearing:           law.T("fix a hearing", "編定聆訊"),
	RecordService:        law.T("record service", "記錄送達"),
	LinkParty:            law.T("link a registered user to a party", "將登記用戶與一方連結"),
	ConcludeCase:         law.T("conclude or reopen a case", "終結或重開案件"),
	SetCaseAccess:        law.T("seal, restrict or open a case", "封存、限制或開放案件"),
	ReadDocument:         law.T("read a paper", "查看文件"),
	InspectDocument:      law.T("inspect a paper", "查閱文件"),
	RefuseDocument:       law.T("refuse a paper", "拒絕文件"),
	ReadMessage:          law.T("read a message box", "查看信箱"),
	ReadDelivery:         law.T("read proofs of delivery", "查看送達證明"),
	ReadOrder:            law.T("read an order of payment", "查看繳款單"),
	PayOrder:             law.T("pay an order of payment", "繳付繳款單"),
	PayFromDeposit:       law.T("pay from a deposit account", "以按金帳戶繳付"),
	Charge:               law.T("set what is owed", "訂定應繳款項"),
	WithdrawCharge:       law.T("withdraw an order of payment", "撤回繳款單"),
	CollectPayment:       law.T("collect a payment at the counter", "在櫃位收款"),
	ProposeRefund:        law.T("propose a refund", "提出退款"),
	ReadAttempt:          law.T("read an attempt to pay", "查看付款嘗試"),
	CheckAttempt:         law.T("ask how an attempt to pay stands", "查問付款嘗試的狀況"),
	ProposeResolution:    law.T("say how an attempt to pay ended", "提出付款嘗試的結果"),
	ConfirmResolution:    law.T("confirm how an attempt to pay ended", "確認付款嘗試的結果"),
	ReadRefund:           law.T("read a refund", "查看退款"),
	DecideRefund:         law.T("approve or decline a refund", "批准或拒絕退款"),
	OpenDeposit:          law.T("open a deposit account", "開設按金帳戶"),
	ReadDeposit:          law.T("read a deposit account", "查看按金帳戶"),
	TransferDeposit:      law.T("move money between deposit accounts", "在按金帳戶之間轉帳"),
	TopUpDeposit:         law.T("book money into a deposit account", "為按金帳戶入帳"),
	SuspendDeposit:       law.T("suspend, reopen or close a deposit account", "暫停、恢復或結束按金帳戶"),
	SearchCases:          law.T("search the register", "查冊"),
	ReadSearch:           law.T("read the result of a search", "查看查冊結果"),
	ReadCauseBook:        law.T("search the cause book", "翻查訟案登記冊"),
	ReadRegister:         law.T("read the register of claims", "查看申索登記冊"),
	AnnounceClosure:      law.T("announce a closure", "公布關閉"),
	PublishMaintenance:   law.T("publish maintenance", "公布系統維修"),
	VerifyAudit:          law.T("verify the audit trail", "核實審計記錄"),
	ReadAudit:            law.T("read the audit trail", "查看審計記錄"),
}

var kindWords = map[Kind]law.Text{
	Service:      law.T("service", "服務"),
	Member:       law.T("account", "帳戶"),
	Organisation: law.T("organisation", "機構"),
	Staff:        law.T("staff account", "職員帳戶"),
	Claimant:     law.T("bulk claimant", "批量申索人"),
	Batch:        law.T("batch", "批次"),
	Case:         law.T("case", "案件"),
	Document:     law.T("paper", "文件"),
	Message:      law.T("message", "訊息"),
	Order:        law.T("order of payment", "繳款單"),
	Attempt:      law.T("attempt to pay", "付款嘗試"),
	Resolution:   law.T("resolution of an attempt to pay", "付款嘗試的處理"),
	Refund:       law.T("refund", "退款"),
	Deposit:      law.T("deposit account", "按金帳戶"),
	Search:       law.T("search", "查冊"),
	CauseBook:    law.T("cause book", "訟案登記冊"),
	Register:     law.T("register of claims", "申索登記冊"),
	Closure:      law.T("closure", "關閉"),
	Maintenance:  law.T("maintenance", "系統維修"),
	Audit:        law.T("audit trail", "審計記錄"),
}

var roleWords = map[Role]law.Text{
	Public:                 law.T("public", "公眾"),
	Holder:                 law.T("account holder", "帳戶持有人"),
	Individual:             law.T("individual user", "個人用戶"),
	OrganisationUser:       law.T("organisation user", "機構用戶"),
	PrimaryAdministrator:   law.T("primary administrator", "主管理員"),
	SecondaryAdministrator: law.T("secondary administrator", "副管理員"),
	Party:                  law.T("party", "訴訟一方"),
	Representative:         law.T("representative", "代表"),
	RegistryClerk:          law.T("registry clerk", "登記處文員"),
	RegistryOfficer:        law.T("registry officer", "登記處主任"),
	AccountsClerk:          law.T("accounts clerk", "會計部文員"),
	AccountsOfficer:        law.T("accounts officer", "會計部主任"),
	Adjudicator:            law.T("adjudicator", "審裁官"),
	PrincipalAdjudicator:   law.T("principal adjudicator", "主任審裁官"),
	Operator:               law.T("operator", "系統操作員"),
	Auditor:                law.T("auditor", "審計員"),
}
