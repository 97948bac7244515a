package esdb

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"
)

// The client only logs a key that it does not know, drops a password when TLS is off, and prints the whole string when it
// cannot read it. So the string is read here first, and refused in words that hold nothing of it but names of keys.

// parts are a connection string, taken apart.
type parts struct {
	user  string // with its password, as it stands there; empty if there is none
	hosts []string
	keys  url.Values // in lower case
}

// configured is the configuration of the client that a connection string asks for, if it is sound and safe.
func configured(connection string) (*client.Configuration, error) {
	p, err := takenApart(connection)
	if err != nil {
		return nil, err
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	config, err := client.ParseConnectionString(connection)
	if err != nil {
		return nil, unread(err)
	}
	config.Logger = nil                      // until the log listens; the client would write to standard error
	config.MaxDiscoverAttempts = math.MaxInt // a client that has given up once is dead for good
	return config, checkCertificate(config)
}

// unread is why the client cannot read the string, if that can be told: only of files it can.
func unread(err error) error {
	if missing, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%w: %w", ErrMalformed, missing)
	}
	return ErrMalformed
}

func malformed(why string) error { return fmt.Errorf("%w: %s", ErrMalformed, why) }

func takenApart(connection string) (p parts, err error) {
	scheme, rest, _ := strings.Cut(connection, "://")
	if scheme != "esdb" && scheme != "esdb+discover" {
		return p, malformed("it does not begin with esdb:// or esdb+discover://")
	}
	if strings.Contains(rest, "#") {
		return p, malformed("it has a #, which must be written as %23")
	}
	authority, query, _ := strings.Cut(rest, "?")
	if strings.Count(rest, "@") > 1 || strings.Contains(query, "@") {
		return p, malformed("it has an @ that does not stand before the nodes; in a password it is written as %40, and ? as %3F")
	}
	if at := strings.Index(authority, "@"); at >= 0 {
		p.user, authority = authority[:at], authority[at+1:]
		if err := checkUser(p.user); err != nil {
			return p, err
		}
	}
	p.hosts = strings.Split(strings.TrimSuffix(authority, "/"), ",")
	p.keys, err = keysOf(query)
	return p, err
}

func checkUser(user string) error {
	name, password, _ := strings.Cut(user, ":")
	switch _, err := url.PathUnescape(user); {
	case strings.Contains(user, "/"):
		return malformed("the user or the password has a /, which must be written as %2F")
	case name == "" || password == "":
		return malformed("there is a user without a password, or a password without a user")
	case err != nil:
		return malformed("the user or the password has a % that is not written as %25")
	}
	return nil
}

// keysOf reads the keys, whose case does not matter. Each stands once: of two, the client would take one.
func keysOf(query string) (url.Values, error) {
	given, err := url.ParseQuery(query)
	if err != nil {
		return nil, malformed("its keys cannot be read")
	}
	keys := url.Values{}
	for key, values := range given {
		key = strings.ToLower(key)
		if keys[key] = append(keys[key], values...); len(keys[key]) > 1 {
			return nil, malformed("a key stands there twice")
		}
	}
	return keys, nil
}

// known is what may stand behind each key. There is no maxDiscoverAttempts: a log never gives up looking.
var known = map[string]func(string) bool{
	"tls":               isBool,
	"tlsverifycert":     isBool,
	"tlscafile":         isGiven,
	"usercertfile":      isGiven,
	"userkeyfile":       isGiven,
	"nodepreference":    isPreference,
	"discoveryinterval": isPositive,
	"gossiptimeout":     isPositive,
	"defaultdeadline":   isPositive,
	"keepaliveinterval": isKeepAlive,
	"keepalivetimeout":  isPositive,
}

func isGiven(value string) bool { return value != "" }

func isBool(value string) bool {
	_, err := strconv.ParseBool(strings.ToLower(value))
	return err == nil
}

// isPreference is for the leader: who asks that where the log ends stays with it, whatever was preferred.
func isPreference(value string) bool { return strings.EqualFold(value, "leader") }

func isPositive(value string) bool {
	n, err := strconv.Atoi(value)
	return err == nil && n > 0 && n <= math.MaxInt32
}

// isKeepAlive asks for ten seconds or more: a server drops who pings more often. Without any, a follower would wait for
// ever on a connection that is dead.
func isKeepAlive(value string) bool {
	n, err := strconv.Atoi(value)
	return err == nil && time.Duration(n)*time.Millisecond >= 10*time.Second && n <= math.MaxInt32
}

// check refuses what is unsafe, and what the client would ignore.
func (p parts) check() error {
	for _, host := range p.hosts {
		if !isNode(host) {
			return malformed("a node is written as host or host:port, with a name or an IPv4 address")
		}
	}
	for key := range p.keys {
		if valid, found := known[key]; !found {
			return fmt.Errorf("%w: %s", ErrUnknownKey, named(key))
		} else if !valid(p.keys.Get(key)) {
			return malformed("the value of " + key + " is not one that it can have")
		}
	}
	switch {
	case p.off("tls") && p.user != "":
		return ErrExposed
	case p.off("tls") && !p.local():
		return ErrPlain
	case p.off("tlsverifycert") && !p.local():
		return ErrUnverified
	}
	return nil
}

// named is an unknown key as it may be shown: what does not look like one could be a piece of a password.
func named(key string) string {
	for i := range len(key) {
		if c := key[i]; (c < 'a' || c > 'z') || i > 30 {
			return "one that is no word"
		}
	}
	return key
}

func isNode(text string) bool {
	host, port, found := strings.Cut(text, ":")
	n, err := strconv.ParseUint(port, 10, 16)
	if found && (err != nil || n == 0) {
		return false
	}
	for i := range len(host) {
		c := host[i]
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '.' && c != '_' {
			return false
		}
	}
	return host != ""
}

// off reports whether a key says no.
func (p parts) off(key string) bool {
	on, err := strconv.ParseBool(strings.ToLower(p.keys.Get(key)))
	return err == nil && !on
}

// local reports whether all nodes are on this machine.
func (p parts) local() bool {
	return !slices.ContainsFunc(p.hosts, func(node string) bool {
		host, _, _ := strings.Cut(node, ":")
		return !strings.EqualFold(host, "localhost") && !net.ParseIP(host).IsLoopback()
	})
}

// checkCertificate reads the user's certificate now: the client would only find out when it connects.
func checkCertificate(config *client.Configuration) error {
	if config.UserCertFile == "" && config.UserKeyFile == "" {
		return nil
	}
	if _, err := tls.LoadX509KeyPair(config.UserCertFile, config.UserKeyFile); err != nil {
		return fmt.Errorf("%w: userCertFile and userKeyFile: %w", ErrMalformed, err)
	}
	return nil
}
