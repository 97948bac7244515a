package vocabulary_test

import (
	"testing"

	"signaalboek/domain/vocabulary"
)

// Every fact about the neighbourhood says of which year it is and who published it.
func TestContext(t *testing.T) {
	all := vocabulary.Context(vocabulary.Harelbeke2022)
	if len(all) != 21 {
		t.Fatalf("there are %d indicators, not the 21 that were published", len(all))
	}
	for _, one := range all {
		if one.Year != 2021 || one.Source == "" {
			t.Errorf("%s says neither when nor who: %+v", one.Label, one)
		}
	}
	renters := vocabulary.Indicator{
		Theme: "huisvesting", Label: "Huurders", Area: "Centrum", Value: 37.2,
		Beside: vocabulary.Comparison{Area: "Harelbeke", Value: 23.2}, Unit: "%", Year: 2021, Source: "Omgevingsanalyse wijken Harelbeke",
	}
	if all[7] != renters {
		t.Errorf("renters read %+v", all[7])
	}
	if vocabulary.Context("elsewhere") != nil {
		t.Error("a version that is not there has facts")
	}
}
