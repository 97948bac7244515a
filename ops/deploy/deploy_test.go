// Package deploy tests the files that deploy signaalboek, as far as that goes without the servers they are for: they are
// read as those servers read them, and everything that they name must be there.
package deploy

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/oasdiff/yaml3"
)

// composition is what compose.yaml says, as far as we look at it.
type composition struct {
	Services map[string]service `yaml:"services"`
	Networks map[string]any     `yaml:"networks"`
	Volumes  map[string]any     `yaml:"volumes"`
}

type service struct {
	Image       string            `yaml:"image"`
	Build       any               `yaml:"build"`
	Command     string            `yaml:"command"`
	EnvFile     string            `yaml:"env_file"`
	Environment map[string]string `yaml:"environment"`
	Restart     string            `yaml:"restart"`
	Ports       []string          `yaml:"ports"`
	Networks    []string          `yaml:"networks"`
	Volumes     []string          `yaml:"volumes"`
	Healthcheck struct {
		Test []string `yaml:"test"`
	} `yaml:"healthcheck"`
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// parsed is a YAML file as a value.
func parsed[T any](t *testing.T, file string) (value T) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(read(t, file)), &value); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return value
}

func compose(t *testing.T) composition { return parsed[composition](t, "compose.yaml") }

// named are the services whose name begins with a word, in order: the replicas, the nodes.
func (c composition) named(word string) (names []string) {
	for name := range c.Services {
		if strings.HasPrefix(name, word) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// pinned is an image that stays what it is.
var pinned = regexp.MustCompile(`:v?[0-9]+\.[0-9]+(\.[0-9]+)?(-[a-z-]+)?$`)

func TestImagesArePinned(t *testing.T) {
	for name, s := range compose(t).Services {
		if s.Build == nil && !pinned.MatchString(s.Image) {
			t.Errorf("%s runs %s, which may be another tomorrow", name, s.Image)
		}
	}
	for _, from := range regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(read(t, "Dockerfile"), -1) {
		if !pinned.MatchString(from[1]) {
			t.Errorf("the program is built from %s, which may be another tomorrow", from[1])
		}
	}
}

func TestEveryServiceComesBack(t *testing.T) {
	c := compose(t)
	for name, s := range c.Services {
		if s.Restart != "unless-stopped" {
			t.Errorf("%s is not restarted: %q", name, s.Restart)
		}
		for _, network := range s.Networks {
			if _, declared := c.Networks[network]; !declared {
				t.Errorf("%s: network %s is not declared", name, network)
			}
		}
	}
	for _, name := range append(c.named("replica"), append(c.named("eventstore"), "postgres", "prometheus")...) {
		if len(c.Services[name].Healthcheck.Test) == 0 {
			t.Errorf("nobody asks %s whether it is well", name)
		}
	}
}

// Only the proxy is reached from elsewhere.
func TestOnlyTheProxyIsOutside(t *testing.T) {
	for name, s := range compose(t).Services {
		for _, port := range s.Ports {
			if name != "proxy" && !strings.HasPrefix(port, "127.0.0.1:") {
				t.Errorf("%s is reached from other machines at %s", name, port)
			}
		}
	}
}

// mounts are the volumes of a service: where each stands in the container, and where its content comes from.
func (s service) mounts() map[string]string {
	mounts := map[string]string{}
	for _, volume := range s.Volumes {
		parts := strings.Split(volume, ":")
		mounts[parts[1]] = parts[0]
	}
	return mounts
}

// Everything that is mounted is there, and what a service reads below /run/secrets is among its own secrets.
func TestWhatIsMountedIsThere(t *testing.T) {
	c, secrets := compose(t), made(t)
	for name, s := range c.Services {
		for _, from := range s.mounts() {
			_, declared := c.Volumes[from]
			if _, err := os.Stat(place(from, secrets)); !declared && err != nil {
				t.Errorf("%s: %s is neither a volume nor a file", name, from)
			}
		}
		if s.EnvFile != "" {
			if _, err := os.Stat(place(s.EnvFile, secrets)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		own := place(s.mounts()["/run/secrets"], secrets)
		for _, file := range s.secrets(t, own) {
			if _, err := os.Stat(filepath.Join(own, file)); err != nil {
				t.Errorf("%s reads a secret that it does not have: %v", name, err)
			}
		}
	}
}

// place is where a path of compose.yaml is in this test.
func place(path, secrets string) string {
	if below, found := strings.CutPrefix(strings.TrimPrefix(path, "./"), "secrets/"); found {
		return filepath.Join(secrets, below)
	}
	return path
}

var secretPath = regexp.MustCompile(`/run/secrets/([a-z0-9./-]+)`)

// secrets are the files below /run/secrets that a service names, in compose.yaml, in its files and in its secrets.
func (s service) secrets(t *testing.T, own string) (files []string) {
	t.Helper()
	said := []string{s.Command, fmt.Sprint(s.Environment), fmt.Sprint(s.Healthcheck.Test)}
	for _, from := range s.mounts() {
		if strings.HasSuffix(from, ".yaml") {
			said = append(said, read(t, from))
		}
	}
	for _, secret := range []string{"log", "vault"} {
		if text, err := os.ReadFile(filepath.Join(own, secret)); err == nil {
			said = append(said, string(text))
		}
	}
	for _, found := range secretPath.FindAllStringSubmatch(strings.Join(said, "\n"), -1) {
		files = append(files, found[1])
	}
	return files
}

// option is a flag of the program that runs in a service, "" if it is not given.
func (s service) option(name string) string {
	_, after, _ := strings.Cut(s.Command, "--"+name+" ")
	value, _, _ := strings.Cut(after, " ")
	return value
}

// at is the names of services with the port of an address.
func at(services []string, address string) (places []string) {
	_, port, _ := strings.Cut(address, ":")
	for _, name := range services {
		places = append(places, name+":"+port)
	}
	return places
}

func TestProxySendsToEveryReplica(t *testing.T) {
	c := compose(t)
	replicas := c.named("replica")
	if len(replicas) < 3 {
		t.Fatalf("replicas: %v, want three at least", replicas)
	}
	for site, option := range map[string]string{"SITE": "addr", "OUTSIDE": "releases-addr"} {
		want := at(replicas, c.Services["replica1"].option(option))
		if got := strings.Fields(c.proxied(t, site, "reverse_proxy")); !slices.Equal(got, want) {
			t.Errorf("who asks for %s is sent to %q, want %v", site, got, want)
		}
		if c.Services["proxy"].Environment[site] == "" {
			t.Errorf("the proxy is not told the name of %s", site)
		}
	}
	if url := c.Services["replica1"].Environment["SIGNAALBOEK_RELEASES_URL"]; url != "https://"+c.Services["proxy"].Environment["OUTSIDE"] {
		t.Errorf("coordinators read that outsiders come to %s", url)
	}
	if _, port, _ := strings.Cut(c.Services["replica1"].option("addr"), ":"); c.proxied(t, "OUTSIDE", "health_port") != port {
		t.Error("the proxy asks the wrong listener whether a replica is ready")
	}
}

// Whoever comes by the name for everybody reaches the listener of releases, and no other.
func TestOutsidersReachReleasesOnly(t *testing.T) {
	c := compose(t)
	_, port, _ := strings.Cut(c.Services["replica1"].option("releases-addr"), ":")
	for _, to := range strings.Fields(c.proxied(t, "OUTSIDE", "reverse_proxy")) {
		if !strings.HasSuffix(to, ":"+port) {
			t.Errorf("outsiders reach %s", to)
		}
	}
	for _, other := range []string{"addr", "metrics-addr"} {
		if _, taken, _ := strings.Cut(c.Services["replica1"].option(other), ":"); taken == port {
			t.Errorf("--%s and --releases-addr are one", other)
		}
	}
}

// proxied is what a line of a site in the Caddyfile says.
func (c composition) proxied(t *testing.T, site, line string) string {
	t.Helper()
	_, block, _ := strings.Cut(read(t, "Caddyfile"), "\n{$"+site+"} {\n")
	block, _, found := strings.Cut(block, "\n}\n")
	said := regexp.MustCompile(`(?m)^\s*` + line + ` (.*?)(?: \{)?$`).FindStringSubmatch(block)
	if !found || said == nil {
		t.Fatalf("the Caddyfile does not say %s of %s", line, site)
	}
	return said[1]
}
