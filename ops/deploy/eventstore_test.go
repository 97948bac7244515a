package deploy

import (
	"slices"
	"strings"
	"testing"
)

// documented are options of EventStoreDB 23.10, from its documentation: the pages on configuration, on security and on
// networking of https://developers.eventstore.com/server/v23.10/. An unknown one keeps a node from starting.
var documented = []string{
	"EVENTSTORE_CERTIFICATE_FILE",
	"EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE",
	"EVENTSTORE_CLUSTER_SIZE",
	"EVENTSTORE_DEFAULT_ADMIN_PASSWORD",
	"EVENTSTORE_DEFAULT_OPS_PASSWORD",
	"EVENTSTORE_DISCOVER_VIA_DNS",
	"EVENTSTORE_GOSSIP_SEED",
	"EVENTSTORE_NODE_HOST_ADVERTISE_AS",
	"EVENTSTORE_NODE_IP",
	"EVENTSTORE_NODE_PORT",
	"EVENTSTORE_REPLICATION_HOST_ADVERTISE_AS",
	"EVENTSTORE_REPLICATION_IP",
	"EVENTSTORE_REPLICATION_PORT",
	"EVENTSTORE_RUN_PROJECTIONS",
	"EVENTSTORE_TELEMETRY_OPTOUT",
	"EVENTSTORE_TRUSTED_ROOT_CERTIFICATES_PATH",
}

// needed are the options without which nodes are no cluster, or not a safe one.
var needed = []string{
	"EVENTSTORE_CLUSTER_SIZE", "EVENTSTORE_GOSSIP_SEED", "EVENTSTORE_CERTIFICATE_FILE",
	"EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE", "EVENTSTORE_TRUSTED_ROOT_CERTIFICATES_PATH", "EVENTSTORE_NODE_HOST_ADVERTISE_AS", "EVENTSTORE_REPLICATION_IP",
}

func TestOptionsOfEventStoreAreDocumented(t *testing.T) {
	c := compose(t)
	for _, node := range c.named("eventstore") {
		given := c.Services[node].Environment
		for option := range given {
			if !slices.Contains(documented, option) {
				t.Errorf("%s: %s is no option of EventStoreDB", node, option)
			}
		}
		for _, option := range needed {
			if given[option] == "" {
				t.Errorf("%s: %s is not given", node, option)
			}
		}
	}
	for _, line := range strings.Fields(read(t, made(t)+"/eventstore.env")) {
		if option, _, _ := strings.Cut(line, "="); !slices.Contains(documented, option) {
			t.Errorf("eventstore.env: %s is no option of EventStoreDB", option)
		}
	}
}

// Every node calls itself by its own name, and looks for all the others.
func TestNodesFindEachOther(t *testing.T) {
	c := compose(t)
	nodes := c.named("eventstore")
	if len(nodes) != 3 {
		t.Fatalf("nodes: %v, want three", nodes)
	}
	for _, node := range nodes {
		given := c.Services[node].Environment
		others := slices.DeleteFunc(at(nodes, ":2113"), func(seed string) bool { return strings.HasPrefix(seed, node) })
		if given["EVENTSTORE_GOSSIP_SEED"] != strings.Join(others, ",") {
			t.Errorf("%s looks for %s, want %v", node, given["EVENTSTORE_GOSSIP_SEED"], others)
		}
		for _, name := range []string{"EVENTSTORE_NODE_HOST_ADVERTISE_AS", "EVENTSTORE_REPLICATION_HOST_ADVERTISE_AS"} {
			if given[name] != node {
				t.Errorf("%s: %s=%s", node, name, given[name])
			}
		}
		if given["EVENTSTORE_CLUSTER_SIZE"] != "3" || c.Services[node].mounts()["/var/lib/eventstore"] != node {
			t.Errorf("%s is not one of three with a disk of its own", node)
		}
	}
}
