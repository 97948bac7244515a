package web

// draftTexts is what is said of drafts.
var draftTexts = map[string]string{
	"drafts.title":        "Concepten",
	"drafts.lead":         "Wat geschreven is en nog niet vastgelegd. Lees het na, laat een collega meelezen waar dat moet, en leg het vast.",
	"drafts.own":          "Van jou",
	"drafts.others":       "Van collega’s",
	"drafts.none":         "Er zijn er geen.",
	"draft.title":         "Concept",
	"draft.unrecorded":    "Nog niet vastgelegd. Alleen je praktijk ziet dit.",
	"draft.own":           "Jij schreef het zo.",
	"draft.others":        "Een collega schreef het zo.",
	"draft.waits":         "wacht op een collega",
	"draft.waits.how":     "Pas de tekst aan, of vraag een collega om mee te lezen en te bevestigen.",
	"draft.stuck":         "kan nu niet",
	"draft.ready":         "klaar om vast te leggen",
	"draft.answer":        "Kijk na wat hierboven staat. Wijst het niemand aan, dan kun je bevestigen. We bewaren dat jij meelas.",
	"draft.confirm":       "Leg vast",
	"draft.confirm-asked": "Ik las mee: leg vast",
	"draft.open":          "Verbeter het of gooi het weg",
	"draft.about":         "Dit gaat over:",
	"draft.save":          "Bewaar als concept",
	"draft.ask":           "Laat een collega meelezen",
	"draft.change":        "Verbeter het",
	"draft.change.save":   "Bewaar het concept",
	"draft.drop":          "Gooi het weg",
	"draft.drop.hint":     "Er blijft niets van over.",
	"draft.drop.save":     "Gooi dit concept weg",
}

// draftRefusals is the refusals of texts that the guard asks about, and of drafts.
var draftRefusals = map[string]refusal{
	"text-identifies": {
		"De tekst wijst iemand aan",
		"In deze tekst staat iets dat zegt over wie het gaat: {found}. Er is niets bewaard.",
		"Haal het weg. Beschrijf de drempel, niet de persoon.",
	},
	"text-may-identify": {
		"De tekst wijst misschien iemand aan",
		"In deze tekst staat misschien iets dat zegt over wie het gaat: {found}. Er is niets bewaard.",
		"Pas de tekst aan. Kan dat niet, laat dan een collega meelezen en bevestigen.",
	},
	"draft-gone": {
		"Het concept is er niet meer",
		"Dit concept is er niet meer: het is vastgelegd of weggegooid, of het hoort niet bij je praktijk.",
		"Kijk bij de concepten, of bij het signaal waar het over ging.",
	},
	"draft-changed": {
		"Concept intussen veranderd",
		"Dit concept is intussen veranderd. Er is niets vastgelegd.",
		"Lees wat er nu staat, en probeer het dan opnieuw.",
	},
	"draft-unread": {
		"Zeg welke versie je las",
		"Er is niet gezegd welke versie van het concept je las.",
		"Geef met If-Match de versie mee die je las.",
	},
	"override-by-author": {
		"Laat een collega meelezen",
		"Wie de tekst schreef, kan hem niet zelf bevestigen.",
		"Vraag een collega om mee te lezen en te bevestigen.",
	},
}
