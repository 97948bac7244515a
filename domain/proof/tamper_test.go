package proof_test

import (
	"bytes"
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
	"signaalboek/domain/proof"
	"signaalboek/domain/release"
)

// first is the first check that failed, or could not be done.
func first(v proof.Verdict, result proof.Result) proof.Finding {
	i := slices.IndexFunc(v.Findings, func(f proof.Finding) bool { return f.Result == result })
	if i < 0 {
		return proof.Finding{}
	}
	return v.Findings[i]
}

// Whatever is changed in the files of a bundle, and however well it is put together again: it is found, and the first
// thing that is wrong is named.
func TestTampering(t *testing.T) {
	w, half, whole := halves(t)
	published := whole.Events[0].ID.String()
	type bundle = released
	for name, tt := range map[string]struct {
		tamper func(*bundle)
		check  proof.Check
		reason proof.Reason
		wrong  string
	}{
		"a file dropped":       {func(b *bundle) { b.frozen = b.frozen[1:] }, proof.CheckFiles, proof.FileMissing, "council/overview.html"},
		"the last one dropped": {func(b *bundle) { b.frozen = b.frozen[:len(b.frozen)-1] }, proof.CheckFiles, proof.FileMissing, "tables/unique-by-activity.csv"},
		"a file added": {func(b *bundle) {
			b.frozen = append(b.frozen, proof.File{Name: "zz.txt"})
		}, proof.CheckFiles, proof.FileExtra, "zz.txt"},
		"a file renamed": {func(b *bundle) { b.frozen[1].Name = "methods.txt" }, proof.CheckFiles, proof.FileMissing, "method.txt"},
		"two files swapped": {func(b *bundle) {
			b.frozen[1].Content, b.frozen[2].Content = b.frozen[2].Content, b.frozen[1].Content
		}, proof.CheckFiles, proof.FileDiffers, "method.txt"},
		"a total in a table": {func(b *bundle) {
			b.change("tables/contacts.csv", ";363;363;", ";463;463;")
		}, proof.CheckFiles, proof.FileDiffers, "tables/contacts.csv"},
		"a total in a table, with its digest": {func(b *bundle) {
			b.change("tables/contacts.csv", ";363;363;", ";463;463;")
			b.redigest()
		}, proof.CheckFields, proof.FieldDiffers, published + " editions"},
		"a root in a document": {func(b *bundle) {
			b.frozen[0].Content = document("Overzicht", tlog.RecordHash(nil))
		}, proof.CheckPrinted, proof.OtherRoot, "council/overview.html"},
		"words in a document": {func(b *bundle) {
			b.frozen[3].Content = sheet(tlog.RecordHash(nil))
		}, proof.CheckPrinted, proof.OtherRoot, "residents/overview.html"},
		"the root that it begins from": {func(b *bundle) {
			b.Extends[0].Root[0]++
		}, proof.CheckPrinted, proof.OtherRoot, "council/overview.html"},
		"not said where it begins": {func(b *bundle) { b.Extends = b.Extends[1:] }, proof.CheckPrinted, proof.OtherRoot, "council/overview.html"},
		"begins earlier": {func(b *bundle) {
			b.Extends[0] = w.extension(proof.OfDocument, int(b.Extends[0].Old)-1)
		}, proof.CheckPrinted, proof.OtherRoot, "council/overview.html"},
		"the proof since the document": {func(b *bundle) {
			b.Extends[0].Hashes = slices.Clone(b.Extends[0].Hashes)
			b.Extends[0].Hashes[0][0]++
		}, proof.CheckSinceDocument, proof.NotExtended, "document"},
		"the root of before": {func(b *bundle) { b.Extends[1].Root[0]++ }, proof.CheckSincePrevious, proof.NotExtended, "previous"},
		"of a tree too large to look into": {func(b *bundle) {
			b.Extends[1].Old, b.Extends[1].New = 1<<62+1, 1<<62+2
		}, proof.CheckSincePrevious, proof.NotExtended, "previous"},
		"another checkpoint": {func(b *bundle) { b.Checkpoint = half.Checkpoint }, proof.CheckSinceDocument, proof.NotExtended, "document"},
		"no quorum":          {func(b *bundle) { b.Checkpoint = w.signed(w.city) }, proof.CheckQuorum, proof.TooFew, "proof/checkpoint.txt"},
		"one witness twice": {func(b *bundle) {
			b.Checkpoint = w.signed(w.city, w.city)
		}, proof.CheckQuorum, proof.TooFew, "proof/checkpoint.txt"},
		"a cosignature of another day": {func(b *bundle) {
			b.Checkpoint = bytes.Replace(w.signed(w.city, w.partner), cosignatureOf(w, w.partner), cosignatureAt(w, w.partner), 1)
		}, proof.CheckQuorum, proof.BadCosign, "proof/checkpoint.txt"},
		"a root that nobody signed": {func(b *bundle) {
			c := w.at(len(w.recorded))
			root := c.Root.String()
			c.Root[5]++
			b.Checkpoint = bytes.Replace(b.Checkpoint, []byte(root), []byte(c.Root.String()), 1)
		}, proof.CheckSignature, proof.NotSigned, "proof/checkpoint.txt"},
		"a key of somebody else": {func(b *bundle) { b.Key = otherKey(t) }, proof.CheckKey, proof.KeyDiffers, "proof/key.txt"},
		"a salt of another field": {func(b *bundle) {
			b.fields(0)[1].Salt, b.fields(0)[2].Salt = b.fields(0)[2].Salt, b.fields(0)[1].Salt
		}, proof.CheckFields, proof.FieldDiffers, published + " " + whole.Events[0].Fields[1].Name},
		"a field under another name": {func(b *bundle) { b.fields(0)[0].Name = "@actor" }, proof.CheckFields, proof.FieldDiffers, published + " @actor"},
		"a field of another event": {func(b *bundle) {
			b.fields(2)[0] = b.Events[1].Fields[0]
		}, proof.CheckFields, proof.FieldDiffers, whole.Events[2].ID.String() + " forum"},
		"a field with another value": {func(b *bundle) {
			b.fields(2)[0].Value = proof.Verbatim(`"team-opstap"`)
		}, proof.CheckFields, proof.FieldDiffers, whole.Events[2].ID.String() + " forum"},
		"a value in other bytes": {func(b *bundle) {
			b.fields(2)[0].Value = append(slices.Clone(b.fields(2)[0].Value), ' ')
		}, proof.CheckFields, proof.FieldDiffers, whole.Events[2].ID.String() + " forum"},
		"two fields in another order": {func(b *bundle) {
			slices.Reverse(b.fields(0))
		}, proof.CheckFields, proof.FieldDiffers, published + " editions"},
		"a field too much": {func(b *bundle) {
			b.Events[1].Fields = append(b.fields(1), proof.Opened{Place: 99, Name: "x", Value: proof.Verbatim("1"), Salt: make([]byte, 32)})
		}, proof.CheckFields, proof.FieldDiffers, whole.Events[1].ID.String() + " x"},
		"a moment within a microsecond": {func(b *bundle) {
			b.Events[1].At = b.Events[1].At.Add(time.Nanosecond)
		}, proof.CheckFields, proof.FieldDiffers, whole.Events[1].ID.String()},
		"an event of another moment": {func(b *bundle) {
			b.Events[1].At = b.Events[1].At.Add(time.Hour)
		}, proof.CheckEvents, proof.NotIncluded, whole.Events[1].ID.String()},
		"an event that is another": {func(b *bundle) { b.Events[1].Name = "signal.decided.v1" }, proof.CheckEvents, proof.NotIncluded, whole.Events[1].ID.String()},
		"an event that nobody discloses": {func(b *bundle) {
			b.Events[1] = w.shown(int(b.Inclusions[1].Index)-1, "S1", func(string) bool { return false })
			b.Inclusions[1] = w.inclusion(int(b.Inclusions[1].Index)-1, len(w.recorded))
		}, proof.CheckEvents, proof.NotChain, w.recorded[whole.Inclusions[1].Index-1].ID.String()},
		"an event told of another signal": {func(b *bundle) { b.Events[2].Of = "S2" }, proof.CheckSteps, proof.StepDiffers, whole.Events[2].ID.String()},
		"an event left out": {func(b *bundle) {
			b.Events, b.Inclusions = slices.Delete(slices.Clone(b.Events), 3, 4), slices.Delete(slices.Clone(b.Inclusions), 3, 4)
		}, "", "", ""},
		"two events in another order": {func(b *bundle) {
			b.Events[1], b.Events[2] = b.Events[2], b.Events[1]
			b.Inclusions[1], b.Inclusions[2] = b.Inclusions[2], b.Inclusions[1]
		}, proof.CheckEvents, proof.OutOfOrder, whole.Events[1].ID.String()},
		"an event twice": {func(b *bundle) {
			b.Events, b.Inclusions = append(b.Events, b.Events[5]), append(b.Inclusions, b.Inclusions[5])
		}, proof.CheckEvents, proof.OutOfOrder, whole.Events[5].ID.String()},
		"the proof of another event": {func(b *bundle) { b.Inclusions[2] = b.Inclusions[1] }, proof.CheckEvents, proof.NotIncluded, whole.Events[2].ID.String()},
		"the other release": {func(b *bundle) {
			b.Events[0] = half.Events[0]
		}, proof.CheckRelease, proof.NotIncluded, half.Events[0].ID.String()},
		"the other release, and its place": {func(b *bundle) {
			b.Events[0], b.Inclusions[0] = half.Events[0], w.inclusion(int(half.Inclusions[0].Index), len(w.recorded))
		}, proof.CheckRelease, proof.OutOfOrder, half.Events[0].ID.String()},
		"digests closed": {func(b *bundle) {
			b.Events[0].Fields = slices.DeleteFunc(b.fields(0), func(f proof.Opened) bool { return f.Name == "editions" })
		}, proof.CheckRelease, proof.FieldClosed, published + " editions"},
		"a width in the summary":   {func(b *bundle) { b.Gate.Widths[0].Width = 5 }, proof.CheckGate, proof.GateDiffers, "proof/gate.json"},
		"how much the gate judged": {func(b *bundle) { b.Gate.Judged = &proof.Judged{Targets: 900} }, proof.CheckGate, proof.GateDiffers, "proof/gate.json"},
		"no event at all":          {func(b *bundle) { b.Events, b.Inclusions = nil, nil }, proof.CheckEvidence, proof.EvidenceWrong, "proof/events.json"},
		"a proof too few": {func(b *bundle) {
			b.Inclusions = b.Inclusions[1:]
		}, proof.CheckEvidence, proof.EvidenceWrong, "proof/inclusion.json"},
		"the same earlier tree twice": {func(b *bundle) {
			b.Extends[0].Of = proof.OfPrevious
		}, proof.CheckEvidence, proof.EvidenceWrong, "proof/consistency.json"},
		"two keys": {func(b *bundle) { b.Key += "\n" + b.Key }, proof.CheckEvidence, proof.EvidenceWrong, "proof/key.txt"},
	} {
		b := copied(t, whole)
		tt.tamper(&b)
		verdict := proof.Verify(b.bundle(t), proof.Reader{Policy: w.policy()})
		if tt.check == "" { // it is not said to be wrong, and not believed either
			if found := first(verdict, proof.Undecided); verdict.Result() != proof.Undecided || found.Reason != proof.StepUnproven {
				t.Errorf("%s: found %+v", name, found)
			}
			continue
		}
		found := first(verdict, proof.Failed)
		if zip := verdict.Findings[slices.Index(proof.Checks(), proof.CheckBundle)]; tt.check == proof.CheckFiles && zip.Reason != proof.BundleDiffers {
			t.Errorf("%s: their zip is %+v", name, zip)
		}
		if found.Check != tt.check || found.Reason != tt.reason || found.Wrong != tt.wrong {
			t.Errorf("%s: found %+v, want %s: %s: %s", name, found, tt.check, tt.reason, tt.wrong)
		}
	}
}

