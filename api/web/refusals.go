package web

import (
	"regexp"
	"strings"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
)

// refusal is what people read when something is not done. Sentence may name values, as {key} of Refusal.With; Title and
// Remedy never do: they stand on a page of their own, for whoever meets the code.
type refusal struct {
	Title    string
	Sentence string // what is wrong
	Remedy   string // what to do
}

// RefusalTitle is what a refusal is called, in a few words.
func RefusalTitle(code string) string { return refusals[code].Title }

// RefusalMeaning is what a code means for whoever meets it, and what to do. False if there is no such code.
func RefusalMeaning(code string) (title, remedy string, known bool) {
	r, known := refusals[code]
	return r.Title, r.Remedy, known
}

// RefusalSentence says in Dutch what is wrong and what to do, in the words of a practice.
func RefusalSentence(r *domain.Refusal, book vocabulary.Book) string {
	text, known := refusals[r.Code]
	if !known {
		return r.Code
	}
	if strings.Contains(text.Sentence, "{code}") && r.With["code"] == "" {
		return T("form.unchosen") + " " + text.Remedy
	}
	named := placeholder.ReplaceAllStringFunc(text.Sentence, func(key string) string {
		return sayNamed(r.With, key[1:len(key)-1], book)
	})
	return named + " " + text.Remedy
}

var placeholder = regexp.MustCompile(`\{[a-zA-Z]+\}`)

// sayNamed is a value that a refusal names, as people call it: the label of a code, a day as it is written here.
func sayNamed(with map[string]string, key string, book vocabulary.Book) string {
	value := with[key]
	if value == "" {
		return "…"
	}
	if day, err := time.Parse(time.DateOnly, value); err == nil {
		return Date(domain.DayOf(day))
	}
	switch key {
	case "list":
		return listName(value)
	case "reason":
		return Word("closing", value)
	case "forum":
		return book.ForumLabel(domain.Code(value))
	case "found":
		return sayFindings(value)
	case "period":
		return sayPeriod(value)
	case "code":
		if list := with["list"]; list != "" {
			return book.Label(domain.Code(list), domain.Code(value))
		}
	}
	return value
}

// sayPeriod is what a release is about, of a period that was named by release.Period.
func sayPeriod(named string) string {
	year, part, _ := strings.Cut(named, "-")
	if part == string(release.FirstHalf) {
		return "de eerste helft van " + year
	}
	return "het jaar " + year
}

// listName is how a code list is called in a sentence.
func listName(list string) string {
	if name, ok := listNames[domain.Code(list)]; ok {
		return name
	}
	return list
}

var listNames = map[domain.Code]string{
	vocabulary.Activities: "activiteiten", vocabulary.Themes: "thema’s", vocabulary.Approaches: "aanpakken",
	vocabulary.Services: "diensten", vocabulary.Thresholds: "drempels", vocabulary.TargetGroups: "doelgroepen",
	vocabulary.Initiatives: "initiatieven", vocabulary.Places: "plekken", vocabulary.Relations: "werkrelaties",
	vocabulary.FeedbackChannels: "manieren van terugkoppelen", vocabulary.Roles: "rollen",
	vocabulary.ReportThemes: "rapportthema’s", vocabulary.Phases: "fasen", vocabulary.ForumLevels: "niveaus",
}

// refusals is every refusal, by code: those of the domain, of the projections, and of the site itself. Plain words,
// short sentences, and always what to do. Each noun keeps its own in <noun>text.go, beside what else is said of it.
var refusals = gathered(refusalsOfNouns)

var refusalsOfNouns = []map[string]refusal{
	coreRefusals, siteRefusals, auditRefusals, cardRefusals, contactRefusals, draftRefusals, eraseRefusals, figureRefusals,
	focusgroepRefusals, forumRefusals, pursuitRefusals, recommendationRefusals, referralRefusals,
	foreignRefusals, releaseRefusals, togetherRefusals, sessionRefusals, signalRefusals, vocabularyRefusals,
}

