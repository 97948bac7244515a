package proof

import (
	"errors"

	"golang.org/x/mod/sumdb/note"

	"signaalboek/domain"
)

// What is looked at in what an auditor took along, beside what Verify looks at.
const (
	CheckTaken  Check = "taken"  // the file is in its form
	CheckLeaves Check = "leaves" // all leaves together give the root of the checkpoint
	CheckLines  Check = "lines"  // as many events are told of as there are leaves, and what is shown by itself is proven
)

// Why it did not hold.
const (
	NoKey       Reason = "no-key" // nobody said which ledger to believe
	LeafDiffers Reason = "leaf-differs"
	LineDiffers Reason = "line-differs"
)

// VerifyTaken looks at what an auditor took along: the proof of an event, or a history. False if it is neither. The reader
// must bring the key of the ledger, in a policy: no such file says whose it is.
func VerifyTaken(file []byte, by Reader) (Verdict, bool) {
	t := &taking{Reader: by, verdict: Verdict{Digest: domain.DigestOf(file)}}
	if one, err := ReadEventProof(file); err == nil {
		t.found(CheckTaken, held(1))
		t.signed([]byte(one.Checkpoint))
		t.proven([]ProvenEvent{{one.Inclusion, one.Event}})
		return t.verdict, true
	}
	files, err := Unzip(file)
	if err != nil || !IsHistory(files) {
		return Verdict{}, false
	}
	history, err := ReadHistory(files)
	if err != nil {
		t.found(CheckTaken, failed(EvidenceWrong, ""))
		return t.verdict, true
	}
	t.found(CheckTaken, held(len(files)))
	t.signed(history.Checkpoint)
	t.complete(history)
	t.proven(history.Proofs)
	return t.verdict, true
}

// taking is what is known of a file while it is looked at.
type taking struct {
	Reader
	verdict Verdict
}

func (t *taking) found(check Check, o outcome) {
	t.verdict.Findings = append(t.verdict.Findings, Finding{check, "", o.result, o.reason, o.wrong, o.count})
}

// signed finds which ledger of the policy signed, and whether enough witnesses cosigned.
func (t *taking) signed(checkpoint []byte) {
	if t.Policy == nil || len(t.Policy.Logs) == 0 {
		t.found(CheckSignature, undecided(NoKey))
		return
	}
	for _, log := range t.Policy.Logs {
		if c, err := Open(checkpoint, log); err == nil {
			t.verdict.Checkpoint = &c
			t.found(CheckSignature, held(0))
			t.found(CheckQuorum, t.cosigned(checkpoint, log))
			return
		}
	}
	t.found(CheckSignature, failed(OtherKey, historySignedFile))
}

func (t *taking) cosigned(checkpoint []byte, log note.Verifier) outcome {
	all, err := Cosignatures(checkpoint, log, t.Policy.Witnesses())
	if err != nil {
		return failed(BadCosign, historySignedFile)
	}
	t.verdict.Cosignatures = all
	if t.Policy.CheckQuorum(checkpoint, log) != nil {
		return failed(TooFew, historySignedFile)
	}
	return held(len(all))
}

// complete holds that nothing was left out of a history.
func (t *taking) complete(h History) {
	switch {
	case t.verdict.Checkpoint == nil:
		t.found(CheckLeaves, undecided(NoCheckpoint))
	case h.checkLeaves(*t.verdict.Checkpoint) != nil:
		t.found(CheckLeaves, failed(LeafDiffers, historyLeavesFile))
	default:
		t.found(CheckLeaves, held(len(h.Leaves)))
	}
	if wrong, err := h.checkLines(); err != nil {
		t.found(CheckLines, failed(LineDiffers, wrong))
		return
	}
	t.found(CheckLines, held(len(h.Lines)))
}

// proven holds each event that is shown against the tree, and what is shown of it against what it committed to.
func (t *taking) proven(all []ProvenEvent) {
	if t.verdict.Checkpoint == nil {
		t.found(CheckEvents, undecided(NoCheckpoint))
		return
	}
	wrong, err := History{Proofs: all}.checkProofs(*t.verdict.Checkpoint)
	switch {
	case errors.Is(err, ErrOpened):
		t.found(CheckEvents, held(len(all)))
		t.found(CheckFields, failed(FieldDiffers, wrong))
	case err != nil:
		t.found(CheckEvents, failed(NotIncluded, wrong))
	default:
		t.found(CheckEvents, held(len(all)))
		t.found(CheckFields, held(len(all)))
	}
}
