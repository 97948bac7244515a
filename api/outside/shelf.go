package outside

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/google/uuid"

	"signaalboek/domain"
)

// shelf keeps the files of releases that were asked for lately in memory: each was compared with its digest when it was
// put there. What is erased must go from it: see clear.
type shelf struct {
	library Library

	mu      sync.Mutex // guards all below
	kept    []kept     // the one that was asked for last at the end
	cleared int        // how often
}

type kept struct {
	release uuid.UUID
	proven  bool // it had its proof when it was put there
	files   Files
}

// mostKept is how many releases stay in memory. More are read again from the vault.
const mostKept = 16

// errDigest is a file that is not what the log says was published. Nothing of its release is shown then.
var errDigest = errors.New("outside: a file is not what was published")

func newShelf(library Library) *shelf { return &shelf{library: library} }

// files is what was published, exactly.
func (s *shelf) files(ctx context.Context, practice domain.PracticeID, of Release) (Files, error) {
	found, cleared, ok := s.find(of)
	if ok {
		return found, nil
	}
	found, err := s.library.Files(ctx, practice, of)
	if err == nil {
		err = of.proves(found)
	}
	if err != nil {
		return Files{}, fmt.Errorf("outside: files of release %s: %w", of.ID, err)
	}
	s.keep(kept{of.ID, of.Proof != nil, found}, cleared)
	return found, nil
}

// proves fails with errDigest if anything that was published is not there, or is something else.
func (r Release) proves(files Files) error {
	if domain.DigestOf(files.Bundle) != r.Bundle || r.Proof != nil && domain.DigestOf(files.Proven) != r.Proof.Bundle {
		return errDigest
	}
	for _, edition := range r.Editions {
		for _, file := range edition.Files {
			if content, found := files.Named[file.Name]; !found || domain.DigestOf(content) != file.Digest {
				return errDigest
			}
		}
	}
	return nil
}

func (s *shelf) find(of Release) (found Files, cleared int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.kept, func(k kept) bool { return k.release == of.ID && k.proven == (of.Proof != nil) })
	if i < 0 {
		return Files{}, s.cleared, false
	}
	one := s.kept[i]
	s.kept = append(slices.Delete(s.kept, i, i+1), one)
	return one.files, s.cleared, true
}

// keep puts files on the shelf, unless it was cleared since somebody looked for them: they may hold what was erased.
func (s *shelf) keep(one kept, cleared int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if cleared != s.cleared {
		return
	}
	s.kept = slices.DeleteFunc(s.kept, func(k kept) bool { return k.release == one.release })
	if len(s.kept) == mostKept {
		s.kept = slices.Delete(s.kept, 0, 1)
	}
	s.kept = append(s.kept, one)
}

// clear lets go of everything.
func (s *shelf) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = nil
	s.cleared++
}
