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

// recommendationRefusals is the refusals of recommendations.
var recommendationRefusals = map[string]refusal{
	"recommendation-not-found": {
		"Beleidsvoorstel niet gevonden",
		"Dit beleidsvoorstel bestaat niet.",
		"Begin opnieuw vanuit de lijst.",
	},
	"recommendation-drafted-already": {
		"Beleidsvoorstel bestaat al",
		"Dit beleidsvoorstel is al geschreven.",
		"Werk verder met het bestaande voorstel.",
	},
	"recommendation-answers-nothing": {
		"Antwoord op geen signaal",
		"Een beleidsvoorstel antwoordt op minstens één signaal.",
		"Kies de signalen waarop het een antwoord is.",
	},
	"signal-answered-twice": {
		"Twee keer hetzelfde signaal",
		"Een signaal staat er twee keer.",
		"Laat elk signaal één keer staan.",
	},
	"maker-and-forum-differ": {
		"Wie maakte het?",
		"Geef een overleg op als een overleg het voorstel maakte, en alleen dan.",
		"Pas de maker of het overleg aan.",
	},
}
