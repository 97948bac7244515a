package main

import (
	"bytes"
	"strings"
	"testing"
)

// A release is checked without a ledger, in words and for programs, and the program ends with what was found.
func TestVerifyBundle(t *testing.T) {
	const folder = "../../domain/proof/testdata/"
	policy, previous := "--policy="+folder+"policy.v1.txt", "--previous="+folder+"previous.v1.zip"
	for name, tt := range map[string]struct {
		args []string
		code int
		says string
	}{
		"good":         {[]string{folder + "bundle.v1.zip", policy, previous}, 0, "Alles klopt."},
		"for programs": {[]string{"--json", policy, folder + "bundle.v1.zip"}, 0, `{"result":"held",`},
		"undecided":    {[]string{folder + "bundle.v1.zip"}, 3, "De sleutel komt uit het bestand zelf"},
		"wrong":        {[]string{folder + "policy.v1.txt"}, 1, "geen zip"},
		"misused":      {[]string{folder + "bundle.v1.zip", "--policy=" + folder + "bundle.v1.zip"}, 2, ""},
	} {
		var out, told bytes.Buffer
		err := run(t.Context(), append([]string{"verify"}, tt.args...), nil, &out, &told)
		code := 0
		if err != nil {
			code = exitCode(err)
		}
		if code != tt.code || !strings.Contains(out.String(), tt.says) || err != nil && strings.Contains(explain(err), "Er ging iets mis") {
			t.Errorf("%s: ends with %d, %v, says\n%s", name, code, err, out.String())
		}
	}
}