// What is told of a signal was recorded before the release counted, and not after.
func TestWhatCameAfterTheProposal(t *testing.T) {
	w, _, whole := halves(t)
	last := len(whole.Events) - 1
	whole.Extends[0] = w.extension(proof.OfDocument, int(whole.Inclusions[last].Index))
	verdict := proof.Verify(whole.bundle(t), proof.Reader{Policy: w.policy()})
	found := verdict.Findings[slices.Index(proof.Checks(), proof.CheckEvents)]
	if found.Reason != proof.OutOfOrder || found.Wrong != whole.Events[last].ID.String() {
		t.Errorf("found %+v", found)
	}
}

// copied is a bundle of which nothing is shared with another.
func copied(t *testing.T, of released) released {
	t.Helper()
	b := released{frozen: slices.Clone(of.frozen)}
	for i := range b.frozen {
		b.frozen[i].Content = bytes.Clone(b.frozen[i].Content)
	}
	var err error
	if b.Evidence, err = proof.ReadEvidence(of.files(t)); err != nil {
		t.Fatal(err)
	}
	return b
}

func (r *released) fields(event int) []proof.Opened { return r.Events[event].Fields }

// change changes a text in a file.
func (r *released) change(name, from, to string) {
	changeIn(r.frozen, name, from, to)
}