// coreRefusals is the refusals that any noun can meet.
var coreRefusals = map[string]refusal{
	// package ledger
	"unknown": {
		"Niet gevonden",
		"Dit bestaat niet, of het hoort niet bij je praktijk.",
		"Kijk het adres na, of begin opnieuw vanuit de lijst.",
	},
	"stale": {
		"Intussen gewijzigd",
		"Iemand heeft dit intussen gewijzigd. Er is niets bewaard.",
		"Kijk na wat er nu staat, en probeer het dan opnieuw.",
	},
	"command-reused": {
		"Sleutel al gebruikt",
		"Deze sleutel is al gebruikt voor iets anders. Er is niets bewaard.",
		"Maak een nieuwe sleutel voor een nieuwe opdracht.",
	},
	"busy": {
		"Even te druk",
		"Er wordt nu te veel tegelijk bewaard. Er is niets bewaard.",
		"Wacht even en verstuur dezelfde opdracht opnieuw.",
	},
	"log-away": {
		"Het logboek is even niet bereikbaar",
		"Het logboek is nu niet bereikbaar. Verstuurde je net iets, dan is dat misschien nog niet bewaard.",
		"Wacht even en probeer hetzelfde opnieuw: wat je verstuurt, wordt nooit twee keer bewaard.",
	},
	"vault-away": {
		"De kluis is even niet bereikbaar",
		"De kluis met sleutels en kaarten is nu niet bereikbaar. Zonder haar gaat geen tekst open, en er is niets bewaard.",
		"Wacht even en verstuur dezelfde opdracht opnieuw. Duurt het lang, verwittig dan de beheerder.",
	},
	"history-forked": {
		"De geschiedenis klopt niet meer",
		"Het logboek is niet meer wat er eerder ondertekend werd. Er wordt niets meer bewaard tot dat opgelost is.",
		"Lezen kan nog. Verwittig de beheerder: er staat misschien een oude kopie van het logboek.",
	},
	"command-id-missing": {
		"Sleutel ontbreekt",
		"De opdracht heeft geen sleutel.",
		"Geef elke opdracht een eigen sleutel (UUID).",
	},
	"practice-missing": {
		"Praktijk ontbreekt",
		"Er is niet gezegd over welke praktijk het gaat.",
		"Meld je aan met een account van een praktijk.",
	},
	"practice-not-opened": {
		"Praktijk nog niet geopend",
		"Deze praktijk is nog niet geopend.",
		"Open eerst de praktijk.",
	},
	"date-missing": {
		"Datum ontbreekt",
		"Er is geen dag ingevuld.",
		"Vul een dag in.",
	},
	"date-in-future": {
		"Datum in de toekomst",
		"Die dag moet nog komen: vandaag is het {today}.",
		"Kies vandaag of een vroegere dag.",
	},
	"date-long-ago": {
		"Datum te lang geleden",
		"Die dag ligt vóór {earliest}.",
		"Kijk het jaartal na.",
	},

	// package domain
	"link-invalid": {
		"Geen goede link",
		"Dit is geen goede link.",
		"Plak een volledig webadres dat begint met https:// of http://.",
	},
	"digest-invalid": {
		"Geen goed controlegetal",
		"Het controlegetal moet 64 cijfers en kleine letters van a tot f hebben.",
		"Plak de volledige SHA-256, of laat het veld leeg.",
	},
	"planned-day-missing": {
		"Dag ontbreekt",
		"Er is geen dag voor de bijeenkomst.",
		"Vul een dag in.",
	},
	"planned-day-implausible": {
		"Dag kan niet",
		"De dag moet tussen {first} en {last} liggen.",
		"Kijk het jaartal na.",
	},

	// package projections
	"cursor-unknown": {
		"Bladzijde niet gevonden",
		"Dit is geen plaats in de lijst.",
		"Begin opnieuw vanaf het begin van de lijst.",
	},
}
