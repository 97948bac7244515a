package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// program is a run of the whole program.
type program struct {
	greeting
	t      *testing.T
	stop   context.CancelFunc
	ended  chan error
	stderr *safeBuffer
	seen   string // position of the last command that was recorded: what is asked later must see it
}

// safeBuffer is a buffer that a program writes while a test reads.
type safeBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer // guarded by mu
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// lastOf is the end of what a program said, to tell why a test failed.
func lastOf(stderr *safeBuffer) string {
	const most = 4 << 10
	said := stderr.String()
	return said[max(0, len(said)-most):]
}

// launch runs the program until the test ends, and reads its greeting.
func launch(t *testing.T, args ...string) *program {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	reading, writing := io.Pipe()
	p := &program{t: t, stop: stop, ended: make(chan error, 1), stderr: new(safeBuffer)}
	go func() {
		err := run(ctx, append(args, "--addr", "127.0.0.1:0", "--json"), nil, writing, p.stderr)
		writing.CloseWithError(io.EOF)
		p.ended <- err
	}()
	t.Cleanup(func() {
		stop()
		if err, running := <-p.ended; running && err != nil {
			t.Errorf("run: %v", err)
		}
		if t.Failed() {
			t.Logf("the program %q at %s said last: …%s", args, p.Address, lastOf(p.stderr))
		}
	})
	line, err := bufio.NewReader(reading).ReadBytes('\n')
	if err != nil {
		t.Fatalf("no greeting: %v\n%s", err, p.stderr)
	}
	go io.Copy(io.Discard, reading)
	if err := json.Unmarshal(line, &p.greeting); err != nil {
		t.Fatalf("greeting %s: %v", line, err)
	}
	return p
}

// end stops the program and waits until nothing of it runs.
func (p *program) end() {
	p.t.Helper()
	p.stop()
	if err := <-p.ended; err != nil {
		p.t.Errorf("run: %v", err)
	}
	close(p.ended)
}

// request asks the interface for programs, with a body if there is one, and reads the answer as JSON. A question that
// comes too early is asked again, as the answer to it says.
func (p *program) request(method, path string, body any, answer any, headers ...string) (response *http.Response) {
	p.t.Helper()
	eventually(p.t, method+" "+path+" is answered", func() bool {
		response = p.requestOnce(method, path, body, answer, headers...)
		return method != http.MethodGet || !isBehind(p.t, response)
	})
	return response
}

// isBehind reports whether a question was refused because it must see what the program has not seen yet.
func isBehind(t *testing.T, response *http.Response) bool {
	t.Helper()
	if response.StatusCode != http.StatusServiceUnavailable {
		return false
	}
	raw := bodyOf(t, response)
	response.Body = io.NopCloser(strings.NewReader(raw))
	return strings.Contains(raw, `"behind"`)
}

// requestOnce is request, whatever the answer is.
func (p *program) requestOnce(method, path string, body any, answer any, headers ...string) *http.Response {
	p.t.Helper()
	var content io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			p.t.Fatal(err)
		}
		content = bytes.NewReader(raw)
	}
	request, err := http.NewRequestWithContext(p.t.Context(), method, p.Address+path, content)
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+p.Token)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if method == "GET" && p.seen != "" {
		request.Header.Set("Signaalboek-Position", p.seen)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	if answer != nil {
		if err := json.Unmarshal(raw, answer); err != nil {
			p.t.Fatalf("%s %s: %s: %v", method, path, raw, err)
		}
	}
	response.Body = io.NopCloser(bytes.NewReader(raw))
	return response
}

// command runs a sub-command to its end.
func commandOutput(t *testing.T, args ...string) (stdout string, err error) {
	t.Helper()
	var out, errors bytes.Buffer
	err = run(t.Context(), args, nil, &out, &errors)
	return out.String(), err
}

func TestEveryCommandIsShown(t *testing.T) {
	var out, shown bytes.Buffer
	if err := run(t.Context(), nil, nil, &out, &shown); err == nil {
		t.Error("nothing was asked, and nothing was said")
	}
	for _, c := range commands() {
		if !strings.Contains(shown.String(), c.name) {
			t.Errorf("%s is not shown", c.name)
		}
	}
}

func TestMistakesAreToldInDutch(t *testing.T) {
	empty := t.TempDir()
	for name, c := range map[string]struct {
		args []string
		env  []string
		want string
	}{
		"unknown command":     {[]string{"dans"}, nil, `Het bevel "dans" bestaat niet.`},
		"open to the world":   {[]string{"serve", "--addr", "0.0.0.0:8080"}, nil, "Op 0.0.0.0:8080 kunnen andere machines binnen."},
		"metrics to all":      {[]string{"serve", "--metrics-addr", ":9090"}, nil, "Op :9090 kunnen andere machines binnen."},
		"no web address":      {[]string{"serve", "--releases-url", "publicaties.example"}, nil, `Het adres "publicaties.example" is niet goed.`},
		"no address":          {[]string{"serve", "--addr", "hier"}, nil, `Het adres "hier" is niet goed.`},
		"too much":            {[]string{"version", "meer"}, nil, `"meer" hoort hier niet.`},
		"unknown environment": {[]string{"version"}, []string{"SIGNAALBOEK_ADRES=x"}, "SIGNAALBOEK_ADRES is niet gekend."},
		"no ledger":           {[]string{"doctor", "--data", empty}, nil, "staat geen signaalboek"},
		"no ledger to export": {[]string{"export", "events", "--data", empty}, nil, "staat geen signaalboek"},
		"nothing to export":   {[]string{"export"}, nil, "Schrijf: export events"},
	} {
		t.Run(name, func(t *testing.T) {
			var out, errors bytes.Buffer
			err := run(t.Context(), c.args, c.env, &out, &errors)
			if err == nil || !strings.Contains(explain(err), c.want) {
				t.Errorf("told %q, want %q", explain(err), c.want)
			}
		})
	}
}

func TestVersion(t *testing.T) {
	out, err := commandOutput(t, "version")
	if err != nil || !strings.HasPrefix(out, "signaalboek "+release) {
		t.Errorf("version %q, %v", out, err)
	}
}
