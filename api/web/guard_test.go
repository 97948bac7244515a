package web

import (
	"strings"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/guard"
	"signaalboek/domain/vocabulary"
)

func TestEveryClassHasItsSentence(t *testing.T) {
	for _, class := range guard.Classes() {
		text := findings[class]
		if text.name == "" || !strings.HasSuffix(text.remedy, ".") {
			t.Errorf("%s: %+v", class, text)
		}
	}
	if len(findings) != len(guard.Classes()) {
		t.Errorf("%d sentences for %d classes", len(findings), len(guard.Classes()))
	}
}

func TestRefusalOfTheGuardNamesClassesOnce(t *testing.T) {
	book, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	text := "Bel 0479 12 34 56 of 056 71 12 34, vrouw van 34 jaar."

	refusal, _ := guard.New(book).AdmitText(text, "/statement", domain.ActorID{}, guard.Override{}).(*domain.Refusal)

	want := "In deze tekst staat iets dat zegt over wie het gaat: een telefoonnummer, een leeftijd."
	if said := RefusalSentence(refusal, book); !strings.HasPrefix(said, want) {
		t.Errorf("said %q, not %q", said, want)
	}
}
