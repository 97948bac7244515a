package projections

import "signaalboek/domain"

// ForgetTexts lets go of every text that is held open, because the key of one was destroyed: which one, nobody needs to
// say. What is searched is opened anew by the next question, and what was forgotten then does not open. When it returns,
// no forgotten text stands in the set; texts that are being opened meanwhile are let go of too.
func (s *Set) ForgetTexts() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.forgot++
	s.Search.close()
	s.Signals.texts.drop()
}

// forgotten is how often texts were let go of; what is opened before that changes may have been forgotten since.
func (s *Set) forgotten() int {
	s.lock.RLock()
	defer s.lock.RUnlock()
	return s.Search.closings
}

// forgetOpened lets go of what was opened before texts were forgotten, and applied after it.
func (s *Set) forgetOpened(before int) {
	if s.forgotten() != before {
		s.ForgetTexts()
	}
}

// close lets go of all folded texts; what remains is where they stand.
func (s *Search) close() {
	s.closings++
	for practice, stack := range s.stacks {
		for _, b := range stack.bales {
			clear(b.words[:cap(b.words)])
		}
		delete(s.stacks, practice)
	}
	s.closed = nil
	for at := range s.texts.len() {
		s.texts.at(uint32(at)).folded = 0
		s.closed = append(s.closed, uint32(at))
	}
}

// drop lets go of the sealed texts that were read last.
func (t *texts) drop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.fresh, t.older, t.size = map[textRef]domain.Sealed{}, nil, 0
}
