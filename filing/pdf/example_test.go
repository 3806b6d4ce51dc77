package pdf_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"courts.example/eservices/filing/pdf"
)

func ExampleInspect() {
	content := "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj\n" +
		"3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n4 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
	info, err := pdf.Inspect(context.Background(), strings.NewReader(content), int64(len(content)), pdf.Limits{})
	fmt.Println(info.Pages, info.Encrypted, info.Version, err)

	_, err = pdf.Inspect(context.Background(), strings.NewReader("%PDF-1.4"), 8, pdf.Limits{})
	var malformed *pdf.MalformedError
	fmt.Println(errors.As(err, &malformed))
	// Output:
	// 2 false 1.4 <nil>
	// true
}
