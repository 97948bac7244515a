package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/google/uuid"

	"signaalboek/api/web"
	"signaalboek/domain/audit"
	"signaalboek/domain/proof"
)

// eventIn is the event that the path names, if it is one of the practice that can be proven. One that cannot, one of
// others and one that never was look the same.
func (s *site) eventIn(r *http.Request) (event audit.Event, err error) {
	id, err := uuid.Parse(variable(r, "event"))
	if err != nil {
		return event, audit.ErrNotProven
	}
	err = s.chronicle.read(r.Context(), func(h *audit.History) error {
		found := false
		if event, found = h.Event(actorOf(r).Practice, id); !found {
			return audit.ErrNotProven
		}
		return nil
	})
	return event, err
}

// proofOf is the proof of an event. With ErrUnsigned or ErrUnproven comes what is shown of it all the same.
func (s *site) proofOf(ctx context.Context, event audit.Event) (proof.EventProof, error) {
	shown, err := s.disclosed(ctx, event)
	if err != nil {
		return proof.EventProof{}, err
	}
	unproven := proof.EventProof{Event: shown}
	if s.History == nil {
		return unproven, ErrUnproven
	}
	at, signed, err := s.History.Prove(ctx, event.Position)
	if err != nil {
		return unproven, err
	}
	return proof.NewEventProof(signed, at, shown), nil
}

// eventProofPage tells what is shown of an event, and where it stands.
func (s *site) eventProofPage(w http.ResponseWriter, r *http.Request) error {
	event, err := s.eventIn(r)
	if err != nil {
		return err
	}
	shown, err := s.proofOf(r.Context(), event)
	page := web.EventProofPage{
		Name: web.EventName(event.Name), Event: shown.Event, Opened: web.OpenedLines(shown.Event, s.book(r)), Inclusion: shown.Inclusion,
		Leaf: shown.Event.Frame().Leaf().String(), File: r.URL.Path + "/bewijs.json",
	}
	if errors.Is(err, ErrUnsigned) || errors.Is(err, ErrUnproven) {
		refusal, _ := refusalOf(err)
		page.Unsigned, err = web.RefusalSentence(refusal, s.book(r)), nil
	}
	if err != nil {
		return err
	}
	if page.Unsigned == "" {
		standing, err := s.standing(r.Context())
		if err != nil {
			return err
		}
		if page.Latest, err = s.lineOf(shown, standing); err != nil {
			return err
		}
	}
	return s.show(w, r, http.StatusOK, web.Frame{
		Title: web.T("event-proof.title"), Lead: web.T("event-proof.lead"), Section: historyAddress,
		Trail: []web.Crumb{{Label: web.T("nav.history"), Href: historyAddress}},
	}, page)
}

// lineOf is the checkpoint that a proof is about. It may be signed over by another one meanwhile: then its moment is not
// known any more.
func (s *site) lineOf(shown proof.EventProof, standing Standing) (web.CheckpointLine, error) {
	checkpoint, err := proof.Open([]byte(shown.Checkpoint), standing.Log)
	line := web.CheckpointLine{Words: proof.Words(checkpoint.Root), Size: checkpoint.Size}
	if checkpoint == standing.Latest {
		line.At = standing.At.In(s.Zone)
	}
	return line, err
}

// eventProofFile is the proof of an event to take along.
func (s *site) eventProofFile(w http.ResponseWriter, r *http.Request) error {
	event, err := s.eventIn(r)
	if err != nil {
		return err
	}
	shown, err := s.proofOf(r.Context(), event)
	if err != nil {
		return err
	}
	file, err := shown.File()
	if err != nil {
		return err
	}
	return answerAttachment(w, "application/json", "bewijs-"+event.ID.String()+".json", file)
}

// answerAttachment writes a file that a browser keeps and does not show.
func answerAttachment(w http.ResponseWriter, kind, name string, content []byte) error {
	header := w.Header()
	header.Set("Content-Type", kind)
	header.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(content) // the caller left; there is nobody to tell
	return nil
}
