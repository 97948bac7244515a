package esdb

import (
	"errors"
	"fmt"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"signaalboek/domain"
)

// What Open refuses in a connection string. The string itself is in no error: it holds a password.
var (
	ErrMalformed  = errors.New("esdb: the connection string cannot be read")
	ErrUnknownKey = errors.New("esdb: the connection string has a key that means nothing here")
	ErrExposed    = errors.New("esdb: the connection string has a user and tls=false, which would not protect the password")
	ErrPlain      = errors.New("esdb: the connection string has tls=false for a node that is not on this machine")
	ErrUnverified = errors.New("esdb: the connection string has tlsVerifyCert=false for a node that is not on this machine")
)

// What the methods of a Log say beside the errors of domain.Store.
var (
	ErrUnreachable = errors.New("esdb: no node has answered")
	ErrDenied      = errors.New("esdb: the server does not let this user do that")
	ErrRefused     = errors.New("esdb: the server does not accept what was asked")
	ErrTooLarge    = errors.New("esdb: the append is larger than the server takes")
	ErrTooOld      = errors.New("esdb: the server is older than 22.6 and does not say where events stand")
	ErrForeign     = errors.New("esdb: the event was not written by signaalboek; a log needs a server for itself")
	ErrNewer       = errors.New("esdb: the event was written by a newer version of signaalboek")
	ErrDamaged     = errors.New("esdb: the log is damaged: a part of a stream was deleted")
	ErrStopped     = errors.New("esdb: the log has stopped because its client is dead; start again")
	ErrClosed      = errors.New("esdb: the log is closed")
)

// errAgain is an attempt without an answer: it is worth another one. Whether it did what it was asked is unknown.
var errAgain = errors.New("esdb: no answer")

// errMissing is the answer of a node that has no such stream.
var errMissing = errors.New("esdb: no such stream")

// explained is an error of the client in the words of this package. What a server writes stays out of it.
func explained(err error) error {
	known, ok := errors.AsType[*client.Error](err)
	if !ok {
		return statusExplained(err)
	}
	switch known.Code() {
	case client.ErrorCodeWrongExpectedVersion:
		return domain.ErrConflict
	case client.ErrorCodeNotLeader:
		return fmt.Errorf("%w: the node is not the leader", errAgain)
	case client.ErrorUnavailable, client.ErrorAborted, client.ErrorCodeDeadlineExceeded, client.ErrorCodeUnknown:
		return statusExplained(err)
	case client.ErrorCodeResourceNotFound:
		return notFoundExplained(err)
	case client.ErrorCodeStreamDeleted:
		return ErrDamaged
	case client.ErrorCodeAccessDenied, client.ErrorCodeUnauthenticated:
		return fmt.Errorf("%w (%s)", ErrDenied, status.Code(err))
	case client.ErrorCodeConnectionClosed:
		return ErrStopped
	default:
		return fmt.Errorf("%w (client code %d)", ErrRefused, known.Code())
	}
}

// notFoundExplained tells a stream that is not there, which a node says in its answer, from a status of that name, which
// may also mean that it is not shown to this user. The latter is never taken for an empty stream.
func notFoundExplained(err error) error {
	if _, isStatus := status.FromError(err); isStatus {
		return fmt.Errorf("%w (%s)", ErrDenied, status.Code(err))
	}
	return errMissing
}

// statusExplained goes by the gRPC status. An error without one, such as the end of a connection in the middle of an
// append, is an attempt without an answer.
func statusExplained(err error) error {
	switch code := status.Code(err); code {
	case codes.Unauthenticated, codes.PermissionDenied, codes.NotFound:
		return fmt.Errorf("%w (%s)", ErrDenied, code)
	case codes.InvalidArgument, codes.FailedPrecondition, codes.OutOfRange, codes.Unimplemented, codes.AlreadyExists:
		return fmt.Errorf("%w (%s)", ErrRefused, code)
	default:
		return fmt.Errorf("%w (%s)", errAgain, code)
	}
}
