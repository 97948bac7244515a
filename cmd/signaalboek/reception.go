package main

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"signaalboek/api"
	"signaalboek/ops/accounts"
)

// reception tells the site who somebody is.
type reception struct {
	accounts *accounts.Accounts
	away     *atomic.Bool // whether the database they are in is known to be away
}

// asking is the context of a question to the accounts. While their database is known to be away it is over before it
// begins: nobody waits for what does not answer, and who was seen before reads on.
func (r reception) asking(ctx context.Context) (context.Context, context.CancelFunc) {
	if r.away.Load() {
		return context.WithDeadline(ctx, time.Time{})
	}
	return context.WithCancel(ctx)
}

// ByToken is who a bearer token belongs to.
func (r reception) ByToken(ctx context.Context, token string) (api.Actor, bool, error) {
	ctx, done := r.asking(ctx)
	defer done()
	return welcome(r.accounts.ByToken(ctx, token))
}

// BySession is who a session belongs to.
func (r reception) BySession(ctx context.Context, session string) (api.Actor, bool, error) {
	ctx, done := r.asking(ctx)
	defer done()
	return welcome(r.accounts.BySession(ctx, session, time.Now()))
}

// OpenSession uses up a link.
func (r reception) OpenSession(ctx context.Context, link string) (string, bool, error) {
	ctx, done := r.asking(ctx)
	defer done()
	session, _, err := r.accounts.OpenSession(ctx, link, time.Now())
	if errors.Is(err, accounts.ErrNobody) {
		return "", false, nil
	}
	return session, err == nil, orAway(err)
}

// CloseSession signs out.
func (r reception) CloseSession(ctx context.Context, session string) error {
	ctx, done := r.asking(ctx)
	defer done()
	return orAway(r.accounts.CloseSession(ctx, session))
}

func welcome(actor accounts.Actor, err error) (api.Actor, bool, error) {
	if errors.Is(err, accounts.ErrNobody) {
		return api.Actor{}, false, nil
	}
	return api.Actor{ID: actor.ID, Practice: actor.Practice, Role: api.Role(actor.Role)}, err == nil, orAway(err)
}

// orAway is an error as the site knows it.
func orAway(err error) error {
	if errors.Is(err, accounts.ErrAway) {
		return api.ErrAccountsAway
	}
	return err
}
