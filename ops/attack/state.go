package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/go-json-experiment/json"

	"signaalboek/domain"
)

// state is the outcomes of this run and of those before it: a line of JSON for each population, written when it is through.
// If we are killed here, the last line is torn; it is left out, and its population is attacked again. The first line names
// the program: what another one found, with another gate perhaps, says nothing of this one, and is thrown away.
type state struct {
	file *os.File // nil: nothing is kept
	kept map[uint64]outcome
}

// origin is the first line: the SHA-256 of the program that the outcomes are of.
type origin struct {
	Program string `json:"program"`
}

// openState reads what a program kept in a file. No name: nothing is.
func openState(name, program string) (*state, error) {
	s := &state{kept: map[uint64]outcome{}}
	if name == "" {
		return s, nil
	}
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("open the state: %w", err)
	}
	s.file = file
	lines := bufio.NewReader(file)
	first, err := lines.ReadBytes('\n')
	var from origin
	if err != nil || json.Unmarshal(first, &from) != nil || from.Program != program {
		return s, s.begin(program)
	}
	return s, s.read(lines, int64(len(first)))
}

// begin empties the file, and says whose it is.
func (s *state) begin(program string) error {
	if err := s.file.Truncate(0); err != nil {
		return fmt.Errorf("empty the state: %w", err)
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("begin the state: %w", err)
	}
	return s.write(origin{program})
}

// read takes all whole lines, and cuts off what follows them.
func (s *state) read(lines *bufio.Reader, whole int64) error {
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
	if err := s.write(o); err != nil {
		return fmt.Errorf("keep the outcome of seed %d: %w", o.Seed, err)
	}
	return nil
}

func (s *state) write(of any) error {
	line, err := json.Marshal(of, json.Deterministic(true))
	if err != nil {
		return fmt.Errorf("encode a line of the state: %w", err)
	}
	_, err = s.file.Write(append(line, '\n'))
	return err
}

func (s *state) close() {
	if s.file != nil {
		s.file.Close()
	}
}

// thisProgram is the SHA-256 of the program that runs.
func thisProgram() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find this program: %w", err)
	}
	content, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("read this program: %w", err)
	}
	return domain.DigestOf(content), nil
}
