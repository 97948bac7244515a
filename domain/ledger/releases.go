package ledger

import (
	"context"

	"signaalboek/domain/release"
)

func (l *Ledger) releaseFacts(
	ctx context.Context, at circumstances, _ release.State, _ release.Command,
) (release.Facts, error) {
	if at.stream != release.StreamOf(at.meta.Practice) {
		return release.Facts{}, ErrUnknown
	}
	_, err := l.practice(ctx, at.meta.Practice)
	return release.Facts{Release: release.NewID(at.meta.Command), Actor: at.meta.Actor, On: at.meta.On}, err
}
