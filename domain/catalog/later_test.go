package catalog

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

// A member that an event got after its example was frozen, and that may be left out, has an example of its own:
// later/<name>.<member>.json. It is decoded for ever, and written again as the same bytes.
func TestFrozenExamplesOfLaterMembers(t *testing.T) {
	paths, err := filepath.Glob("testdata/later/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d examples, %v", len(paths), err)
	}
	for _, path := range paths {
		example := strings.TrimSuffix(filepath.Base(path), ".json")
		cut := strings.LastIndexByte(example, '.')
		name, member := example[:cut], example[cut+1:]
		frozen := readExample(t, path)
		if !bytes.Contains(frozen, []byte(`"`+member+`":`)) {
			t.Errorf("%s does not say %s", path, member)
		}
		if bytes.Contains(readExample(t, filepath.Join("testdata", name+".json")), []byte(`"`+member+`":`)) {
			t.Errorf("%s: the first example says it already", path)
		}
		entry, err := Decode(recordedAs(t, name, frozen))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if again, err := Default.Encode(entry.Event); err != nil || !bytes.Equal(again, frozen) {
			t.Errorf("%s is written again as\n%s, %v", path, again, err)
		}
	}
}
