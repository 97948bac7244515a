package disclosure_test

import (
	"context"
	"fmt"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/vocabulary"
)

// The first half of a year goes out; then three people come, and the whole year is proposed.
func Example() {
	book, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	count := disclosure.Count{Period: disclosure.Period{Year: 2026, Part: disclosure.FirstHalf}, Lists: disclosure.ListsOf(book)}
	for number := range 100 {
		count.People = append(count.People, visitor(number))
	}
	gate := disclosure.Gate{Catalogue: disclosure.V1()}
	half, _, _ := gate.Judge(context.Background(), count, nil)

	count.Period.Part = disclosure.WholeYear
	for number := 100; number < 103; number++ {
		count.People = append(count.People, visitor(number))
	}
	gate.Earlier = []disclosure.Release{half}
	year, report, _ := gate.Judge(context.Background(), count, nil)

	fmt.Println("passed:", report.Passed)
	for _, w := range report.Widened {
		fmt.Println(w.Table, "from", w.From, "to", w.To, w.Dangers)
	}
	for _, table := range gate.Catalogue.Publish(year)[:1] {
		for _, cell := range table.Cells {
			fmt.Println(cell.Measure, cell.Band)
		}
	}
	// Output:
	// passed: true
	// headline from 1 to 5 [small-difference]
	// contacts from 1 to 5 [small-difference]
	// unique {100 104}
	// new {0 4}
	// known {0 4}
}

func visitor(number int) disclosure.Person {
	return disclosure.Person{
		Number: number, New: domain.No, Known: domain.No,
		Contacts: map[domain.Code]int{"digipunt": 1},
	}
}
