package verdict

import (
	"flag"
	"fmt"
	"io"
	"strings"
)

// WriteOptions writes every option of a command, what it means and what it is if nobody says: what PrintDefaults of package
// flag does, in Dutch, and with the two dashes that the manual writes.
func WriteOptions(to io.Writer, options *flag.FlagSet) {
	options.VisitAll(func(o *flag.Flag) {
		value, means := flag.UnquoteUsage(o)
		fmt.Fprintf(to, "  %s\n        %s%s\n", strings.TrimSpace("--"+o.Name+" "+value), means, standard(o))
	})
}

func standard(o *flag.Flag) string {
	switch o.DefValue {
	case "", "false", "0":
		return ""
	}
	return " (anders: " + o.DefValue + ")"
}
