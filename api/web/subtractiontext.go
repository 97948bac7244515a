package web

// subtractionTexts is the page of the manual about subtracting.
var subtractionTexts = map[string]string{
	"subtraction.title":      "Waarom cijfers in groepen naar buiten gaan",
	"subtraction.intro":      "Twee documenten over dezelfde mensen kunnen elk onschuldig zijn, en samen te veel vertellen. Dit voorbeeld is echt. De presentatie van 2019 en het rapport van 2022 gaan allebei over het vakantieaanbod.",
	"subtraction.documents":  "Wat er te lezen stond, en wat er overblijft",
	"subtraction.what":       "Wie",
	"subtraction.first":      "Presentatie van 2019",
	"subtraction.second":     "Rapport van 2022",
	"subtraction.left":       "Verschil",
	"subtraction.families":   "Gezinnen",
	"subtraction.children":   "Kinderen",
	"subtraction.origin":     "Gezinnen van vreemde herkomst",
	"subtraction.known":      "Gezinnen gekend bij de sociale dienst",
	"subtraction.percent":    "%d %%, dus %s",
	"subtraction.danger":     "Het verschil gaat over de gezinnen die er in 2019 bij kwamen. Niemand besliste om iets over die groep te vertellen. Toch kan iedereen het uitrekenen. Wie van de meeste gezinnen weet of ze gekend zijn, weet het dan ook van de andere.",
	"subtraction.releases":   "Dezelfde cijfers in een publicatie",
	"subtraction.bands":      "Een publicatie toont geen exacte aantallen van kleine groepen, maar van–tot. Percentages staan er niet in. Wie nu aftrekt, weet bijna niets meer.",
	"subtraction.gate":       "Wat Signaalboek nakijkt",
	"subtraction.gate.text":  "Voor een publicatie naar buiten gaat, rekent Signaalboek na wat iemand kan afleiden uit alles wat al gepubliceerd is. Kan iemand iets te weten komen over één tot vier mensen, dan wordt de hele tabel breder: in groepen van 5, dan van 10, dan van 20. Helpt dat niet, dan blijft de tabel weg. Wat een keer breder werd, wordt later niet weer smaller.",
	"subtraction.limit":      "Wat dat niet belooft",
	"subtraction.limit.text": "We rekenen na wat uit onze tabellen volgt, samen met wat anderen publiceerden en wat we daarvan weten. Dit blijft over, en elke publicatie zegt het:",
}
