package model

import "fmt"

// Move names a move, for traces.
type Move struct {
	what verb
	on   uint8 // the attempt or refund from 1; 0 when it is the order's
}

// verb is what happens.
type verb uint8

const (
	vStart verb = iota
	vSend
	vCrash
	vSave
	vTimeOut
	vAsk
	vNotFound
	vGone
	vSendAgain
	vGiveUp
	vHear
	vHearUnproven
	vHearRefusal
	vDies
	vBook
	vReconcile
	vCancel
	vExpireByClock
	vDue
	vCloseExpire
	vCloseCancel
	vReserve
	vDebit
	vPayDeposit
	vRelease
	vAccept
	vRefuse
	vCapture
	vLand
	vReject
	vLose
	vLandCapture
	vLoseCapture
	vCaptureFails
	vLandCancel
	vLoseCancel
	vPay
	vPayOther
	vChallenge
	vTryAgain
	vDecline
	vLeave
	vSettleYes
	vSettleNo
	vSessionEnds
	vHoldLapses
	vFinal
	vApprove
	vBack
	vUnrequested
	vReturned
	vReview
	vWatchEnds
	vByHand
	vFlightOver
	vWindowOver
	verbs
)

var verbNames = [verbs]string{
	vStart:         "host: start attempt",
	vSend:          "host: send",
	vCrash:         "host: dies before it sends",
	vSave:          "host: write the answer of",
	vTimeOut:       "host: no answer in time to",
	vAsk:           "host: ask and write the answer about",
	vNotFound:      "host: asks, takes not found for failed:",
	vGone:          "host: not there and not wanted any more:",
	vSendAgain:     "host: send again",
	vGiveUp:        "operator: closes by the statement",
	vHear:          "host: an answer or message, perhaps old, about",
	vHearUnproven:  "host: told of success without a payment of",
	vHearRefusal:   "host: an answer, perhaps old, that refuses",
	vDies:          "host: dies while it writes what it learnt of",
	vBook:          "host: book what is set aside of",
	vReconcile:     "host: reconcile",
	vCancel:        "host: write down to cancel",
	vExpireByClock: "host: ends by its own clock",
	vDue:           "court: the order has to close",
	vCloseExpire:   "host: expire the order",
	vCloseCancel:   "host: cancel the order",
	vReserve:       "host: hold the deposit",
	vDebit:         "host: pay from a deposit at once",
	vPayDeposit:    "host: pay from the deposit",
	vRelease:       "host: release the deposit",
	vAccept:        "officer: accept",
	vRefuse:        "officer: refuse",
	vCapture:       "host: write down to capture",
	vLand:          "gateway: the request arrives:",
	vReject:        "gateway: refuses the request:",
	vLose:          "network: loses the request:",
	vLandCapture:   "gateway: the capture arrives:",
	vCaptureFails:  "gateway: the capture fails:",
	vLoseCapture:   "network: loses the capture:",
	vLandCancel:    "gateway: the cancellation arrives:",
	vLoseCancel:    "network: loses the cancellation:",
	vPay:           "payer: pays",
	vPayOther:      "payer: pays another amount to",
	vChallenge:     "payer: is challenged at",
	vTryAgain:      "payer: fails the challenge, tries again at",
	vDecline:       "bank: declines",
	vLeave:         "payer: cancels on the page of",
	vSettleYes:     "bank: says yes to",
	vSettleNo:      "bank: says no to",
	vSessionEnds:   "gateway: the session ends:",
	vHoldLapses:    "gateway: the hold lapses:",
	vFinal:         "gateway: no more money by",
	vApprove:       "officer: approve refund",
	vBack:          "bank: pays back",
	vUnrequested:   "host: record as not asked for: refund",
	vReturned:      "bank: sends back what was refunded by",
	vReview:        "gateway: has a person look at refund",
	vWatchEnds:     "time: nobody asks any more about refund",
	vByHand:        "operator: settles by the statement refund",
	vFlightOver:    "time: nothing can be under way any more:",
	vWindowOver:    "time: the key may not be used any more:",
}

// String tells the move.
func (m Move) String() string {
	if m.on == 0 {
		return verbNames[m.what]
	}
	return fmt.Sprintf("%s %d", verbNames[m.what], m.on)
}
