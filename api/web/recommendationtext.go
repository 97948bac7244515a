package web

// recommendationTexts is what is said of recommendations.
var recommendationTexts = map[string]string{
	"recommendations.title":       "Beleidsvoorstellen",
	"recommendations.lead":        "Voorstellen die een antwoord geven op signalen, gemaakt met bewoners.",
	"recommendations.shown.one":   "1 voorstel op deze pagina.",
	"recommendations.shown.many":  "%s voorstellen op deze pagina.",
	"recommendations.none":        "Er is nog geen beleidsvoorstel. Maak er een vanuit een signaal, of kies ‘Nieuw beleidsvoorstel’.",
	"recommendation.new":          "Nieuw beleidsvoorstel",
	"recommendation.title":        "Beleidsvoorstel van %s",
	"recommendation.age":          "%s geleden voorgesteld",
	"recommendation.adopted":      "overgenomen door de focusgroep",
	"recommendation.answers.one":  "antwoord op 1 signaal",
	"recommendation.answers.many": "antwoord op %s signalen",
	"recommendation.made-by":      "Wie maakte het?",
	"recommendation.forum.hint":   "Alleen als een overleg het maakte.",
	"recommendation.for":          "Signalen waarop dit een antwoord is",
	"recommendation.for.hint":     "Kies er minstens één.",
}