func changeIn(files []proof.File, name, from, to string) {
	for i := range files {
		if files[i].Name == name {
			if !strings.Contains(string(files[i].Content), from) {
				panic("nothing to change in " + name)
			}
			files[i].Content = []byte(strings.Replace(string(files[i].Content), from, to, 1))
		}
	}
}

// redigest puts the digests of the files as they are into the field of the event.
func (r *released) redigest() {
	i := slices.IndexFunc(r.fields(0), func(f proof.Opened) bool { return f.Name == "editions" })
	value := string(r.fields(0)[i].Value)
	for _, file := range r.frozen {
		_, rest, _ := strings.Cut(value, `"`+file.Name+`","digest":"`)
		value = strings.Replace(value, rest[:64], domain.DigestOf(file.Content), 1)
	}
	r.fields(0)[i].Value = proof.Verbatim(value)
}

// cosignatureOf is the line of a witness on the tree as it is.
func cosignatureOf(w *town, key proof.WitnessKey) []byte {
	_, line, _ := bytes.Cut(w.signed(key), []byte("\n\n"))
	_, line, _ = bytes.Cut(line, []byte("\n"))
	return line
}

// cosignatureAt is the same line, with another moment in it.
func cosignatureAt(w *town, key proof.WitnessKey) []byte {
	line := cosignatureOf(w, key)
	line[bytes.LastIndexByte(line, ' ')+14]++
	return line
}

