package main

import (
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// facts are what happened, as the sessions answered it: the test holds them against what is known from elsewhere.
type facts struct {
	// Filed is the answer to the batch, Cases its case numbers in the order of the file.
	Filed icms.Result
	Cases []string
	// First and Sitting are the sitting as it was fixed and as it was moved.
	First, Sitting icms.Sitting
	// Told are the messages about it to the claimant, of whose cases one is sealed: when it was fixed, and when it was moved.
	Told []icms.Message
	// Closed counts the hearings that fell into the closure for which it was moved.
	Closed int
	// Moved is the newest message to a defendant when it was moved.
	Moved icms.Message
	// Refused is the defence that the officer refused, Corrected the one that came in its place.
	Refused, Corrected icms.Document
	// Sealed is what a paid search for the sealed case found, Found what one for a party did.
	Sealed, Found []icms.FoundCase
	// Search is the visitor's search, Receipt what was paid for it, Refund the money that went back for the second.
	Search  icms.Searched
	Receipt payment.Receipt
	Refund  payment.Refund
	// Inspected are the papers of the defended case that the visitor could look at.
	Inspected []icms.InspectedPaper
	// Firm is the law firm's search.
	Firm icms.Searched
	// Award is the award against the one who asks for its review, Deliveries the proofs of its delivery.
	Award      icms.Document
	Deliveries []icms.Delivery
	// Last are the last days for a review: by the award alone, after the direction, after the typhoon.
	Last [3]string
	// Open says that the last day was not known while the signal was up.
	Open bool
	// Waiting is the paper that came while the registry was closed by direction, Completed the same after the reopening.
	Waiting, Completed icms.Document
	// Review is the application in time; TooLate is what was refused.
	Review, TooLate icms.Submitted
	// Posted is what the statutory body's deposit account has at the end, FirmPosted the law firm's.
	Posted, FirmPosted money.Amount
	// Links counts the links of the court's audit chain.
	Links int
}
