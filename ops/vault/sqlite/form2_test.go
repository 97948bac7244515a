package sqlite_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// testdata/form2 is a vault of form 2, made before there was a stock of secrets: texts, cards that were merged and forgotten, drafts, a
// year that was destroyed, and three master keys one after the other. It opens for ever, and says what it said then.
func TestForm2(t *testing.T) {
	v := open(t, ofForm(t, 2))
	ctx, event := t.Context(), uuid.MustParse("5d1c7c0e-98f0-5b51-8c4d-0a1f6f3f1c11")
	text := func(field, written string) domain.Sealed {
		s := form1Text(t, written)
		s.Place = domain.Place{Event: event, Field: field}
		return s
	}
	plain, err := v.Open(ctx, text("/statement", "fb735bc4-bca3-41ee-bdf8-ad9df6d1a825.AXzvdFVVqM0I4NRZH_LSUqj94cU9vZ1oc3hZz4VcVLNQjJ"+
		"itRlSVM7WkQxnhrTtoxR60igPLUOTYUIHI9Jx58EsoVku68NTxyarb9ZP6VtqiAwUUkYZ2Ro9p"))
	same(t, "text", string(plain), err, "De bus rijdt niet na zes uur.")
	plain, err = v.Open(ctx, text("/year", "16ef1b2a-cda6-447e-9d4c-83967a64d32f.ATzUpooV_c5H3_kAzS951c16nVm5mKT03Vmy6iFqD3vKhv8842og"+
		"zuqgUInQpG5q0rLO3aTbLxvo7Ip81vc"))
	same(t, "text of a year", string(plain), err, "x")
	for what, s := range map[string]domain.Sealed{
		"forgotten text": text("/gone", "deb80540-f711-4db2-ba90-88a0d9219cde.AVk86JSiaYTXLhJeVIiGb-9oxxc6Qz1uFKAFBrHjW1JzdOc7mCtmMlfJ"+
			"Kn1v2JsRyI0sOsq-XGiq5I2faZaLhA"),
		"destroyed year": text("/old", "4df1c339-7725-49fd-aa59-c64c7fa8df63.AZ73GixxNMvVWA5caWgPJcpgYgrmiJ4EGHQoS7fcIApdUpko65Rgy2AXi"+
			"iTy_a3j80soCyKzL1Tbru_XQtU"),
	} {
		if _, err := v.Open(ctx, s); !errors.Is(err, domain.ErrForgotten) {
			t.Errorf("%s: %v", what, err)
		}
	}
	seed, err := v.Seed(ctx, uuid.MustParse("dd0c2f26-452d-4f7e-9d1f-d23e6ba798cc"))
	same(t, "seed", fmt.Sprintf("%x", seed), err, "734e32cff33e23761f85a2d6956e554d102eabbe4807b3d538e688e732742274")
	digest, err := v.Digest(ctx, []byte("body"))
	same(t, "digest", fmt.Sprintf("%x", digest), err, "0bde79ad494e2215260c23abb7fffbd0")
	count, err := v.Concerns(ctx, 2022)
	same(t, "concerns", fmt.Sprint(count), err, "1")
	fatal(t, v.CountConcern(ctx, uuid.UUID{7}, 2022))
	count, err = v.Concerns(ctx, 2022)
	same(t, "the same concern", fmt.Sprint(count), err, "1")
	drafts, err := v.Drafts(ctx, practice)
	same(t, "drafts", fmt.Sprint(drafts), err, fmt.Sprint([]domain.DraftCommand{{
		ID: uuid.UUID{5}, Practice: practice, Author: uuid.UUID{9}, Subject: "signal-1", Path: "signal/note",
		Body: []byte(`{"text":"Geen bus."}`), Revision: 1,
	}}))
	if _, err := v.SaveDraft(ctx, domain.DraftCommand{ID: uuid.UUID{6}, Practice: practice}); !errors.Is(err, domain.ErrNoDraft) {
		t.Errorf("a dropped draft: %v", err)
	}
	erased, err := v.Erasures(ctx, practice)
	same(t, "erasures", fmt.Sprint(len(erased), slices.Contains(erased, uuid.MustParse("deb80540-f711-4db2-ba90-88a0d9219cde"))), err, "2 true")
}

