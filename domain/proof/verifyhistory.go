package proof

import (
	"html"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/mod/sumdb/note"
)

// printed holds that documents print the root from which the evidence begins, whole or in words, and no other. A mark that
// is drawn for cameras is not read.
func (c *checking) printed() outcome {
	if !c.read {
		return undecided(Unread)
	}
	document, carrying := c.extension(OfDocument), 0
	for _, file := range c.frozen {
		if !strings.HasSuffix(file.Name, ".html") {
			continue
		}
		text := html.UnescapeString(string(file.Content))
		roots, words := rootsIn(text), wordsIn(text)
		if document == nil && len(roots)+len(words) > 0 || document != nil && !document.marks(roots, words) {
			return failed(OtherRoot, file.Name)
		}
		carrying += min(len(roots)+len(words), 1)
	}
	if carrying == 0 {
		return absent(NotPrinted)
	}
	return held(carrying)
}

// marks reports whether all these are the root of the earlier tree.
func (e Extension) marks(roots, words []string) bool {
	root, inWords := e.Root.String(), strings.Join(Words(e.Root), " ")
	return !slices.ContainsFunc(roots, func(r string) bool { return r != root }) &&
		!slices.ContainsFunc(words, func(w string) bool { return w != inWords })
}

// wordsIn are the roots that a document prints in words: as many as a root has, one after the other.
func wordsIn(text string) (found []string) {
	var run []string
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return unicode.IsSpace(r) || r == '<' || r == '>' }) {
		if !isWord(word) {
			run = run[:0]
			continue
		}
		if run = append(run, word); len(run) == wordsOfRoot {
			found, run = append(found, strings.Join(run, " ")), run[:0]
		}
	}
	return found
}

// lengthOfRoot is that of 32 bytes in base64, of which the last character is the only "=".
const lengthOfRoot = 44

// rootsIn are the roots that a document prints whole: what is as long as one and stands by itself. What a policy for
// browsers allows, sha256-…, is none.
func rootsIn(text string) (roots []string) {
	for {
		head, rest, found := strings.Cut(text, "=")
		if !found {
			return roots
		}
		word := head[strings.LastIndexFunc(head, notInRoot)+1:]
		if len(word) == lengthOfRoot-1 && !strings.HasSuffix(head[:len(head)-len(word)], "-") && !strings.HasPrefix(rest, "=") {
			roots = append(roots, word+"=")
		}
		text = rest
	}
}

func notInRoot(r rune) bool {
	letter := r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
	return !letter && (r < '0' || r > '9') && r != '+' && r != '/'
}

func (c *checking) sinceDocument() outcome {
	if c.checkpoint == nil {
		return undecided(NoCheckpoint)
	}
	return c.extends(c.extension(OfDocument), NotPrinted)
}

// extends holds that the tree of the checkpoint extends an earlier one, if the evidence has that.
func (c *checking) extends(earlier *Extension, otherwise Reason) outcome {
	if earlier == nil {
		return absent(otherwise)
	}
	from := Checkpoint{c.checkpoint.Origin, earlier.Old, earlier.Root}
	if earlier.Consistency.Check(from, *c.checkpoint) != nil {
		return failed(NotExtended, string(earlier.Of))
	}
	return held(0)
}

// sincePrevious holds that the tree extends that of the release before, and that the release before is the one that the
// reader kept.
func (c *checking) sincePrevious() outcome {
	if c.checkpoint == nil {
		return undecided(NoCheckpoint)
	}
	found := c.extends(c.extension(OfPrevious), NoPrevious)
	if found.result == Failed || c.Previous == nil {
		return found
	}
	kept, signed, err := openKept(c.Previous, c.log)
	switch {
	case err != nil:
		return undecided(PreviousWrong)
	case signed == nil:
		return failed(OtherLedger, checkpointFile)
	}
	return c.since(kept, *signed)
}

// openKept is the evidence of a bundle that the reader kept, and its checkpoint, if the same ledger signed that.
func openKept(bundle []byte, log note.Verifier) (Evidence, *Checkpoint, error) {
	files, err := Unzip(bundle)
	if err != nil {
		return Evidence{}, nil, err
	}
	kept, err := ReadEvidence(files)
	if err != nil {
		return Evidence{}, nil, err
	}
	signed, err := Open(kept.Checkpoint, log)
	if err != nil {
		return kept, nil, nil
	}
	return kept, &signed, nil
}

// since holds a checkpoint against one that the same ledger signed earlier.
func (c *checking) since(kept Evidence, signed Checkpoint) outcome {
	same := func(a, b Checkpoint) bool { return a.Size == b.Size && a.Root == b.Root }
	later := slices.ContainsFunc(kept.Extends, func(e Extension) bool { return same(e.earlier(), *c.checkpoint) })
	switch {
	case same(signed, *c.checkpoint):
		return held(1)
	case signed.Size == c.checkpoint.Size:
		return failed(Forked, checkpointFile)
	case signed.Size > c.checkpoint.Size && later:
		return undecided(Swapped)
	case signed.Size > c.checkpoint.Size:
		return failed(Shrunk, checkpointFile)
	}
	for _, extension := range c.evidence.Extends {
		if extension.Old == signed.Size && extension.Root != signed.Root {
			return failed(Forked, string(extension.Of))
		}
		if extension.Old == signed.Size && extension.Consistency.Check(signed, *c.checkpoint) == nil {
			return held(1)
		}
	}
	return undecided(NoProof)
}

// earlier is the tree that was extended.
func (e Extension) earlier() Checkpoint { return Checkpoint{Size: e.Old, Root: e.Root} }