func otherKey(t *testing.T) string {
	t.Helper()
	_, public, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		t.Fatal(err)
	}
	return public
}

// A practice that says one thing here and another there is found too, though all is signed and proved.
func TestAReleaseThatContradictsItself(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil  func([]proof.File)
		check  proof.Check
		reason proof.Reason
		wrong  string
	}{
		"a total for spreadsheets": {func(f []proof.File) {
			changeIn(f, "tables/contacts.csv", ";363;363;", ";463;463;")
		}, proof.CheckTables, proof.TableDiffers, "tables/contacts.csv:2"},
		"a word for spreadsheets": {func(f []proof.File) {
			changeIn(f, "tables/steps.csv", "promised", "refused")
		}, proof.CheckTables, proof.TableDiffers, "tables/steps.csv:3"},
		"a row less": {func(f []proof.File) {
			changeIn(f, "tables/headline.csv", ";'=R;new;60;60;T\r\n", "")
		}, proof.CheckTables, proof.TableDiffers, "tables/headline.csv"},
		"a table under another name": {func(f []proof.File) { f[4].Name = "tables/aaa.csv" }, proof.CheckTables, proof.TableDiffers, "tables/contacts.csv"},
		"a table that nobody knows":  {func(f []proof.File) { f[1].Name = "tables/zzz.csv" }, proof.CheckTables, proof.TableDiffers, "tables/zzz.csv"},
		"unknown in one place only": {func(f []proof.File) {
			changeIn(f, "tables/headline.csv", "niet geregistreerd", "12")
		}, proof.CheckTables, proof.TableDiffers, "tables/headline.csv:4"},
		"another year": {func(f []proof.File) { changeIn(f, "release.json", "2022", "2021") }, proof.CheckTables, proof.TableDiffers, "release.json"},
		"other widths": {func(f []proof.File) {
			changeIn(f, "release.json", `"headline", "width": 1`, `"headline", "width": 5`)
		}, proof.CheckTables, proof.TableDiffers, "release.json"},
		"something that is compared with nothing": {func(f []proof.File) { changeIn(f, "release.json", "method", "meth") }, "", "", ""},
		"no number where one is":                  {func(f []proof.File) { changeIn(f, `release.json`, `"catalogue": 1`, `"catalogue": "1"`) }, proof.CheckTables, proof.TableDiffers, "release.json"},
		"another catalogue": {func(f []proof.File) {
			changeIn(f, "release.json", `"catalogue": 1`, `"catalogue": 2`)
		}, proof.CheckTables, proof.TableDiffers, "release.json"},
		"a table left out": {func(f []proof.File) {
			table, _ := figureTable("requests", 1)
			changeIn(f, "release.json", table+",\n", "")
			f[slices.IndexFunc(f, func(f proof.File) bool { return f.Name == "tables/requests.csv" })].Name = "other.txt"
		}, proof.CheckTables, proof.FileMissing, "tables/requests.csv"},
		"a table that was to stay closed": {func(f []proof.File) {
			changeIn(f, "release.json", `"note": "Deze tabel verschijnt niet.", "rows": []`,
				`"rows": [{"category": "x", "label": "x", "measure": "requests", "least": 0, "most": 4, "counts": "T"}]`)
			changeIn(f, "tables/requests-by-theme.csv", "Deze tabel verschijnt niet.;;;;;", "x;x;requests;0;4;T")
		}, proof.CheckTables, proof.BandInvalid, "tables/requests-by-theme.csv"},
		"more new than all at an activity": {func(f []proof.File) {
			both(f, "new-by-activity", "10, \"most\": 19", ";10;19;", "50, \"most\": 59", ";50;59;")
		}, proof.CheckTables, proof.Impossible, "tables/new-by-activity.csv:2"},
		"more people than contacts": {func(f []proof.File) {
			both(f, "contacts", "363, \"most\": 363", ";363;363;", "150, \"most\": 150", ";150;150;")
		}, proof.CheckTables, proof.Impossible, "tables/headline.csv:2"},
		"more in a part than in all": {func(f []proof.File) {
			both(f, "new-by-activity", "10, \"most\": 19", ";10;19;", "70, \"most\": 79", ";70;79;")
		}, proof.CheckTables, proof.Impossible, "tables/new-by-activity.csv:2"},
		"a band that is none": {func(f []proof.File) {
			both(f, "unique-by-activity", "45, \"most\": 49", ";45;49;", "46, \"most\": 50", ";46;50;")
		}, proof.CheckTables, proof.BandInvalid, "tables/unique-by-activity.csv:2"},
		"a band that is too narrow": {func(f []proof.File) {
			both(f, "new-by-activity", "10, \"most\": 19", ";10;19;", "10, \"most\": 14", ";10;14;")
		}, proof.CheckTables, proof.BandInvalid, "tables/new-by-activity.csv:2"},
		"a row twice": {func(f []proof.File) {
			both(f, "unique-by-activity", "\"sociale-kruidenier\"", "sociale-kruidenier", "\"huisbezoek\"", "huisbezoek")
		}, proof.CheckTables, proof.BandInvalid, "tables/unique-by-activity.csv:3"},
		"a verdict that was not taken": {func(f []proof.File) {
			changeIn(f, "release.json", `"adopted", "label": "adopted"`, `"rejected", "label": "rejected"`)
			changeIn(f, "tables/steps.csv", ";adopted;", ";rejected;")
		}, proof.CheckSteps, proof.StepDiffers, "of the decision"},
		"another reference": {func(f []proof.File) {
			changeIn(f, "release.json", kept.URI, kept.URI+"0")
			changeIn(f, "tables/steps.csv", kept.URI, kept.URI+"0")
		}, proof.CheckSteps, proof.StepDiffers, "of the decision"},
	} {
		w, _, whole := halves(t, tt.spoil)
		verdict := proof.Verify(whole.bundle(t), proof.Reader{Policy: w.policy()})
		if tt.check == "" {
			if verdict.Result() != proof.Held {
				t.Errorf("%s: %+v", name, verdict)
			}
			continue
		}
		if tt.wrong == "of the decision" {
			tt.wrong = whole.Events[3].ID.String()
		}
		if found := first(verdict, proof.Failed); found.Check != tt.check || found.Reason != tt.reason || found.Wrong != tt.wrong {
			t.Errorf("%s: found %+v", name, found)
		}
	}
}

