package web

// debtTexts is what is said of feedback debt.
var debtTexts = map[string]string{
	"debt.title":        "Terugkoppeling",
	"debt.lead":         "Wie iets zei, moet horen wat ermee gebeurde. Ook als het antwoord nee is.",
	"debt.ages":         "Hoe lang wachten ze al?",
	"debt.ages.column":  "Wacht al",
	"debt.settings":     "Wie wacht nog?",
	"debt.kind":         "Waar het gezegd werd",
	"debt.min-days":     "Wacht minstens zoveel dagen",
	"debt.since":        "wacht sinds %s (%s)",
	"debt.tell":         "Koppel dit terug",
	"debt.one":          "Alles waarvan iemand daar nog geen antwoord kreeg, het langst geleden eerst.",
	"debt.all.one":      "Toon het ene dat hier openstaat",
	"debt.all.many":     "Toon alle %s die hier openstaan",
	"debt.none":         "Niemand wacht op een antwoord.",
	"debt.untaken":      "Opgepikt als signaal, maar nog geen signaal",
	"debt.untaken.hint": "Bij deze hulpvragen staat ‘opgepikt als signaal’. Maak er een signaal van.",
	"debt.request":      "Hulpvraag %d van %s",
	"debt.no-untaken":   "Elke hulpvraag die opgepikt werd, hoort bij een signaal.",
	"waited.month":      "minder dan 1 maand",
	"waited.two-months": "1 tot 2 maanden",
	"waited.half-year":  "2 tot 6 maanden",
	"waited.year":       "6 maanden tot 1 jaar",
	"waited.longer":     "meer dan 1 jaar",
}
