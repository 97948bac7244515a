package domain_test

import (
	"errors"
	"testing"

	"signaalboek/domain"
)

func TestRefusals(t *testing.T) {
	closed := domain.Refuse(domain.Conflict, "signal-closed")
	said := closed.At("/forum").Naming("reason", "answered")
	more := said.Naming("forum", "college")
	if !errors.Is(more, closed) || errors.Is(more, domain.Refuse(domain.Conflict, "signal-split")) || errors.Is(errors.New("signal-closed"), more) {
		t.Error("a refusal is told by its code")
	}
	if errors.Is(more, errors.New("signal-closed")) {
		t.Error("what is no refusal is none")
	}
	if closed.Error() != "refused: signal-closed" || more.Error() != "refused: signal-closed at /forum" {
		t.Errorf("%v, %v", closed, more)
	}
	if closed.Field != "" || closed.With != nil || len(said.With) != 1 || len(more.With) != 2 || more.Kind != domain.Conflict {
		t.Errorf("%+v, %+v, %+v: what is said of one is said of another", closed, said, more)
	}
}
