package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"

	"signaalboek/projections"
)

// sqlIndexes is what somebody would make who asks the log itself: without them every question reads all of it.
const sqlIndexes = `
	CREATE TABLE said AS SELECT position, stream, name, payload, metadata ->> '$.practice' AS practice,
		metadata ->> '$.on' AS day FROM log.event;
	CREATE INDEX said_by_name ON said (practice, name, day);
	CREATE INDEX said_by_stream ON said (stream, name);
	ANALYZE`

// sqlQuestions are three of the questions, asked of the events.
var sqlQuestions = []struct {
	what string
	sql  string
	ask  func(ctx context.Context, w world, set *projections.Set) error
}{
	{
		"contacts by theme in a year", `
		SELECT theme.value, count(*) FROM said, json_each(said.payload, '$.requests') AS request,
			json_each(request.value, '$.themes') AS theme
		WHERE practice = 'praktijk-1' AND name = 'contact.registered.v1' AND day BETWEEN '2023-01-01' AND '2023-12-31'
		GROUP BY theme.value`,
		func(_ context.Context, _ world, set *projections.Set) error {
			set.Figures.Breakdown(largest, projections.ByTheme, projections.YearPeriod(2023))
			return nil
		},
	},
	{
		"open signals that wait for an answer", `
		SELECT up.stream, up.day FROM said AS up
		WHERE up.practice = 'praktijk-1' AND up.name = 'signal.picked-up.v1'
		AND NOT EXISTS (SELECT 1 FROM said WHERE stream = up.stream AND name = 'signal.closed.v1')
		AND (SELECT max(position) FROM said WHERE stream = up.stream AND name = 'signal.scheduled.v1') >
			coalesce((SELECT max(position) FROM said WHERE stream = up.stream
				AND name IN ('signal.discussed.v1', 'signal.went-unanswered.v1', 'signal.decided.v1')), 0)
		ORDER BY up.day LIMIT 50`,
		func(ctx context.Context, w world, set *projections.Set) error {
			_, err := set.Signals.Open(ctx, largest, projections.SignalFilter{States: []projections.State{projections.Waiting}}, w.today)
			return err
		},
	},
	{
		"whom an answer is owed", `
		SELECT up.payload ->> '$.evidence.setting', min(outcome.day) FROM said AS up
		JOIN said AS outcome ON outcome.stream = up.stream AND outcome.name IN ('signal.discussed.v1',
			'signal.went-unanswered.v1', 'signal.decided.v1', 'signal.promise-kept.v1', 'signal.promise-broken.v1',
			'signal.carried-out.v1')
		WHERE up.practice = 'praktijk-1' AND up.name IN ('signal.picked-up.v1', 'signal.evidence-linked.v1')
		AND NOT EXISTS (SELECT 1 FROM said AS told WHERE told.stream = up.stream AND told.name = 'signal.fed-back.v1'
			AND told.position > outcome.position AND told.payload -> '$.setting' = up.payload -> '$.evidence.setting')
		GROUP BY 1 ORDER BY 2 LIMIT 50`,
		func(ctx context.Context, w world, set *projections.Set) error {
			_, err := set.Debts.Owed(ctx, largest, projections.DebtFilter{}, w.today)
			return err
		},
	},
}

// measureSQL asks the same events in SQL, in a copy that has the indexes for it. The answers in SQL say less: no
// bundles, no promises, nothing of the clock.
func measureSQL(ctx context.Context, w world, set *projections.Set) (rows []row, err error) {
	conn, err := copyForSQL(ctx, w)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	for _, q := range sqlQuestions {
		costs, err := sideBySide(w.rounds,
			func() (cost, error) { return oneByOne(10, func() error { return q.ask(ctx, w, set) }) },
			func() (cost, error) { return oneByOne(1, func() error { return rowsOf(conn, q.sql) }) })
		if err != nil {
			return nil, fmt.Errorf("ask in SQL for %s: %w", q.what, err)
		}
		rows = append(rows, row{
			what: q.what + ": SQL in SQLite, with indexes ÷ ours",
			ours: millis(medianOf(costs[0], p50)), peer: millis(medianOf(costs[1], p50)),
			ratio: ratioOf(costs[1], costs[0], p50), must: 20, aim: 100,
		})
	}
	return rows, nil
}

func copyForSQL(ctx context.Context, w world) (*sqlite3.Conn, error) {
	conn, err := sqlite3.OpenContext(ctx, filepath.Join(w.dir, "sql"))
	if err != nil {
		return nil, err
	}
	err = conn.Exec(`PRAGMA journal_mode = OFF; PRAGMA cache_size = -65536; PRAGMA temp_store = FILE; ATTACH '` + filepath.Join(w.dir, "log") + `' AS log;` + sqlIndexes)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("copy the events for SQL: %w", err), conn.Close())
	}
	return conn, nil
}

func rowsOf(conn *sqlite3.Conn, query string) error {
	stmt, _, err := conn.Prepare(query)
	if err != nil {
		return err
	}
	found := 0
	for stmt.Step() {
		found++
	}
	if err := errors.Join(stmt.Err(), stmt.Close()); err != nil {
		return err
	}
	if found == 0 {
		return errors.New("the question in SQL finds nothing")
	}
	return nil
}
