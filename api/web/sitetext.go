package web

// siteRefusals is the refusals of the site itself: who comes in, and what a request looks like.
var siteRefusals = map[string]refusal{
	"no-page": {
		"Pagina niet gevonden",
		"Deze pagina bestaat niet.",
		"Kijk het adres na, of ga naar het begin.",
	},
	"no-thing": {
		"Niet gevonden",
		"Dit bestaat niet, of het hoort niet bij je praktijk.",
		"Kijk het adres na, of begin opnieuw vanuit de lijst.",
	},
	"method": {
		"Dit kan hier niet",
		"Zo kan je dit adres niet gebruiken.",
		"Kijk in de beschrijving welke methode hier kan.",
	},
	"forged": {
		"Niet van deze site",
		"Deze opdracht kwam van een andere site. Er is niets bewaard.",
		"Open Signaalboek zelf en probeer het daar opnieuw.",
	},
	"sign-in": {
		"Niet aangemeld",
		"Je bent niet aangemeld, of je was te lang weg.",
		"Open je link. Werkt hij niet meer, vraag dan een nieuwe aan wie Signaalboek beheert.",
	},
	"token": {
		"Geen geldig token",
		"Het token ontbreekt of is niet geldig.",
		"Stuur een geldig token mee: Authorization: Bearer …",
	},
	"accounts-away": {
		"Aanmelden gaat even niet",
		"We kunnen nu niet nagaan wie je bent. Er is niets bewaard.",
		"Probeer het over enkele minuten opnieuw. Blijft het duren, verwittig dan wie Signaalboek beheert.",
	},
	"sign-in-link": {
		"Link werkt niet meer",
		"Deze link is al gebruikt of vervallen.",
		"Vraag een nieuwe link aan wie Signaalboek beheert.",
	},
	"coordinators-only": {
		"Alleen voor de coördinator",
		"Codelijsten, overleggen, indelingen en cijfers wijzigen en een jaar afsluiten, dat doet alleen de coördinator.",
		"Vraag het aan de coördinator van je praktijk.",
	},
	"no-content": {
		"Geen toegang tot de inhoud",
		"Met deze rol zie je geen inhoud.",
		"Meld je aan met een account van een buurtwerker of coördinator.",
	},
	"behind": {
		"Nog niet bijgewerkt",
		"Wat net bewaard is, is hier nog niet te zien.",
		"Probeer het over enkele seconden opnieuw.",
	},
	"interrupted": {
		"Afgebroken",
		"De vraag is afgebroken voor het antwoord er was.",
		"Verstuur dezelfde vraag opnieuw, met dezelfde sleutel.",
	},
	"fault": {
		"Er ging iets mis",
		"Er ging bij ons iets mis.",
		"Probeer het later opnieuw. Blijft het misgaan, geef dan het nummer van de vraag door aan wie Signaalboek beheert.",
	},
	"accept": {
		"Deze vorm bestaat niet",
		"Dit kan niet gegeven worden in de vorm die je vraagt.",
		"Vraag application/json, of text/csv voor een lijst.",
	},
	"media-type": {
		"Verkeerd soort inhoud",
		"De inhoud moet JSON zijn.",
		"Stuur Content-Type: application/json mee.",
	},
	"too-large": {
		"Te groot",
		"De inhoud is te groot. Er is niets bewaard.",
		"Stuur hoogstens 64 KiB.",
	},
	"json-malformed": {
		"Geen goede JSON",
		"De inhoud is geen goede JSON.",
		"Kijk haakjes, komma’s en aanhalingstekens na.",
	},
	"member-unknown": {
		"Onbekend veld",
		"Dit veld bestaat niet.",
		"Laat het weg, of kijk de naam na.",
	},
	"member-missing": {
		"Veld ontbreekt",
		"Dit veld ontbreekt.",
		"Vul het in, ook als het nul of nee is.",
	},
	"member-twice": {
		"Veld staat er twee keer",
		"Dit veld staat er twee keer.",
		"Laat het één keer staan.",
	},
	"type-wrong": {
		"Verkeerd soort waarde",
		"Dit veld heeft een waarde van het verkeerde soort.",
		"Kijk in de beschrijving wat er moet staan. Laat weg wat je niet weet: null mag niet.",
	},
	"form-wrong": {
		"Verkeerd geschreven",
		"Deze waarde is niet geschreven zoals het moet.",
		"Schrijf een dag als jjjj-mm-dd en een nummer als UUID.",
	},
	"parameter-unknown": {
		"Onbekende parameter",
		"Het adres heeft een parameter die hier niet bestaat.",
		"Laat hem weg, of kijk de naam na.",
	},
	"parameter-wrong": {
		"Parameter niet bruikbaar",
		"De parameter {parameter} heeft een waarde die niet kan.",
		"Kijk in de beschrijving wat er kan staan.",
	},
	"idempotency-key": {
		"Sleutel ontbreekt",
		"De opdracht heeft geen sleutel.",
		"Stuur Idempotency-Key mee: een nieuwe UUID voor elke opdracht, dezelfde als je opnieuw probeert.",
	},
	"position-wrong": {
		"Geen goede positie",
		"Signaalboek-Position is geen positie van dit logboek.",
		"Stuur de waarde terug die je bij een antwoord kreeg.",
	},
	"if-match-wrong": {
		"Geen goede If-Match",
		"If-Match is geen versie.",
		"Stuur de ETag terug die je bij het lezen kreeg, met de aanhalingstekens.",
	},
	"if-match-missing": {
		"Versie ontbreekt",
		"Wie iets vervangt, moet zeggen welke versie.",
		"Lees het eerst, en stuur de ETag mee als If-Match.",
	},
	"as-of-future": {
		"Moment in de toekomst",
		"Dat moment moet nog komen.",
		"Kies een moment dat voorbij is.",
	},
	"day-empty": {
		"Dag leeg",
		"De dag is leeg gemaakt.",
		"Vul in op welke dag het was. Was het vandaag, vul dan vandaag in.",
	},
	"day-unreadable": {
		"Datum niet leesbaar",
		"Dit is geen datum.",
		"Schrijf ze als dd/mm/jjjj, bijvoorbeeld 05/03/2026.",
	},
	"period-backwards": {
		"Periode loopt achteruit",
		"De periode eindigt voor ze begint.",
		"Kies bij ‘Tot en met’ dezelfde dag als bij ‘Van’, of een latere.",
	},
	"number-unreadable": {
		"Getal niet leesbaar",
		"Dit is geen getal.",
		"Typ alleen cijfers.",
	},
	"form-command": {
		"Formulier niet meer geldig",
		"Dit formulier is niet volledig aangekomen. Er is niets bewaard.",
		"Open de pagina opnieuw en vul het formulier opnieuw in.",
	},
}
