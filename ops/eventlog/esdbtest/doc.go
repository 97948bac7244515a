// Package esdbtest is an EventStoreDB node in the process: it satisfies the unmodified client
// github.com/EventStore/EventStore-Client-Go/v4, and has faults that a real server shows only by accident.
//
// It is a test double for the protocol, not a database: it keeps its log in memory, and is never offered to users. Only
// tests and ops/bench import it.
package esdbtest
