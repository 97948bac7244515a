package demonstration

import (
	_ "embed"
	"encoding/csv"
	"strings"

	"signaalboek/domain"
)

// fact is what the sources tell of a signal; key is the name of its story.
type fact struct {
	key       string
	practice  domain.PracticeID
	statement string
	themes    []domain.Code
	threshold domain.Code
	heardIn   domain.Code // an activity; empty where the sources do not tell
	wentTo    domain.Code // a forum; likewise
}

//go:embed signals.csv
var signalRows string

//go:embed recommendations.csv
var recommendationRows string

// facts is what the sources tell of signals, by key.
func facts() map[string]fact {
	all := map[string]fact{}
	for _, row := range rows(signalRows) {
		all[row[0]] = fact{
			key: row[0], practice: domain.PracticeID(row[1]), statement: row[2], themes: codes(row[3]),
			threshold: domain.Code(row[4]), heardIn: domain.Code(row[5]), wentTo: domain.Code(row[6]),
		}
	}
	return all
}

// titles is the titles of the recommendations, in the order of their numbers.
func titles() []string {
	var all []string
	for _, row := range rows(recommendationRows) {
		all = append(all, row[1])
	}
	return all
}

// rows is every row of an embedded file but the first, which names the columns.
func rows(of string) [][]string {
	reader := csv.NewReader(strings.NewReader(of))
	reader.Comma = ';'
	all, err := reader.ReadAll()
	if err != nil {
		panic("demonstration: " + err.Error()) // the file is built in: every test would stop here
	}
	return all[1:]
}

func codes(field string) []domain.Code {
	var all []domain.Code
	for code := range strings.SplitSeq(field, "|") {
		all = append(all, domain.Code(code))
	}
	return all
}
