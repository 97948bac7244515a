package web

// aboutTexts is what is said of pages that anybody may see, and the keys.
var aboutTexts = map[string]string{
	// keys
	"keys.title":     "Sneltoetsen",
	"keys.intro":     "Werk je aan een bureau, dan gaat het met deze toetsen sneller.",
	"keys.new":       "Nieuw contact",
	"keys.help":      "Deze pagina",
	"keys.search":    "Zoeken",
	"keys.enter":     "Bewaart het contact. Datum, activiteit en plek blijven staan voor het volgende.",
	"keys.tab":       "Naar het volgende veld. Met de spatiebalk duid je iets aan.",
	"keys.typeahead": "In het veld ‘Typ en duid aan’ typ je enkele letters: hv vindt Huisvesting, vt vindt Vrije tijd. Enter duidt aan. Begin met de activiteit; daarna volgen thema’s, aanpak en diensten.",
	"keys.on":        "Zet de sneltoetsen aan",
	"keys.off":       "Zet de sneltoetsen uit",
	"keys.noscript":  "Je browser voert geen scripts uit. De sneltoetsen werken dan niet; al de rest wel.",

	// accessibility, privacy, about
	"accessibility.title":     "Toegankelijkheid",
	"accessibility.aim":       "Wat we willen",
	"accessibility.aim.text":  "Iedereen moet met Signaalboek kunnen werken: met een toetsenbord, met een schermlezer, op een telefoon, met grote letters. We volgen WCAG 2.2, niveau AA.",
	"accessibility.done":      "Wat werkt",
	"accessibility.done.text": "Alles werkt zonder JavaScript en zonder muis. Elke grafiek heeft een titel, een beschrijving en een tabel. De pagina’s volgen je instelling voor donker, hoog contrast en minder beweging.",
	"accessibility.left":      "Wat nog niet werkt",
	"accessibility.left.text": "Een brede grafiek schuift op een kleine telefoon in haar eigen kader. De tabel eronder toont hetzelfde.",
	"accessibility.tell":      "Merk je een drempel?",
	"accessibility.tell.text": "Zeg het aan wie Signaalboek bij jullie beheert. Een drempel in dit programma is ook een signaal.",

	"privacy.title":        "Privacy",
	"privacy.nobody":       "Geen namen",
	"privacy.nobody.text":  "Signaalboek vraagt nergens een naam, adres, geboortedatum, telefoonnummer of rijksregisternummer. Een contact heeft geen vrije tekst.",
	"privacy.card":         "Iemand herkennen",
	"privacy.card.text":    "Een herkenningskaart heeft alleen een bijnaam die de buurtwerker kiest, zoals ‘rode fiets’. Ze staat apart van het logboek. In het logboek staat niet wie het was. Contacten van verschillende jaren zijn niet aan elkaar te koppelen.",
	"privacy.texts":        "Teksten",
	"privacy.texts.text":   "Een tekst, zoals de verwoording van een signaal, staat versleuteld in het logboek, elk met een eigen sleutel. Wordt de sleutel vernietigd, dan leest niemand de tekst nog. Wat er beslist werd, blijft.",
	"privacy.inside":       "Wat binnen blijft",
	"privacy.inside.text":  "Binnen de praktijk zie je exacte cijfers. Daarom staat op elke pagina ‘Intern – niet verspreiden’. Groepen zijn hier klein: een exact cijfer kan iemand verraden.",
	"privacy.concern":      "Mogelijke verontrusting",
	"privacy.concern.text": "Een mogelijke verontrusting komt in geen enkel contact. Er is alleen een jaarlijks aantal, dat apart staat.",

	"about.title":       "Over Signaalboek",
	"about.what":        "Waarvoor het dient",
	"about.what.text":   "Buurtwerkers horen hulpvragen en signalen: drempels die verder gaan dan één persoon. Signaalboek volgt elk signaal tot er een antwoord is, en tot wie het zei dat antwoord hoorde.",
	"about.begin":       "Hoe begin je?",
	"about.begin.text":  "Registreer na elk gesprek een contact: de activiteit, het thema en wat je deed. Gaat een drempel verder dan één persoon, pik dan een signaal op. Op de pagina van het signaal staat altijd wat de volgende stap is. Op ‘Vandaag’ zie je wat wacht.",
	"about.chain":       "Eén keten",
	"about.chain.text":  "Contact, hulpvraag, signaal, focusgroep, overleg, beslissing, uitvoering, terugkoppeling. Niets wordt stilletjes gewijzigd: een fout wordt verbeterd met een nieuwe regel die zegt waarom. Alleen een tekst of een kaart kan gewist worden.",
	"about.source":      "Waar de woorden vandaan komen",
	"about.source.text": "De codelijsten en overlegorganen komen uit de werking van De Stek in Harelbeke. Elke praktijk vult ze aan.",
}
