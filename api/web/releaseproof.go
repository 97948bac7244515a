package web

// ReleaseProof is how anybody checks a release that is out, without this program.
type ReleaseProof struct {
	Href   string // of all files with the proof, in one; empty: it waits for witnesses
	Saved  string // what that is saved as
	Digest string // its SHA-256, in hexadecimal
	Words  string // of the root of the ledger
	Size   int    // of the ledger, in events
	Key    string // of the ledger
}

// releaseProofTexts is what is said of checking a release. What outsiders read of it stands in package outside.
var releaseProofTexts = map[string]string{
	"release-proof.title":       "Zo kijkt iedereen na of dit klopt",
	"release-proof.what":        "Wat verschenen is, kan niemand nog veranderen zonder dat iemand het merkt. Ook wij niet. Iedereen kan dat nakijken in drie stappen, ook zonder internet.",
	"release-proof.get":         "Download het bewijs.",
	"release-proof.get.how":     "Dat is een zip met alle documenten en wat nodig is om ze na te kijken. Zet het programma signaalboek-verify in dezelfde map. Een lezer haalt dat best bij iemand die hij vertrouwt, liefst niet bij ons.",
	"release-proof.zip":         "Alles samen, met het bewijs (zip)",
	"release-proof.run":         "Laat het programma kijken.",
	"release-proof.run.how":     "Open een opdrachtvenster in die map en typ:",
	"release-proof.compare":     "Vergelijk de woorden.",
	"release-proof.compare.how": "Het programma toont acht woorden: dezelfde als hier. Een getuige die ze bewaart, heeft ze ook. Wie een document op papier heeft, vergelijkt het kenmerk onderaan met dat van het document in de zip. Het programma kijkt na dat er sindsdien alleen iets bij kwam.",
	"release-proof.words":       "De acht woorden",
	"release-proof.size":        "Gebeurtenissen in het signaalboek",
	"release-proof.key":         "Sleutel van het signaalboek",
	"release-proof.digest":      "Controlegetal van het bewijs (SHA-256)",
	"release-proof.tells":       "Wie het bewijs opent, ziet ook hoeveel er tussen twee stappen bewaard is, en hoeveel er over hetzelfde signaal bewaard is. Wie goed rekent, kan daaruit schatten wanneer iemand een stap opschreef. Over wie het gaat, staat er niet in. Wat iemand daaruit afleidt, is niet nagerekend.",
	"release-proof.waits":       "Het bewijs is er nog niet. Het wacht op getuigen: anderen die bevestigen dat ze hetzelfde zien. Je hoeft niets te doen.",
}
