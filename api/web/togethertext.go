package web

// togetherTexts is what is said of what all practices publish together: on pages, and in what they publish.
var togetherTexts = map[string]string{
	"together.name":   "Alle praktijken samen",
	"together.title":  "Alle praktijken samen",
	"together.lead":   "Eén keer per jaar publiceren alle praktijken samen hoe vaak er een mogelijke verontrusting geteld werd. Een coördinator van een praktijk stelt dat voor. Een tweede, van deze of een andere praktijk, bevestigt.",
	"together.how":    "We lezen het aantal op het moment dat iemand ernaar kijkt. Verandert het voor de bevestiging, dan zie je het nieuwe aantal eerst. Daarna ligt het vast: van een jaar verschijnt het één keer.",
	"together.hint":   "Het jaar moet voorbij zijn.",
	"together.look":   "Open elk bestand en lees het. Dit is wat er verschijnt, letter voor letter.",
	"together.last":   "Let op: van dit jaar verschijnt daarna niets meer. Een ander getal zou tonen wat er intussen bij kwam.",
	"together.of":     "Alle praktijken samen: %s",
	"together.judged": "Het getal staat er als een bereik van tien. Van een jaar verschijnt er maar één.",
	"together.none":   "Er is nu geen jaar dat je kan voorstellen.",
	"together.link":   "Mogelijke verontrusting: alle praktijken samen",
	"together.go":     "Eén getal per jaar, dat geen enkele praktijk alleen publiceert.",

	"together.kicker":  "Voor iedereen",
	"together.number":  "Hoe vaak?",
	"together.times":   "%s keer",
	"together.meaning": "Wat betekent dit getal?",
	"together.counted": "Een buurtwerker telt er één bij als die zich zorgen maakt om iemands veiligheid. Daarna volgt die het pad dat daarvoor bestaat.",
	"together.not":     "Over wie het gaat, waar of wanneer, wordt hier niets bewaard. Eén persoon kan meer dan één keer geteld zijn. Geteld betekent niet dat de zorg terecht was.",
	"together.once":    "Het getal is van alle praktijken samen en verschijnt één keer per jaar. Wat daarna nog geteld wordt, verandert dit getal niet.",
	"together.band":    "Het is geen exact getal maar een bereik. Zo kan niemand uitrekenen of er ergens één bij kwam.",
}

// togetherRefusals is the refusals of what all practices publish together.
var togetherRefusals = map[string]refusal{
	"release-together-years-only": {
		"Alleen hele jaren",
		"Alle praktijken samen publiceren over een heel jaar.",
		"Kies een jaar.",
	},
	"release-together-once": {
		"Dit jaar is al verschenen",
		"Hierover is al gepubliceerd: {period}. Dat gebeurt één keer. Een tweede getal zou tonen wat er intussen bij kwam.",
		"Kies een ander jaar.",
	},
	"release-together-wordless": {
		"Hier hoort geen tekst bij",
		"Alle praktijken samen publiceren een getal. Daar hoort geen tekst bij, en ook geen cijfers van anderen.",
		"Laat de tekst weg, of doe dit bij een publicatie van je eigen praktijk.",
	},
	"practice-reserved": {
		"Deze code is niet vrij",
		"Met deze code publiceren alle praktijken samen. Geen enkele praktijk kan zo heten.",
		"Kies een andere code voor de praktijk.",
	},
}
