package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// browser is what payers see the company's page with. It follows every redirection, back to the court too.
type browser struct {
	http *http.Client
	once *regexp.Regexp
}

func newBrowser() *browser {
	return &browser{
		http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
		once: regexp.MustCompile(`name="once" value="([^"]+)"`),
	}
}

// press opens the page at an address and presses a button. Done is false when the page has no such button any more. Whether the browser then
// finds back to the court is not looked at: the court may be dead.
func (b *browser) press(ctx context.Context, page string, d simpay.Deed) (done bool, err error) {
	shown, err := http.NewRequestWithContext(ctx, http.MethodGet, page, nil)
	if err != nil {
		return false, err
	}
	body, _, err := b.do(shown)
	if err != nil {
		return false, err
	}
	once := b.once.FindSubmatch(body)
	if once == nil {
		return false, nil
	}
	form := url.Values{"once": {string(once[1])}, "deed": {string(d)}, "means": {string(payment.Visa)}}
	pressed, err := http.NewRequestWithContext(ctx, http.MethodPost, page, strings.NewReader(form.Encode()))
	if err != nil {
		return false, err
	}
	pressed.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	_, answer, err := b.do(pressed)
	if err != nil {
		return false, err
	}
	switch status := answer.StatusCode; {
	case answer.Request.URL.Path != pressed.URL.Path: // it was sent on, so it was done
		return true, nil
	case status == http.StatusConflict:
		return false, nil
	case status >= 400:
		return false, fmt.Errorf("the page answers with the status %d", status)
	}
	return true, nil
}

// do sends a request and gives the answer with its body.
func (b *browser) do(r *http.Request) ([]byte, *http.Response, error) {
	answer, err := b.http.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return body, answer, err
}

func (b *browser) close() { b.http.CloseIdleConnections() }
