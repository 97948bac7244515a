package web

// foreignTexts is what is said of what others published about the same people.
var foreignTexts = map[string]string{
	"foreign.title":      "Cijfers van anderen",
	"foreign.lead":       "Publiceerde een andere organisatie cijfers over dezelfde mensen? Wie die naast onze cijfers legt, kan soms uitrekenen wat wij niet tonen. Bewaar ze hier. Bij de volgende publicatie rekenen we ermee.",
	"foreign.link":       "Cijfers van anderen over dezelfde mensen",
	"foreign.go":         "Wat andere organisaties publiceerden. Het nazicht van onze cijfers houdt er rekening mee.",
	"foreign.none":       "Er zijn nog geen cijfers van anderen bewaard.",
	"foreign.open":       "Er ligt een voorstel: %s",
	"foreign.open.how":   "Dat is nagekeken met de cijfers die hier staan. Je kan er nu geen bij zetten of weghalen. Bevestig het voorstel eerst, of laat het vallen.",
	"foreign.by":         "Door %s",
	"foreign.count":      "%s: %s",
	"foreign.gone":       "telt niet mee",
	"foreign.gone.on":    "Weggehaald op %s.",
	"foreign.recorded":   "Bewaard op %s.",
	"foreign.add":        "Zet er cijfers bij",
	"foreign.add.how":    "Kies eerst over welke periode de cijfers gaan, en op welke van onze tabellen ze lijken.",
	"foreign.period":     "Periode",
	"foreign.table":      "Tabel",
	"foreign.choose":     "Kies deze tabel",
	"foreign.years":      "Er is nog geen periode voorbij.",
	"foreign.new":        "Cijfers van anderen toevoegen",
	"foreign.cells":      "Wat staat er in die cijfers?",
	"foreign.cells.how":  "Vul alleen in wat er staat. Eén getal: schrijf het bij “minstens”. Een bereik: vul allebei in. Staat er een percentage, reken dan uit hoeveel mensen dat minstens en hoogstens zijn.",
	"foreign.row":        "Wat",
	"foreign.least":      "Minstens",
	"foreign.most":       "Hoogstens",
	"foreign.least.of":   "%s, minstens",
	"foreign.most.of":    "%s, hoogstens",
	"foreign.source":     "Wie publiceerde dit?",
	"foreign.document":   "In welk document staat het?",
	"foreign.document.h": "Schrijf de titel, het jaar en de bladzijde. Staat wie het publiceerde niet in de lijst, schrijf dat dan hier.",
	"foreign.save":       "Bewaar deze cijfers",
	"foreign.withdraw":   "Dit klopt niet …",
	"foreign.withdraw.h": "Doe dit alleen als wat hier staat niet klopt. Cijfers die echt verschenen, blijven bestaan, ook als ze oud zijn.",
	"foreign.withdraw.s": "Laat deze cijfers niet meetellen",
	"foreign.why":        "Wat klopt er niet?",
	"foreign.known":      "Cijfers van anderen over dit jaar",
	"foreign.known.how":  "Het nazicht hield rekening met wat anderen publiceerden:",
	"foreign.known.none": "Er zijn geen cijfers van anderen bewaard over dit jaar. Ken je er wel, laat het voorstel dan vallen en bewaar ze eerst.",

	"done.foreign":           "De cijfers zijn bewaard. De volgende publicatie houdt er rekening mee.",
	"done.foreign-withdrawn": "Deze cijfers tellen niet meer mee.",
}

// foreignRefusals is the refusals of what others published.
var foreignRefusals = map[string]refusal{
	"foreign-unknown": {
		"Cijfers niet gevonden",
		"Deze cijfers van anderen zijn er niet.",
		"Begin opnieuw vanuit de lijst.",
	},
	"foreign-proposal-open": {
		"Er ligt een voorstel klaar",
		"Er ligt een voorstel klaar: {period}. Dat is nagekeken zonder deze wijziging.",
		"Bevestig dat voorstel eerst, of laat het vallen. Stel het daarna opnieuw voor.",
	},
	"foreign-table-unknown": {
		"Zo’n tabel hebben we niet",
		"Over zo’n periode publiceren we deze tabel niet.",
		"Kies een andere tabel, of kies het hele jaar.",
	},
	"foreign-cells-missing": {
		"Geen enkel getal",
		"Er is geen enkel getal ingevuld.",
		"Vul minstens één getal in.",
	},
	"foreign-cell-unknown": {
		"Getal hoort niet in deze tabel",
		"Dit getal hoort niet in deze tabel, of het staat er twee keer.",
		"Kies een rij van de tabel, en vul elke rij één keer in.",
	},
	"foreign-range-invalid": {
		"Bereik klopt niet",
		"“Minstens” moet nul of meer zijn, en “hoogstens” niet lager dan “minstens”.",
		"Kijk de twee getallen na.",
	},
	"foreign-source-missing": {
		"Bron ontbreekt",
		"Er is niet gezegd wie deze cijfers publiceerde.",
		"Kies een dienst, of schrijf in welk document ze staan.",
	},
}
