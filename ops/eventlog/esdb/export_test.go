package esdb

import "time"

// LosePatience makes a log that is open, and that nobody uses yet, less patient. Opening it took what time the machine needed.
func (l *Log) LosePatience(to time.Duration) { l.options.Patience = to }
