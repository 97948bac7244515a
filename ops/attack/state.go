package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/go-json-experiment/json"
)

// state is the outcomes of this run and of those before it: a line of JSON for each population, written when it is through.
// If we are killed here, the last line is torn; it is left out, and its population is attacked again.
type state struct {
	file *os.File // nil: nothing is kept
	kept map[uint64]outcome
}

// openState reads what is kept in a file. No name: nothing is.
func openState(name string) (*state, error) {
	s := &state{kept: map[uint64]outcome{}}
	if name == "" {
		return s, nil
	}
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("open the state: %w", err)
	}
	s.file = file
	return s, s.read()
}

// read takes all whole lines, and cuts off what follows them.
func (s *state) read() error {
	lines, whole := bufio.NewReader(s.file), int64(0)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("read the state: %w", err)
		}
		var o outcome
		if err := json.Unmarshal(line, &o); err != nil {
			return fmt.Errorf("read the state at byte %d: %w", whole, err)
		}
		s.kept[o.Seed], whole = o, whole+int64(len(line))
	}
	if err := s.file.Truncate(whole); err != nil {
		return fmt.Errorf("cut a torn line off the state: %w", err)
	}
	_, err := s.file.Seek(whole, io.SeekStart)
	return err
}

// keep adds an outcome.
func (s *state) keep(o outcome) error {
	s.kept[o.Seed] = o
	if s.file == nil {
		return nil
	}
	line, err := json.Marshal(o, json.Deterministic(true))
	if err != nil {
		return fmt.Errorf("keep the outcome of seed %d: %w", o.Seed, err)
	}
	if _, err := s.file.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("keep the outcome of seed %d: %w", o.Seed, err)
	}
	return nil
}

func (s *state) close() {
	if s.file != nil {
		s.file.Close()
	}
}
