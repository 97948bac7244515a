package proof

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"signaalboek/domain"
)

// Reader is what somebody who checks a release knows beside it.
type Reader struct {
	Policy   *Policy // whom they believe; nil: nobody yet, so that the key is only what the bundle says it is
	Previous []byte  // a bundle that they kept from before; nil: none
}

// Verdict is what came of looking at a bundle: one finding for each of Checks, in that order.
type Verdict struct {
	Digest       string      // SHA-256 of the bundle, in hexadecimal
	Checkpoint   *Checkpoint // that the ledger signed; nil, if none was found
	Document     *Checkpoint // that the documents bear, and the checkpoint extends; nil, if that is not so
	Key          string      // vkey, as the bundle says
	Cosignatures []Cosignature
	Findings     []Finding
}

// Finding is what came of one check.
type Finding struct {
	Check  Check
	About  string // which file of the bundle the check is about; none: all of it
	Result Result
	Reason Reason // none, if it held
	Wrong  string // the first file or record that is wrong: "method.txt", or the id of an event and the name of a field
	Count  int    // how many things were looked at, where that says something
}

// Check is one thing that is looked at. Its values are stable.
type Check string

// Result is what came of it. Its values are stable.
type Result string

// The results.
const (
	Held      Result = "held"
	Failed    Result = "failed"
	Undecided Result = "undecided" // it could not be done with what there is
	Absent    Result = "absent"    // there is nothing to look at, and there need not be
)

// Reason says why a check did not hold. Its values are stable.
type Reason string

// The checks, as Verify does them.
const (
	CheckArchive       Check = "archive"        // the zip is as this program writes it
	CheckEvidence      Check = "evidence"       // the files of the evidence are in their form
	CheckSignature     Check = "signature"      // the ledger signed the checkpoint
	CheckKey           Check = "key"            // the reader believes the key that signed
	CheckQuorum        Check = "quorum"         // enough witnesses cosigned
	CheckPrinted       Check = "printed-root"   // documents print the root that the evidence begins from
	CheckSinceDocument Check = "since-document" // nothing of before the proposal was changed
	CheckSincePrevious Check = "since-previous" // nothing of before the previous release was changed
	CheckRelease       Check = "release"        // the ledger recorded the release
	CheckEvents        Check = "events"         // the ledger recorded what is disclosed beside it, before the release
	CheckFields        Check = "fields"         // what is disclosed is what was recorded
	CheckFiles         Check = "files"          // each file is the one that was released, and none is missing or too many
	CheckBundle        Check = "bundle"         // so is their zip
	CheckGate          Check = "gate"           // the summary of the gate is what was recorded
	CheckTables        Check = "tables"         // tables agree with each other, and with what was recorded
	CheckSteps         Check = "steps"          // what is told of signals is what was recorded
)

// The reasons.
const (
	NotAZip       Reason = "not-a-zip"
	ZipDiffers    Reason = "zip-differs"    // from what this program would write
	NoEvidence    Reason = "no-evidence"    // only frozen files
	EvidenceWrong Reason = "evidence-wrong" // a file of it is missing, or not in its form
	Unread        Reason = "unread"         // what the check needs could not be read
	NoCheckpoint  Reason = "no-checkpoint"  // no signed checkpoint to hold it against
	NotSigned     Reason = "not-signed"     // by the key in the bundle
	OtherKey      Reason = "other-key"      // than the policy names signed
	KeyDiffers    Reason = "key-differs"    // the key in the bundle is not the one that signed
	KeyInBundle   Reason = "key-in-bundle"  // nothing but the bundle says whose key it is
	NoPolicy      Reason = "no-policy"      // so nobody says who must cosign
	TooFew        Reason = "too-few"        // cosigned
	BadCosign     Reason = "bad-cosignature"
	NotPrinted    Reason = "not-printed" // no document prints a root: this is a release of before they did
	OtherRoot     Reason = "other-root"
	NotExtended   Reason = "not-extended"
	NoPrevious    Reason = "no-previous" // the bundle names no release before it
	PreviousWrong Reason = "previous-unread"
	OtherLedger   Reason = "other-ledger" // signed the bundle that was kept
	Shrunk        Reason = "shrunk"       // the ledger had more events when the bundle that was kept was made
	Swapped       Reason = "swapped"      // the bundle that was kept is the later one
	Forked        Reason = "forked"       // two histories of one size
	NoProof       Reason = "no-proof"     // of what lies between both bundles
	NotIncluded   Reason = "not-included"
	OutOfOrder    Reason = "out-of-order"
	NotChain      Reason = "not-of-the-chain" // an event that no bundle discloses
	FieldDiffers  Reason = "field-differs"
	FieldClosed   Reason = "field-closed" // and nothing can be held against it
	FileMissing   Reason = "file-missing"
	FileExtra     Reason = "file-extra"
	FileDiffers   Reason = "file-differs"
	BundleDiffers Reason = "bundle-differs"
	GateDiffers   Reason = "gate-differs"
	OtherForm     Reason = "other-form"    // a release.json that is newer than this program
	TableDiffers  Reason = "table-differs" // a table says another thing than release.json
	BandInvalid   Reason = "band-invalid"
	Impossible    Reason = "impossible" // no whole numbers fit these bands together
	StepDiffers   Reason = "step-differs"
	StepUnproven  Reason = "step-unproven" // no event is disclosed of which it is told
)

