package api

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"signaalboek/domain"
)

// maxBody is the longest body that is read, in bytes.
const maxBody = 64 << 10

// envelope is a command as it is sent: the members of the command itself, and beside them the day it happened.
//
//	{"on": "2026-03-01", "forum": "team-opstap", …}
type envelope struct {
	on      domain.Date
	command any // a value of the type asked for
}

// readBody reads a body that says it is JSON, and is not too long. A command without members is {}.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/json" {
		return nil, errMediaType
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return nil, errTooLarge
	}
	if err != nil {
		return nil, errInterrupt
	}
	return raw, nil
}

// decodeCommand reads a command of a type. It refuses, with the place in the body, what it does not know.
func decodeCommand(raw []byte, command reflect.Type) (envelope, error) {
	if err := refuseNull(raw); err != nil {
		return envelope{}, err
	}
	target := reflect.New(envelopeOf(command))
	if err := json.Unmarshal(raw, target.Interface(), json.RejectUnknownMembers(true)); err != nil {
		return envelope{}, malformed(err)
	}
	for i := range target.Elem().NumField() {
		if err := refuseMissing(raw, target.Elem().Field(i).Type(), ""); err != nil {
			return envelope{}, err
		}
	}
	return envelope{
		on:      target.Elem().Field(0).Interface().(dated).On,
		command: target.Elem().Field(1).Interface(),
	}, nil
}

// decodeInto is decodeCommand for a body that is no command of an aggregate.
func decodeInto(raw []byte, target any) error {
	if err := refuseNull(raw); err != nil {
		return err
	}
	if err := json.Unmarshal(raw, target, json.RejectUnknownMembers(true)); err != nil {
		return malformed(err)
	}
	return refuseMissing(raw, reflect.TypeOf(target).Elem(), "")
}

// refuseMissing holds that every member stands there whose type does not say omitzero: nobody counted zero people by
// leaving a number out. A day that stands there is a day: what is not known is left out.
func refuseMissing(raw jsontext.Value, t reflect.Type, at string) error {
	switch {
	case t == reflect.TypeFor[domain.Date]() && string(raw) == `""`:
		return errForm.at(at)
	case t.Kind() == reflect.Pointer:
		return refuseMissing(raw, t.Elem(), at)
	case raw.Kind() == jsontext.KindBeginArray:
		return refuseMissingInList(raw, t.Elem(), at)
	case raw.Kind() != jsontext.KindBeginObject:
		return nil
	}
	var given map[string]jsontext.Value
	if err := json.Unmarshal(raw, &given); err != nil {
		return malformed(err)
	}
	for _, m := range membersOf(t) {
		pointer := at + "/" + m.name
		value, found := given[m.name]
		if !found && !m.omitzero {
			return errMissing.at(pointer)
		}
		if err := refuseMissing(value, m.of, pointer); err != nil {
			return err
		}
	}
	return nil
}

func refuseMissingInList(raw jsontext.Value, t reflect.Type, at string) error {
	var given []jsontext.Value
	if err := json.Unmarshal(raw, &given); err != nil {
		return malformed(err)
	}
	for i, value := range given {
		if err := refuseMissing(value, t, at+"/"+strconv.Itoa(i)); err != nil {
			return err
		}
	}
	return nil
}

// dated is the member that every command has beside its own.
type dated struct {
	On domain.Date `json:"on,omitzero"`
}

// envelopeOf is struct{ Dated; Command } with the members of both beside each other, so that a place in the body is the
// same place in what we report.
func envelopeOf(command reflect.Type) reflect.Type {
	return reflect.StructOf([]reflect.StructField{
		{Name: "Dated", Type: reflect.TypeFor[dated](), Tag: `json:",embed"`},
		{Name: "Command", Type: command, Tag: `json:",embed"`},
	})
}

// refuseNull refuses null wherever it stands: what is not known is left out. It reads the whole body, and so finds
// members that stand twice and bytes after the end.
func refuseNull(raw []byte) error {
	decoder := jsontext.NewDecoder(bytes.NewReader(raw))
	for {
		token, err := decoder.ReadToken()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return malformed(err)
		case token.Kind() == jsontext.KindNull:
			return errType.at(pointerTo(decoder.StackPointer()))
		}
	}
}

// malformed tells what is wrong with a body, and where. It repeats nothing of what was sent but the place.
func malformed(err error) error {
	if syntax, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		if errors.Is(err, jsontext.ErrDuplicateName) {
			return errTwice.at(pointerTo(syntax.JSONPointer))
		}
		return errJSON
	}
	semantic, ok := errors.AsType[*json.SemanticError](err)
	switch {
	case !ok:
		return errJSON
	case semantic.Err == json.ErrUnknownName:
		return errMember.at(pointerTo(semantic.JSONPointer))
	case semantic.Err != nil:
		return errForm.at(pointerTo(semantic.JSONPointer))
	}
	return errType.at(pointerTo(semantic.JSONPointer))
}

// maxPointer keeps an answer from growing with what somebody sent.
const maxPointer = 200

// pointerTo is a place in the body; empty for the whole of it.
func pointerTo(pointer jsontext.Pointer) string {
	return string(pointer[:min(len(pointer), maxPointer)])
}
