package web

// searchTexts is what is said of searching.
var searchTexts = map[string]string{
	"search.title":       "Zoeken",
	"search.label":       "Waar zoek je naar?",
	"search.hint":        "Eén of meer woorden uit een signaal, een voorstel, een antwoord, een thema of een overleg.",
	"search.find":        "Zoek",
	"search.none":        "Niets gevonden. Probeer een ander woord, of minder letters.",
	"search.found.one":   "1 resultaat.",
	"search.found.many":  "%s resultaten.",
	"hit.signal":         "Signaal",
	"hit.recommendation": "Beleidsvoorstel",
	"hit.theme":          "Thema",
	"hit.forum":          "Overleg",
}
