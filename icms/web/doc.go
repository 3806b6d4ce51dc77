// Package web serves over HTTP what browsers and gateways send to the counter. [Payments] takes the messages of payment gateways and the payers
// who come back from them. Mount it where the addresses given to [icms.Payments] point to; the host's own server sets the time limits.
package web