// both changes a table for programs and for spreadsheets alike.
func both(files []proof.File, table, from, fromCSV, to, toCSV string) {
	for i, file := range files {
		if file.Name == "release.json" {
			at := strings.Index(string(file.Content), `"`+table+`", "title"`)
			files[i].Content = []byte(string(file.Content[:at]) + strings.Replace(string(file.Content[at:]), from, to, 1))
		}
	}
	changeIn(files, "tables/"+table+".csv", fromCSV, toCSV)
}

// A ledger that signs with another key, forks, or goes back to an older copy of itself.
func TestLedgersThatChange(t *testing.T) {
	w, half, whole := halves(t)
	again, otherHalf, otherWhole := halves(t)
	resigned := copied(t, whole)
	stranger := &town{t: t, hashes: w.hashes, recorded: w.recorded, city: w.city, partner: w.partner}
	stranger.rekey()
	resigned.Key, resigned.Checkpoint = stranger.vkey, stranger.signed(w.city, w.partner)
	again.signer, again.vkey = w.signer, w.vkey // the same key signs another history
	for _, fork := range []*released{&otherHalf, &otherWhole} {
		fork.Key = w.vkey
	}
	otherWhole.Checkpoint = again.signed(w.city, w.partner)
	unrelated := copied(t, otherWhole)
	unrelated.Extends[1] = again.extension(proof.OfPrevious, int(half.Extends[0].Old))
	gone := copied(t, whole)
	gone.Extends = gone.Extends[:1]
	longer := w.release(release.Period{Year: 2021, Part: release.WholeYear}, 0)

	for name, tt := range map[string]struct {
		bundle   released
		by       proof.Reader
		previous *released
		result   proof.Result
		check    proof.Check
		reason   proof.Reason
	}{
		"signed by another key":          {resigned, proof.Reader{Policy: w.policy()}, nil, proof.Failed, proof.CheckSignature, proof.OtherKey},
		"and nobody knows the key":       {resigned, proof.Reader{}, nil, proof.Undecided, proof.CheckKey, proof.KeyInBundle},
		"but somebody kept a bundle":     {resigned, proof.Reader{}, &half, proof.Failed, proof.CheckSincePrevious, proof.OtherLedger},
		"forked":                         {otherWhole, proof.Reader{Policy: w.policy()}, &half, proof.Failed, proof.CheckSincePrevious, proof.Forked},
		"forked at the same size":        {otherWhole, proof.Reader{Policy: w.policy()}, &whole, proof.Failed, proof.CheckSincePrevious, proof.Forked},
		"forked, and silent about it":    {unrelated, proof.Reader{Policy: w.policy()}, &half, proof.Undecided, proof.CheckSincePrevious, proof.NoProof},
		"nothing said of before":         {gone, proof.Reader{Policy: w.policy()}, &half, proof.Undecided, proof.CheckSincePrevious, proof.NoProof},
		"rolled back":                    {half, proof.Reader{Policy: w.policy()}, &longer, proof.Failed, proof.CheckSincePrevious, proof.Shrunk},
		"given in the wrong order":       {half, proof.Reader{Policy: w.policy()}, &whole, proof.Undecided, proof.CheckSincePrevious, proof.Swapped},
		"kept something else altogether": {whole, proof.Reader{Policy: w.policy(), Previous: []byte("x")}, nil, proof.Undecided, proof.CheckSincePrevious, proof.PreviousWrong},
	} {
		if tt.previous != nil {
			tt.by.Previous = tt.previous.bundle(t)
		}
		verdict := proof.Verify(tt.bundle.bundle(t), tt.by)
		if found := first(verdict, tt.result); verdict.Result() != tt.result || found.Check != tt.check || found.Reason != tt.reason {
			t.Errorf("%s: %s, found %+v", name, verdict.Result(), found)
		}
	}
}
