package esdbtest

import (
	"context"
	"errors"
	"strconv"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// refusal is an error as the server tells it: a status, and trailers in which the client looks for its kind.
type refusal struct {
	code     codes.Code
	message  string
	trailers []string // name, value, name, value …
}

func (r *refusal) Error() string { return r.message }

// The refusals without a name or number of their own.
var (
	errNotReady        = &refusal{code: codes.Unavailable, message: "server is not ready"}
	errAccessDenied    = &refusal{codes.PermissionDenied, "access denied", []string{"exception", "access-denied"}}
	errUnauthenticated = &refusal{code: codes.Unauthenticated, message: "unknown user or wrong password"}
	errBadPosition     = &refusal{code: codes.InvalidArgument, message: "no event stands at this position"}
	errDropped         = &refusal{code: codes.Unknown, message: "the subscription was dropped"}
	errTimedOut        = &refusal{code: codes.Aborted, message: "operation timed out"}
)

func notLeader(host string, port int) *refusal {
	return &refusal{codes.NotFound, "leader info available", []string{
		"exception", "not-leader", "leader-endpoint-host", host, "leader-endpoint-port", strconv.Itoa(port),
	}}
}

func streamDeleted(stream string) *refusal {
	return &refusal{codes.FailedPrecondition, "the stream is deleted", []string{
		"exception", "stream-deleted", "stream-name", stream,
	}}
}

// wrongVersion is how deletions tell a conflict; an append tells it in its response.
func wrongVersion(stream string, expected, current int64) *refusal {
	return &refusal{codes.FailedPrecondition, "wrong expected version", []string{
		"exception", "wrong-expected-version", "stream-name", stream,
		"expected-version", strconv.FormatInt(expected, 10), "actual-version", strconv.FormatInt(current, 10),
	}}
}

func tooLarge(limit int) *refusal {
	return &refusal{codes.InvalidArgument, "maximum append size exceeded", []string{
		"exception", "maximum-append-size-exceeded", "maximum-append-size", strconv.Itoa(limit),
	}}
}

func missingMetadata(name string) *refusal {
	return &refusal{codes.InvalidArgument, "required metadata is missing: " + name, []string{
		"exception", "missing-required-metadata-property", "required-metadata-properties", "type,content-type",
	}}
}

func malformed(what string) *refusal {
	return &refusal{code: codes.InvalidArgument, message: what}
}

// tell turns a refusal into what goes over the wire. Other errors go as they are.
func tell(ctx context.Context, err error) error {
	refused, ok := errors.AsType[*refusal](err)
	if !ok {
		return err
	}
	// It fails only when the call is over, and then nobody waits for trailers.
	_ = grpc.SetTrailer(ctx, metadata.Pairs(refused.trailers...))
	return status.Error(refused.code, refused.message)
}
