package sqlite

import (
	"math/rand/v2"
	"os"
	"testing"

	"signaalboek/ops/vault"
)

// SQLite overwrites what is deleted (secure_delete), and yet about one row in a thousand leaves a piece behind, in a page
// that it was moved from. Neither a scrubbed table nor a rewritten file has any.
func TestScrub(t *testing.T) {
	tests := map[string]func(*conn) error{
		"a table": func(db *conn) error { return db.Scrub("dropped") },
		"a file":  func(db *conn) error { return db.Exec("VACUUM") },
	}
	for name, scrub := range tests {
		t.Run(name, func(t *testing.T) {
			f := filesIn(t.TempDir(), Options{})
			check(t, f.prepare(vault.Blank()))
			db, err := f.connect()
			check(t, err)
			defer db.close()
			live, dead := churn(t, db)
			if found, err := pieces(f, db, dead); err != nil || found == 0 {
				t.Fatalf("nothing was left behind, so nothing is proven: %v", err)
			}
			check(t, scrub(db))
			if found, err := pieces(f, db, dead); err != nil || found > 0 {
				t.Errorf("%d pieces are left of rows that are gone: %v", found, err)
			}
			if found, err := pieces(f, db, live); err != nil || found < len(live) {
				t.Errorf("%d of %d rows are there: %v", found, len(live), err)
			}
		})
	}
}

// churn makes and deletes rows of a table, of many lengths.
func churn(t *testing.T, db *conn) (live, dead [][]byte) {
	t.Helper()
	chance := rand.New(rand.NewPCG(1, 2))
	check(t, db.Exec("BEGIN"))
	for range 12000 {
		if len(live) > 0 && chance.IntN(5) < 2 {
			i := chance.IntN(len(live))
			check(t, db.Do("DELETE FROM dropped WHERE mark = $1", nil, live[i]))
			dead = append(dead, live[i])
			live[i] = live[len(live)-1]
			live = live[:len(live)-1]
			continue
		}
		row := make([]byte, 40+chance.IntN(800))
		for i := range row {
			row[i] = byte(chance.Uint32())
		}
		check(t, db.Do("INSERT INTO dropped (mark) VALUES ($1)", nil, row))
		live = append(live, row)
	}
	check(t, db.Exec("COMMIT"))
	return live, dead
}

// pieces is of how many rows the file holds a piece.
func pieces(f files, db *conn, rows [][]byte) (found int, err error) {
	if err := db.eraseJournal(); err != nil {
		return 0, err
	}
	file, err := os.ReadFile(f.db)
	if err != nil {
		return 0, err
	}
	held := map[[8]byte]bool{}
	for i := range len(file) - 8 {
		held[[8]byte(file[i:])] = true
	}
	for _, row := range rows {
		if held[[8]byte(row[16:])] {
			found++
		}
	}
	return found, nil
}

var _ vault.Tx = (*conn)(nil)
