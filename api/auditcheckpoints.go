package api

import (
	"net/http"
	"strconv"

	"signaalboek/api/web"
	"signaalboek/domain/proof"
)

// checkpointsPage is what the ledger promises, and who saw it.
func (s *site) checkpointsPage(w http.ResponseWriter, r *http.Request) error {
	return s.showCheckpoints(w, r, http.StatusOK, web.NewForm(checkpointsAddress+"/getuigen", newCommand()))
}

func (s *site) showCheckpoints(w http.ResponseWriter, r *http.Request, status int, add web.Form) error {
	standing, err := s.standing(r.Context())
	if err != nil {
		return err
	}
	page := web.CheckpointsPage{Latest: s.checkpointLine(standing), Ask: requestForm()}
	if standing.Log != nil {
		page.Origin, page.Key, page.Root = standing.Latest.Origin, standing.Key, standing.Latest.Root.String()
		page.Note, page.Add = string(standing.Signed), &add
		page.Policy = web.PolicySentences(standing.Policy.Rule())
		page.Met = standing.Policy.CheckQuorum(standing.Signed, standing.Log) == nil
	}
	for _, witness := range standing.Witnesses {
		page.Witnesses = append(page.Witnesses, s.witnessLine(witness))
	}
	for _, ended := range standing.Earlier {
		page.Earlier = append(page.Earlier, web.EndedLine{
			Origin: ended.Origin, Size: ended.Size, Reason: ended.Reason, At: ended.At.In(s.Zone),
		})
	}
	frame := web.Frame{Title: web.T("checkpoints.title"), Lead: web.T("checkpoints.lead"), Section: checkpointsAddress}
	return s.show(w, r, status, frame, page)
}

func (s *site) witnessLine(witness WitnessStanding) web.WitnessLine {
	line := web.WitnessLine{Name: witness.Name, Latest: witness.Latest, At: witness.At}
	if !witness.At.IsZero() {
		line.At = witness.At.In(s.Zone)
	}
	if !witness.Latest {
		line.Href = requestAddress(witness.Size)
	}
	return line
}

func requestAddress(old int64) string {
	return checkpointsAddress + "/vraag.txt?" + web.SizeField + "=" + strconv.FormatInt(old, 10)
}

// requestForm asks for a request to a witness that nobody here knows of.
func requestForm() web.Form {
	return web.NewForm(checkpointsAddress+"/vraag.txt", newCommand()).With(web.SizeField, "0")
}

// witnessRequest is what a witness is asked to cosign, to send or to carry along.
func (s *site) witnessRequest(w http.ResponseWriter, r *http.Request) error {
	if s.History == nil {
		return ErrUnproven
	}
	fields := newFields(filterForm(r))
	old := fields.count(web.SizeField)
	if fields.err != nil {
		return fields.err
	}
	request, err := s.History.Request(r.Context(), int64(old))
	if err != nil {
		return err
	}
	return answerAttachment(w, "text/plain; charset=utf-8", "vraag-aan-getuige.txt", []byte(request.Text()))
}

// addCosignature takes the line of a witness. What is wrong with it shows the form again.
func (s *site) addCosignature(w http.ResponseWriter, r *http.Request) error {
	if s.History == nil {
		return ErrUnproven
	}
	form, err := s.readForm(w, r)
	if err != nil {
		return err
	}
	err = s.History.Cosign(r.Context(), newFields(form).text(web.LineField))
	if refusal, status := refusalOf(err); err != nil && refusal.Code != errFault.Code {
		refusal = refusal.At("/" + web.LineField)
		return s.showCheckpoints(w, r, status, web.Refuse(form, refusal, s.book(r)))
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, done(checkpointsAddress, "cosigned"), http.StatusSeeOther)
	return nil
}

// rootWords is a root for people.
var rootWords = proof.Words
