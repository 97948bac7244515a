package web

// releaseRefusals is the refusals of releases.
var releaseRefusals = map[string]refusal{
	"release-unknown": {
		"Publicatie niet gevonden",
		"Deze publicatie bestaat niet.",
		"Begin opnieuw vanuit de lijst.",
	},
	"release-period-invalid": {
		"Periode klopt niet",
		"Een publicatie gaat over de eerste helft van een jaar, of over het hele jaar.",
		"Kies een van die twee.",
	},
	"release-period-not-over": {
		"Periode loopt nog",
		"Deze periode loopt tot en met {last}.",
		"Wacht tot de periode voorbij is.",
	},
	"release-proposal-open": {
		"Er ligt al een voorstel",
		"Er ligt al een voorstel klaar: {period}. Er kan er maar één tegelijk zijn.",
		"Bevestig dat voorstel, of laat het vallen.",
	},
	"release-year-published": {
		"Het hele jaar is al gepubliceerd",
		"Na een heel jaar komt er geen half jaar meer: {period} is al gepubliceerd.",
		"Kies een ander jaar.",
	},
	"release-period-published": {
		"Al gepubliceerd",
		"Deze periode is al gepubliceerd: {period}.",
		"Wat je verbeterde, staat in de volgende publicatie.",
	},
	"release-published": {
		"Publicatie ligt vast",
		"Deze publicatie is al verschenen. Ze verandert niet meer.",
		"Wat je verbetert, staat in de volgende publicatie. Klopt ze echt niet, trek ze dan in.",
	},
	"release-not-published": {
		"Nog niet verschenen",
		"Deze publicatie is nooit verschenen.",
		"Een voorstel laat je vallen; intrekken hoeft niet.",
	},
	"release-dropped": {
		"Voorstel vervallen",
		"Dit voorstel is vervallen.",
		"Maak een nieuw voorstel.",
	},
	"release-withdrawn": {
		"Publicatie ingetrokken",
		"Deze publicatie is ingetrokken.",
		"Maak een nieuw voorstel voor dezelfde periode.",
	},
	"release-own-proposal": {
		"Iemand anders moet bevestigen",
		"Je hebt dit voorstel zelf gemaakt. Een tweede persoon moet het bevestigen.",
		"Vraag een collega om alles na te kijken en te bevestigen.",
	},
	"release-not-own-proposal": {
		"Voorstel van iemand anders",
		"Alleen wie het voorstel maakte, schrijft de zinnen. Zo kijkt er altijd een tweede persoon naar.",
		"Vraag het aan die collega, of laat het voorstel vallen en maak er zelf een.",
	},
	"release-place-unknown": {
		"Plaats bestaat niet",
		"Op die plaats in deze uitgave kan geen tekst staan.",
		"Kies een plaats uit de lijst.",
	},
	"release-built-invalid": {
		"Bestanden kloppen niet",
		"De bestanden van deze publicatie zijn niet goed gemaakt. Er is niets gepubliceerd.",
		"Laat ze opnieuw maken. Blijft het fout gaan, verwittig de beheerder.",
	},
	"release-table-narrower": {
		"Tabel toont te veel",
		"Een tabel zou meer tonen dan in een vroegere publicatie.",
		"Laat de bestanden opnieuw maken.",
	},
	"release-figures-differ": {
		"Andere cijfers dan eerst",
		"Deze periode is al eens gepubliceerd: {period}. De cijfers moeten dezelfde zijn als toen.",
		"Laat de bestanden opnieuw maken.",
	},
	"release-sentences-changed": {
		"Zinnen gewijzigd",
		"De zinnen zijn gewijzigd nadat de bestanden gemaakt werden.",
		"Laat de bestanden opnieuw maken en kijk ze weer na.",
	},
}
