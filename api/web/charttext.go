package web

// chartTexts is what is said of what charts say of themselves.
var chartTexts = map[string]string{
	"chart.table":            "Toon als tabel",
	"chart.count":            "Aantal",
	"chart.stage":            "Stap",
	"chart.bars.desc":        "Een balk per regel. De aantallen staan ook in de tabel hieronder.",
	"chart.years.desc":       "Een balk per jaar. Een streepjeslijn betekent: vanaf hier wordt anders geteld, dus vergelijk niet. Een vraagteken betekent: niet geregistreerd. De aantallen staan ook in de tabel.",
	"chart.heat.title":       "Thema’s per bijeenkomst van de focusgroep",
	"chart.heat.desc":        "Een rij per thema en een kolom per bijeenkomst, de nieuwste links. Het cijfer zegt hoe zwaar het thema woog, van 1 tot 5.",
	"chart.heat.caption":     "Hoe voller de kleur en hoe hoger het cijfer, hoe zwaarder het thema woog. Leeg: niet besproken. De nieuwste bijeenkomst staat links.",
	"chart.funnel.title":     "Van contact tot terugkoppeling",
	"chart.funnel.desc":      "Hoeveel er van wat we hoorden hoe ver is geraakt. De aantallen staan ook in de tabel hieronder.",
	"chart.funnel.caption":   "De bovenste twee balken tellen contacten en hulpvragen. De gearceerde balken tellen signalen. De lengte volgt de wortel van het aantal, zodat je ook kleine aantallen ziet.",
	"chart.timeline.title":   "Het traject van dit signaal",
	"chart.timeline.desc":    "Van links naar rechts loopt de tijd. Elke baan is een plek: de praktijk, de focusgroep, het overleg en de raad. De nummers staan met uitleg in de lijst.",
	"chart.timeline.caption": "Elk nummer staat met datum en uitleg in de lijst hieronder. Een open bol met streepjes is nog niet gebeurd.",
}
