package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"net/http"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/ops/postgrestest"
)

var storming = flag.Duration("storm", 12*time.Second, "how long people register while replicas are killed")

// process is a replica in a process of its own.
type process struct {
	t       *testing.T
	options []string
	stderr  *safeBuffer

	mu      sync.Mutex // guards what follows
	command *exec.Cmd
	address string
}

// start runs the replica, which must not be running, and waits until it is ready.
func (p *process) start() greeting {
	p.t.Helper()
	command := programProcess(append(append([]string{"serve"}, p.options...), "--addr", "127.0.0.1:0", "--json")...)
	command.Stderr = p.stderr
	out, err := command.StdoutPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		p.t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	var hello greeting
	if err == nil {
		err = json.Unmarshal(line, &hello)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.command, p.address = command, hello.Address
	if err != nil {
		p.t.Errorf("a replica did not start: %v\n%s", err, p.stderr)
	}
	return hello
}

// kill ends the replica as a power cut does.
func (p *process) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.command == nil {
		return
	}
	_ = p.command.Process.Kill()
	_ = p.command.Wait() // says that it was killed
	p.command = nil
}

func (p *process) at() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.address
}

// storm is people who register at replicas while these are killed, and while nodes of the log crash.
type storm struct {
	*sharing
	replicas []*process

	mu           sync.Mutex // guards what follows
	acknowledged map[string]bool
	repeated     int // receipts of what had been recorded before its answer was lost
	asked        int
}

// Given three replicas in processes of their own, when people register while replicas are killed and nodes of the log
// crash, and whoever gets no answer asks again elsewhere under the same key, then all that was acknowledged is there, once.
func TestRegisteringThroughTheStorm(t *testing.T) {
	t.Parallel()
	s := &storm{sharing: share(t, 3, postgrestest.Start(t)), acknowledged: map[string]bool{}}
	for range 3 {
		p := &process{t: t, options: s.options(), stderr: new(safeBuffer)}
		t.Cleanup(p.kill)
		if hello := p.start(); hello.Token != "" {
			s.token = hello.Token
		}
		s.replicas = append(s.replicas, p)
	}
	raging, calm := context.WithTimeout(t.Context(), *storming)
	defer calm()
	open, closed := context.WithCancel(t.Context()) // longer than the storm, whose last round counts on them
	defer closed()
	var people sync.WaitGroup
	for n := range 6 {
		people.Go(func() {
			for open.Err() == nil {
				s.registerOne(n)
			}
		})
	}
	s.rage(raging)
	closed()
	people.Wait()
	s.examine()
}

// rage kills a replica, then crashes the leader of the log, and lets both come back; again and again, at least once.
func (s *storm) rage(ctx context.Context) {
	for round := 0; round == 0 || ctx.Err() == nil; round++ {
		s.until(20)
		victim := s.replicas[round%len(s.replicas)]
		victim.kill()
		s.until(20)
		leader := s.log.Leader()
		next := (round + 1) % len(s.log.Nodes())
		if s.log.Nodes()[next] == leader {
			next = (next + 1) % len(s.log.Nodes())
		}
		s.log.Nodes()[next].DropAcks(3)
		leader.Crash()
		s.log.Elect(next)
		s.until(20)
		victim.start()
		leader.Restart()
	}
}

// until returns when some more were acknowledged.
func (s *storm) until(more int) {
	s.t.Helper()
	before := s.count()
	if !became(s.t, func() bool { return s.count() >= before+more }) {
		s.tell()
	}
}

// tell ends the test with what every replica said last.
func (s *storm) tell() {
	s.t.Helper()
	for i, replica := range s.replicas {
		s.t.Logf("replica %d at %s: …%s", i, replica.at(), lastOf(replica.stderr))
	}
	s.t.Fatalf("nobody was acknowledged any more, after %d", s.count())
}

func (s *storm) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.acknowledged)
}

// registerOne registers a contact: at one replica after another, under one key, until one acknowledges it.
func (s *storm) registerOne(at int) {
	key := uuid.NewString()
	for ; s.t.Context().Err() == nil; at++ {
		if made, ok := s.ask(s.replicas[at%len(s.replicas)].at(), key); ok {
			s.acknowledge(made)
			return
		}
		time.Sleep(10 * time.Millisecond) // what people do, too
	}
}

func (s *storm) acknowledge(made receipt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.acknowledged[made.ID] {
		s.t.Errorf("%s was acknowledged to two", made.ID)
	}
	s.acknowledged[made.ID] = true
	if made.Repeated {
		s.repeated++
	}
}

// ask gives the command to one replica. Whatever is no acknowledgement must be an outage, and no fault.
func (s *storm) ask(address, key string) (made receipt, ok bool) {
	ctx, cancel := context.WithTimeout(s.t.Context(), 15*time.Second)
	defer cancel()
	body := strings.NewReader(`{"activity": "contact-op-straat", "known": "yes"}`)
	request, err := http.NewRequestWithContext(ctx, "POST", address+"/api/v1/contacts", body)
	if err != nil {
		s.t.Error(err)
		return made, false
	}
	request.Header.Set("Authorization", "Bearer "+s.token)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", key)
	s.mu.Lock()
	s.asked++
	s.mu.Unlock()
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return made, false
	}
	defer answer.Body.Close()
	switch answer.StatusCode {
	case http.StatusOK, http.StatusCreated:
		err := json.NewDecoder(answer.Body).Decode(&made)
		return made, err == nil // else the answer was cut off
	case http.StatusServiceUnavailable, http.StatusConflict: // away, or busy
	default:
		s.t.Errorf("answered %s", answer.Status)
	}
	return made, false
}

// examine holds that the log and every replica have all that was acknowledged, once, and nothing else.
func (s *storm) examine() {
	s.t.Helper()
	s.t.Logf("%d contacts acknowledged after %d requests; %d had been recorded before their answer was lost",
		s.count(), s.asked, s.repeated)
	out, err := commandOutput(s.t, "export", "events", "--log", s.log.ConnectionString())
	if err != nil {
		s.t.Fatal(explain(err))
	}
	recorded := map[string]int{}
	for line := range strings.Lines(out) {
		var event struct{ Name, Stream string }
		if err := json.Unmarshal([]byte(line), &event); err != nil {
			s.t.Fatal(err)
		}
		if event.Name == "contact.registered.v1" {
			recorded[event.Stream]++
		}
	}
	for contact, times := range recorded {
		if times != 1 || !s.acknowledged[contact] {
			s.t.Errorf("%s stands there %d times; acknowledged: %t", contact, times, s.acknowledged[contact])
		}
	}
	if len(recorded) != len(s.acknowledged) {
		s.t.Errorf("%d contacts are recorded, %d were acknowledged", len(recorded), len(s.acknowledged))
	}
	for _, replica := range s.replicas {
		s.examineReplica(replica)
	}
}

// examineReplica stops a replica and has doctor look at what it keeps: no projection missed an event.
func (s *storm) examineReplica(p *process) {
	s.t.Helper()
	p.kill()
	out, err := commandOutput(s.t, append([]string{"doctor"}, p.options...)...)
	if err != nil || !strings.Contains(out, "✓ elke gebeurtenis is leesbaar") {
		s.t.Errorf("doctor: %s\n%s", explain(err), out)
	}
	if strings.Contains(p.stderr.String(), "panic") {
		s.t.Errorf("a replica panicked:\n%s", p.stderr)
	}
}