// outcome is what came of a check, before it is known which.
type outcome struct {
	result Result
	reason Reason
	wrong  string
	count  int
}

func held(count int) outcome                     { return outcome{result: Held, count: count} }
func failed(reason Reason, wrong string) outcome { return outcome{Failed, reason, wrong, 0} }
func undecided(reason Reason) outcome            { return outcome{result: Undecided, reason: reason} }
func absent(reason Reason) outcome               { return outcome{result: Absent, reason: reason} }

// checks is every check and what it is about, in the order in which they are done: later ones look at what earlier ones
// found.
var checks = []struct {
	check Check
	about string
	look  func(*checking) outcome
}{
	{CheckArchive, "", (*checking).archive},
	{CheckEvidence, EvidenceFolder, (*checking).readEvidence},
	{CheckSignature, checkpointFile, (*checking).signature},
	{CheckKey, keyFile, (*checking).key},
	{CheckQuorum, checkpointFile, (*checking).quorum},
	{CheckPrinted, consistencyFile, (*checking).printed},
	{CheckSinceDocument, consistencyFile, (*checking).sinceDocument},
	{CheckSincePrevious, consistencyFile, (*checking).sincePrevious},
	{CheckRelease, inclusionFile, (*checking).release},
	{CheckEvents, inclusionFile, (*checking).events},
	{CheckFields, eventsFile, (*checking).fields},
	{CheckFiles, "", (*checking).files},
	{CheckBundle, "", (*checking).bundle},
	{CheckGate, gateFile, (*checking).gate},
	{CheckTables, releaseFile, (*checking).tables},
	{CheckSteps, releaseFile, (*checking).steps},
}

// Checks lists every check, in the order in which Verify does them.
func Checks() []Check {
	all := make([]Check, len(checks))
	for i, c := range checks {
		all[i] = c.check
	}
	return all
}

// Verify looks at a bundle: the frozen files of a release with the evidence around them. It needs nothing else, and
// believes nothing that it was not shown.
func Verify(bundle []byte, by Reader) Verdict {
	c := &checking{Reader: by, content: bundle}
	verdict := Verdict{Digest: domain.DigestOf(bundle)}
	for _, one := range checks {
		o := one.look(c)
		verdict.Findings = append(verdict.Findings, Finding{one.check, one.about, o.result, o.reason, o.wrong, o.count})
	}
	verdict.Checkpoint, verdict.Key, verdict.Cosignatures = c.checkpoint, c.evidence.Key, c.cosigned
	verdict.Document = c.document(verdict)
	return verdict
}

// Result is the result of all: failed, if any check failed; else undecided, if any could not be done; else held.
func (v Verdict) Result() Result {
	for _, result := range []Result{Failed, Undecided} {
		if slices.ContainsFunc(v.Findings, func(f Finding) bool { return f.Result == result }) {
			return result
		}
	}
	return Held
}

// document is what the documents bear, if both checks of it held.
func (c *checking) document(found Verdict) *Checkpoint {
	for _, check := range []Check{CheckPrinted, CheckSinceDocument} {
		held := func(f Finding) bool { return f.Check == check && f.Result == Held }
		if !slices.ContainsFunc(found.Findings, held) {
			return nil
		}
	}
	earlier := c.extension(OfDocument)
	return &Checkpoint{c.checkpoint.Origin, earlier.Old, earlier.Root}
}

// checking is what is known of a bundle while it is looked at.
type checking struct {
	Reader
	content    []byte
	unpacked   []File // all of it; nil, if the zip is none
	frozen     []File // without the evidence
	evidence   Evidence
	read       bool          // the evidence is in its form
	log        note.Verifier // of whoever signed; nil: nobody known
	checkpoint *Checkpoint   // that they signed
	cosigned   []Cosignature // by witnesses whom the policy knows
}

func (c *checking) archive() outcome {
	files, wrong, err := unzip(c.content)
	if err != nil {
		return failed(NotAZip, "")
	}
	c.unpacked = files
	for _, file := range files {
		if !strings.HasPrefix(file.Name, EvidenceFolder) {
			c.frozen = append(c.frozen, file)
		}
	}
	if wrong != nil {
		return failed(ZipDiffers, *wrong)
	}
	return held(len(files))
}

func (c *checking) readEvidence() outcome {
	switch {
	case c.unpacked == nil:
		return undecided(Unread)
	case len(c.unpacked) == len(c.frozen):
		return undecided(NoEvidence)
	}
	evidence, wrong := readEvidence(c.unpacked)
	if wrong != "" {
		return failed(EvidenceWrong, wrong)
	}
	c.evidence, c.read = evidence, true
	return held(len(c.unpacked) - len(c.frozen))
}

