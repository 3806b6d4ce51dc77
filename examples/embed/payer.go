package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"courts.example/eservices/icms"
	"courts.example/eservices/payment"
)

// begin starts the payment of a batch at the gateway.
func (c *counter) begin(ctx context.Context, r icms.Result) (payment.Attempt, error) {
	order, err := c.AccountsOffice().Orders().For(ctx, payment.Subject{Kind: "batch", ID: r.ID})
	if err != nil {
		return payment.Attempt{}, err
	}
	a, err := c.AccountsOffice().Start(ctx, payment.StartRequest{
		Order: order.ID, Gateway: gatewayName, Means: card, Locale: "en", By: "clerk-1", Registered: true,
	})
	if err != nil {
		return payment.Attempt{}, err
	}
	if a.Next.URL == "" {
		return a, fmt.Errorf("payment %s is %s: the company gave no page", a.ID, a.State)
	}
	c.line("Payment", "%s of %s waits at %s", a.ID, a.Amount, a.Next.URL)
	return a, nil
}

// pay is the payer, who opens the company's page in a browser and presses the button, and then the court, which asks the company whether it is so.
func (c *counter) pay(ctx context.Context, a payment.Attempt) error {
	if err := press(ctx, a.Next.URL); err != nil {
		return fmt.Errorf("the company's page: %w", err)
	}
	c.line("Payer", "pays at the company's page")
	a, err := c.AccountsOffice().Cashier().Check(ctx, a.ID)
	if err != nil {
		return err
	}
	c.line("Court", "has asked the company: %s", a.State)
	if a.State != payment.AttemptSucceeded && a.State != payment.AttemptAuthorised { // money is held where an officer decides
		return fmt.Errorf("payment %s is %s", a.ID, a.State)
	}
	return nil
}

var onceField = regexp.MustCompile(`name="once" value="([^"]+)"`)

// press opens the page and presses "pay".
func press(ctx context.Context, page string) error {
	// The payer's browser would follow the company back to the court; this one has seen enough.
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	body, err := send(ctx, browser, http.MethodGet, page, nil)
	if err != nil {
		return err
	}
	once := onceField.FindStringSubmatch(body)
	if once == nil {
		return fmt.Errorf("%s shows no form", page)
	}
	_, err = send(ctx, browser, http.MethodPost, page, url.Values{"once": {once[1]}, "deed": {"pay"}, "means": {string(card)}})
	return err
}

func send(ctx context.Context, browser *http.Client, method, page string, form url.Values) (string, error) {
	request, err := http.NewRequestWithContext(ctx, method, page, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := browser.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode >= http.StatusBadRequest {
		err = fmt.Errorf("%s: %s", page, answer.Status)
	}
	return string(body), err
}