func TestForm2Cards(t *testing.T) {
	v := open(t, ofForm(t, 2))
	ctx := t.Context()
	kept, merged := uuid.MustParse("84ec8d60-cf59-4934-a2b0-24c3b5426dd6"), uuid.MustParse("c25b76fd-8756-40dd-ae00-9ad64f4ba571")
	cards, err := v.RecentCards(ctx, practice, "soep")
	same(t, "cards", fmt.Sprint(cards), err, "[{84ec8d60-cf59-4934-a2b0-24c3b5426dd6 harelbeke-centrum rode fiets map[gender:woman household:alone]} "+
		"{1b0a1094-a79c-4137-b7a0-eb914b39bd0c harelbeke-centrum aap map[]}]")
	made, err := v.AddCard(ctx, uuid.UUID{2}, domain.NewCard{
		Practice: practice, Nickname: "muts", EarlierYear: domain.No, Traits: domain.Traits{"household": "alone"}})
	same(t, "the command of the merged card", made.String(), err, merged.String())
	recognition, err := v.Recognise(ctx, practice, merged, domain.DateOf(2022, 5, 2), "soep")
	same(t, "recognition", fmt.Sprintf("%x %s %s", recognition.Pseudonym, recognition.EarlierYear, recognition.EarlierYearHere), err,
		"677b167a953df3002605c589fd0242e7 yes unknown")
	pairs, err := v.MergeCards(ctx, practice, kept, merged)
	same(t, "one person", fmt.Sprintf("%x", pairs), err, "[{7e6 677b167a953df3002605c589fd0242e7 1c7d121fe1a9f9f99f14802842d39d73}]")
	if _, err := v.AddCard(ctx, uuid.UUID{4}, domain.NewCard{Practice: practice, Nickname: "vergeten"}); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("the command of a forgotten card: %v", err)
	}
}

// Rows that say what they are about go with it, though no event names them.
func TestForm2Subject(t *testing.T) {
	v := open(t, ofForm(t, 2))
	ctx, text, seed := t.Context(), uuid.MustParse("fb735bc4-bca3-41ee-bdf8-ad9df6d1a825"), uuid.MustParse("dd0c2f26-452d-4f7e-9d1f-d23e6ba798cc")
	before, err := v.Erasures(ctx, practice)
	fatal(t, err)
	fatal(t, v.ForgetSubject(ctx, practice, "signal-1"))
	if _, err := v.Seed(ctx, seed); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("the seed says %v", err)
	}
	owed, err := v.Erasures(ctx, practice)
	fatal(t, err)
	if len(owed) != len(before)+3 || !slices.Contains(owed, text) || !slices.Contains(owed, seed) {
		t.Errorf("%d erasures more, not those of a text, a seed and a draft", len(owed)-len(before))
	}
}

// So do they by their ids, as others do.
func TestForm2Keys(t *testing.T) {
	v := open(t, ofForm(t, 2))
	text, seed := uuid.MustParse("fb735bc4-bca3-41ee-bdf8-ad9df6d1a825"), uuid.MustParse("dd0c2f26-452d-4f7e-9d1f-d23e6ba798cc")
	fatal(t, v.ForgetTexts(t.Context(), practice, text, seed))
	if _, err := v.Seed(t.Context(), seed); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("the seed says %v", err)
	}
	owed, err := v.Erasures(t.Context(), practice)
	fatal(t, err)
	if !slices.Contains(owed, text) || !slices.Contains(owed, seed) {
		t.Errorf("%d erasures are owed, without these two", len(owed))
	}
}
