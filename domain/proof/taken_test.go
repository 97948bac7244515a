package proof

import "testing"

// Whatever somebody hands in as a proof or a history is read without harm, and nothing made up holds.
func FuzzVerifyTaken(f *testing.F) {
	packed, err := Zip([]File{
		{historySignedFile, []byte("x\n1\n")}, {historyAboutFile, []byte(`{"form":"` + HistoryForm + `","practice":"x","zone":"UTC"}` + "\n")},
		{historyLeavesFile, make([]byte, 64)}, {historyLinesFile, []byte(`{"count":2}` + "\n")}, {historyProofsFile, nil},
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(packed)
	f.Add([]byte(`{"form":"` + EventProofForm + `","checkpoint":"","inclusion":{"index":0,"size":1,"hashes":[]},"event":{}}`))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, file []byte) {
		found, is := VerifyTaken(file, Reader{Policy: &Policy{}})
		if is && found.Result() == Held {
			t.Errorf("it holds: %+v", found)
		}
	})
}
