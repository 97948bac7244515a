package sqlite_test

import (
	"errors"
	"testing"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// testdata/form3 is a vault that this form of the package made: a text, a bundle that holds it, one that went with another
// text, and one that was destroyed. It opens for ever, and says what it said then.
func TestForm3(t *testing.T) {
	v := open(t, ofForm(t, 3))
	ctx, one, two := t.Context(), uuid.UUID{15: 1}, uuid.UUID{15: 2}
	text := form1Text(t, "01a20239-e5a7-7195-a65d-daa6173e5116.AfyEJrcORAYqAq87QBns0rM0fgOiJhCyaYGmO9Yf5Kx1CCBNNEvizOhSQQTs3inGf7d2Gcs"+
		"O4yRvpFD5RVSbj5Q5qUmkCwiH91Jvr_cw1PXZn9ngrPUNhYUT")
	plain, err := v.Open(ctx, text)
	same(t, "text", string(plain), err, "De bus rijdt niet na zes uur.")
	kept, err := v.Bundle(ctx, practice, one, domain.DigestOf([]byte("kept")))
	same(t, "bundle", string(kept), err, "kept")
	for built, release := range map[string]uuid.UUID{"gone": one, "withdrawn": two} {
		if err := v.KeepBundle(ctx, practice, release, []byte(built)); !errors.Is(err, domain.ErrForgotten) {
			t.Errorf("%s: %v", built, err)
		}
	}
	fatal(t, v.ForgetTexts(ctx, practice, text.Key))
	if _, err := v.Bundle(ctx, practice, one, domain.DigestOf([]byte("kept"))); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("its text was forgotten: %v", err)
	}
}