// signature finds who signed: a ledger of the policy, or, if that names none, whoever the bundle says.
func (c *checking) signature() outcome {
	if !c.read {
		return undecided(Unread)
	}
	believed := c.believed()
	for _, log := range believed {
		if checkpoint, err := Open(c.evidence.Checkpoint, log); err == nil {
			c.log, c.checkpoint = log, &checkpoint
			return held(0)
		}
	}
	if c.ownKey() && len(believed) > 0 {
		return failed(OtherKey, checkpointFile)
	}
	return failed(NotSigned, checkpointFile)
}

// believed is whose checkpoints are looked at: without a policy that names any, the key in the bundle.
func (c *checking) believed() []note.Verifier {
	if c.namesLogs() {
		return c.Policy.Logs
	}
	log, err := note.NewVerifier(c.evidence.Key)
	if err != nil {
		return nil
	}
	return []note.Verifier{log}
}

func (c *checking) namesLogs() bool { return c.Policy != nil && len(c.Policy.Logs) > 0 }

// ownKey reports whether the key in the bundle signed the checkpoint in it.
func (c *checking) ownKey() bool {
	log, err := note.NewVerifier(c.evidence.Key)
	if err != nil {
		return false
	}
	_, err = Open(c.evidence.Checkpoint, log)
	return err == nil
}

func (c *checking) key() outcome {
	switch {
	case !c.read:
		return undecided(Unread)
	case !c.ownKey():
		return failed(KeyDiffers, keyFile)
	case !c.namesLogs():
		return undecided(KeyInBundle)
	case c.log == nil:
		return failed(OtherKey, keyFile)
	}
	return held(0)
}

func (c *checking) quorum() outcome {
	switch {
	case c.log == nil:
		return undecided(NoCheckpoint)
	case c.Policy == nil:
		return undecided(NoPolicy)
	}
	cosigned, err := Cosignatures(c.evidence.Checkpoint, c.log, c.Policy.Witnesses())
	if err != nil {
		return failed(BadCosign, checkpointFile)
	}
	c.cosigned = cosigned
	if c.Policy.CheckQuorum(c.evidence.Checkpoint, c.log) != nil {
		return failed(TooFew, checkpointFile)
	}
	return held(len(cosigned))
}

// release holds that the event of the release stands in the tree, behind what its documents begin from, with all fields
// open that the other checks need.
func (c *checking) release() outcome {
	if c.checkpoint == nil {
		return undecided(NoCheckpoint)
	}
	published, at := c.evidence.Events[0], c.evidence.Inclusions[0]
	if at.Check(*c.checkpoint, published.Frame().Leaf()) != nil {
		return failed(NotIncluded, published.ID.String())
	}
	if document := c.extension(OfDocument); document != nil && at.Index < document.Old {
		return failed(OutOfOrder, published.ID.String())
	}
	for _, name := range neededFields {
		if _, open := published.Field(name); !open {
			return failed(FieldClosed, fmt.Sprint(published.ID, " ", name))
		}
	}
	return held(0)
}

// neededFields is the fields of the event of a release without which nothing could be held against it.
var neededFields = []string{"release", "period", "catalogue", "widths", "editions", "bundle"}

// events holds that the other events stand in the tree, in the order of the log, before the release counted.
func (c *checking) events() outcome {
	if c.checkpoint == nil {
		return undecided(NoCheckpoint)
	}
	last, end := int64(-1), c.evidence.Inclusions[0].Index
	if document := c.extension(OfDocument); document != nil {
		end = document.Old
	}
	for i, event := range c.evidence.Events[1:] {
		at := c.evidence.Inclusions[1+i]
		switch {
		case !ChainEvent(event.Name) || event.Of == "" || event.Stream.Category() != categoryOf(event.Name):
			return failed(NotChain, event.ID.String())
		case at.Check(*c.checkpoint, event.Frame().Leaf()) != nil:
			return failed(NotIncluded, event.ID.String())
		case at.Index <= last || at.Index >= end:
			return failed(OutOfOrder, event.ID.String())
		}
		last = at.Index
	}
	return held(len(c.evidence.Events) - 1)
}

func (c *checking) fields() outcome {
	if !c.read {
		return undecided(Unread)
	}
	looked := 0
	for _, event := range c.evidence.Events {
		if wrong, found := event.firstWrong(); found {
			return failed(FieldDiffers, strings.TrimSpace(fmt.Sprint(event.ID, " ", wrong)))
		}
		looked += len(event.Fields)
	}
	return held(looked)
}

// extension is what proves that an earlier tree was extended; nil, if nothing does.
func (c *checking) extension(of Earlier) *Extension {
	i := slices.IndexFunc(c.evidence.Extends, func(e Extension) bool { return e.Of == of })
	if i < 0 {
		return nil
	}
	return &c.evidence.Extends[i]
}
