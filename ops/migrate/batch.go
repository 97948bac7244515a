package migrate

import "signaalboek/domain"

// What one append may hold. Both logs take more; what is appended at once must be sent at once, and sent again.
const (
	mostDrafts = 256
	mostBytes  = 512 << 10
)

// batch is events that stand next to each other in the source and in their stream: one append.
type batch struct {
	stream   domain.StreamID
	expected domain.Revision // of the stream, before them
	drafts   []domain.Draft
	bytes    int
	last     domain.Position // in the source
}

// takes reports whether an event can go with those that are there.
func (b *batch) takes(r domain.Recorded) bool {
	if len(b.drafts) == 0 {
		return true
	}
	follows := r.Stream == b.stream && r.Revision == b.expected+domain.Revision(len(b.drafts))+1
	return follows && len(b.drafts) < mostDrafts && b.bytes+sizeOf(r.Draft) <= mostBytes
}

func (b *batch) add(r domain.Recorded) {
	if len(b.drafts) == 0 {
		b.stream, b.expected = r.Stream, r.Revision-1
	}
	b.drafts = append(b.drafts, r.Draft)
	b.bytes += sizeOf(r.Draft)
	b.last = r.Position
}

func sizeOf(d domain.Draft) int { return len(d.Payload) + len(d.Metadata) + len(d.Name) }
