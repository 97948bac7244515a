package api

import (
	"bytes"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// answer writes what a question found, in the form that was asked for.
func (s *site) answer(w http.ResponseWriter, r *http.Request, a *asked, found answer) error {
	form, err := formOf(r, found.rows != nil)
	if err != nil {
		return err
	}
	w.Header().Set("Vary", "Accept")
	w.Header().Set(positionHeader, a.set.Position().String())
	if found.revision != nil {
		w.Header().Set("ETag", etag(*found.revision))
	}
	if found.next != "" {
		w.Header().Set("Link", "<"+linkToNext(r.URL, found.next)+`>; rel="next"`)
	}
	var out bytes.Buffer
	teller := &teller{ctx: r.Context(), vault: s.Vault, out: jsontext.NewEncoder(&out)}
	if form == formCSV {
		err = teller.table(&out, reflect.ValueOf(found.rows))
	} else {
		err = teller.found(found)
	}
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", form)
	_, _ = w.Write(out.Bytes()) // the caller left; there is nobody to tell
	return nil
}

func linkToNext(here *url.URL, after string) string {
	query := here.Query()
	query.Set("after", after)
	return here.Path + "?" + query.Encode()
}

// found writes a whole, or a page of rows: {"items": […], "next": "…"}.
func (t *teller) found(a answer) error {
	if a.rows == nil {
		return t.tell(reflect.ValueOf(a.one))
	}
	if err := t.token(jsontext.BeginObject); err != nil {
		return err
	}
	if err := t.member("items", reflect.ValueOf(a.rows)); err != nil {
		return err
	}
	if a.next != "" {
		if err := t.member("next", reflect.ValueOf(a.next)); err != nil {
			return err
		}
	}
	return t.token(jsontext.EndObject)
}

// The forms of an answer.
const (
	formJSON = "application/json"
	formCSV  = "text/csv; charset=utf-8; header=present"
)

// formOf chooses the form that the asker likes best; JSON, if it is all the same.
func formOf(r *http.Request, rows bool) (string, error) {
	header := strings.Join(r.Header.Values("Accept"), ",")
	if header == "" {
		return formJSON, nil
	}
	wants := readAccept(header)
	asJSON, asCSV := wants.weight("application", "json"), wants.weight("text", "csv")
	switch {
	case rows && asCSV > asJSON:
		return formCSV, nil
	case asJSON > 0:
		return formJSON, nil
	}
	return "", errAccept
}

// accept is what an Accept header says: for each range of media, how much it is liked.
type accept map[string]float64

func readAccept(header string) accept {
	wants := accept{}
	for part := range strings.SplitSeq(header, ",") {
		media, parameters, _ := strings.Cut(part, ";")
		wants[strings.ToLower(strings.TrimSpace(media))] = quality(parameters)
	}
	return wants
}

func quality(parameters string) float64 {
	for parameter := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(parameter), "=")
		if q, err := strconv.ParseFloat(value, 64); strings.EqualFold(name, "q") && err == nil {
			return q
		}
	}
	return 1
}

// weight is how much one kind of media is liked: what is said of it most precisely counts.
func (a accept) weight(kind, media string) float64 {
	for _, said := range []string{kind + "/" + media, kind + "/*", "*/*"} {
		if q, ok := a[said]; ok {
			return q
		}
	}
	return 0
}
