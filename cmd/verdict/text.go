package verdict

import "signaalboek/domain/proof"

// sentences is what is said outside findings, by name.
var sentences = map[string]string{
	"usage":    "Gebruik: %s BESTAND [opties]\n\nKijkt een publicatie na, zonder het signaalboek en zonder internet. BESTAND is de zip van de publicatie,\nof wat een auditor meenam: het bewijs van een gebeurtenis, of de geschiedenis.\n\n",
	"codes":    "\nHet programma eindigt met 0 als alles klopt, 1 als er iets niet klopt, 2 als het bevel niet goed gegeven is,\nen 3 als niet alles nagekeken kon worden.\n",
	"policy":   "`bestand` dat zegt welke sleutel en welke getuigen je gelooft",
	"previous": "`bestand` van een vroegere publicatie, dat je zelf bewaarde",
	"json":     "schrijf één regel JSON, voor programma's",

	"one-bundle":     "Geef de zip van één publicatie: %s BESTAND",
	"option":         "Een optie is niet gekend, of niet goed ingevuld. Kijk met: %s --help",
	"no-file":        "Het bestand %s is er niet, of is niet te lezen.",
	"too-large":      "Het bestand %s is te groot voor een publicatie.",
	"no-policy-file": "Het bestand %s zegt niet op de juiste manier wie je gelooft. Schrijf: log SLEUTEL, en daaronder: quorum none. Of met een getuige: witness NAAM SLEUTEL, en daaronder: quorum NAAM.",
	"unwritten":      "Wat gevonden werd, kon niet geschreven worden.",

	"bundle":      "Dit bestand heeft SHA-256 %s.\n",
	"checkpoint":  "Het controlepunt van %s telt %d gebeurtenissen. De acht woorden:\n  %s\n",
	"document":    "Op de documenten staat het kenmerk na %d gebeurtenissen. De acht woorden op papier:\n  %s\n",
	"cosignature": "Medeondertekend door %s op %s.\n",
	"key": `De sleutel komt uit het bestand zelf. Wie alles vervalst, vervalst ook de sleutel. Vergelijk ze daarom met de sleutel die
je langs een andere weg kreeg, van de praktijk of van een getuige:
  %s
Is het dezelfde, zet dan deze twee regels in een bestand en geef dat mee met --policy:
  log %[1]s
  quorum none
`,
	"first":   " Het eerste dat niet klopt: %s.",
	"unclear": " Het gaat om: %s.",
}

func text(name string) string { return sentences[name] }

// conclusions is what all findings come to.
var conclusions = map[proof.Result]string{
	proof.Held:      "Alles klopt.",
	proof.Failed:    "Er klopt iets niet. Vertrouw dit bestand niet, en vraag uitleg aan de praktijk.",
	proof.Undecided: "Wat nagekeken kon worden, klopt. Niet alles kon nagekeken worden.",
}

// marks stand before a finding.
var marks = map[proof.Result]string{
	proof.Held: "[klopt] ", proof.Failed: "[FOUT]  ", proof.Undecided: "[?]     ", proof.Absent: "[-]     ",
}

// titles is what each check looks at, and what it means that it holds.
var titles = map[proof.Check]string{
	proof.CheckTaken:         "Het bestand is volledig en leesbaar.",
	proof.CheckLeaves:        "Alle controlegetallen samen geven het controlepunt: niets is gewijzigd, en niets is weggelaten.",
	proof.CheckLines:         "Elke gebeurtenis is geteld, en wat apart getoond wordt, heeft een bewijs.",
	proof.CheckArchive:       "De zip is ingepakt zoals dit programma het doet.",
	proof.CheckEvidence:      "De bewijsstukken zijn er, en zijn leesbaar.",
	proof.CheckSignature:     "Het signaalboek ondertekende het controlepunt.",
	proof.CheckKey:           "De sleutel die ondertekende, is er een die je gelooft.",
	proof.CheckQuorum:        "Genoeg getuigen ondertekenden mee.",
	proof.CheckPrinted:       "De documenten dragen het controlepunt van het voorstel.",
	proof.CheckSinceDocument: "Sinds het voorstel kwam er alleen iets bij.",
	proof.CheckSincePrevious: "Sinds de vorige publicatie kwam er alleen iets bij.",
	proof.CheckRelease:       "De publicatie staat in het signaalboek.",
	proof.CheckEvents:        "De stappen die getoond worden, staan in het signaalboek.",
	proof.CheckFields:        "Wat van gebeurtenissen getoond wordt, is wat genoteerd werd.",
	proof.CheckFiles:         "Elk bestand is het bestand dat verscheen, en er is er geen te veel of te weinig.",
	proof.CheckBundle:        "Alle bestanden samen zijn wat verscheen.",
	proof.CheckGate:          "De samenvatting van de controle op herkenbaarheid is wat genoteerd werd.",
	proof.CheckTables:        "De tabellen spreken elkaar niet tegen, en de totalen kunnen kloppen.",
	proof.CheckSteps:         "De stappen van signalen zijn de stappen die genoteerd werden.",
}

// reasons is why a check did not hold.
var reasons = map[proof.Reason]string{
	proof.NoKey:         "Niemand zei welk signaalboek je gelooft. Zet in een bestand: log SLEUTEL, en daaronder: quorum none. Geef het mee met --policy.",
	proof.LeafDiffers:   "Er ontbreekt een controlegetal, of er is er een veranderd.",
	proof.LineDiffers:   "Een regel ontbreekt, of telt verkeerd.",
	proof.NotAZip:       "Het bestand is geen zip, of is beschadigd.",
	proof.ZipDiffers:    "De zip is veranderd of opnieuw ingepakt.",
	proof.NoEvidence:    "Er zitten geen bewijsstukken bij. Vraag de praktijk de publicatie met bewijs.",
	proof.EvidenceWrong: "Een bewijsstuk ontbreekt, of is veranderd.",
	proof.Unread:        "Wat daarvoor nodig is, kon niet gelezen worden.",
	proof.NoCheckpoint:  "Er is geen ondertekend controlepunt.",
	proof.NotSigned:     "De handtekening klopt niet.",
	proof.OtherKey:      "Een andere sleutel ondertekende dan die je gelooft.",
	proof.KeyDiffers:    "De sleutel in het bestand is niet de sleutel die ondertekende.",
	proof.KeyInBundle:   "Alleen het bestand zelf zegt van wie de sleutel is.",
	proof.NoPolicy:      "Je gaf niet mee welke getuigen je gelooft.",
	proof.TooFew:        "Te weinig getuigen ondertekenden mee.",
	proof.BadCosign:     "De handtekening van een getuige klopt niet.",
	proof.NotPrinted:    "Deze documenten dragen geen controlepunt. Vroegere publicaties hadden dat niet.",
	proof.OtherRoot:     "Een document draagt een ander controlepunt.",
	proof.NotExtended:   "De geschiedenis is veranderd.",
	proof.NoPrevious:    "Het bestand noemt geen vorige publicatie. Heb je er zelf een, geef ze dan mee met --previous.",
	proof.PreviousWrong: "Het bestand van --previous is geen publicatie met bewijsstukken.",
	proof.OtherLedger:   "De publicatie die je bewaarde, is met een andere sleutel ondertekend.",
	proof.Shrunk:        "De publicatie die je bewaarde, kent een langere geschiedenis: er verdween iets. Of je verwisselde de twee bestanden.",
	proof.Swapped:       "De publicatie die je bewaarde, is de latere van de twee. Verwissel de bestanden.",
	proof.Forked:        "De publicatie die je bewaarde, kent een andere geschiedenis.",
	proof.NoProof:       "Dit bestand bewijst alleen iets over de publicatie vlak ervoor, en dat is niet de publicatie die je bewaarde. Kijk eerst de publicaties daartussen na. Is er een ingetrokken, laat een auditor dan je controlepunt nakijken.",
	proof.NotIncluded:   "Een gebeurtenis staat niet in het signaalboek.",
	proof.OutOfOrder:    "Een gebeurtenis staat niet op haar plaats.",
	proof.NotChain:      "Er is een gebeurtenis getoond die nooit getoond wordt.",
	proof.FieldDiffers:  "Wat getoond wordt, is niet wat genoteerd werd.",
	proof.FieldClosed:   "Iets dat getoond moet worden, is verborgen.",
	proof.FileMissing:   "Een bestand ontbreekt.",
	proof.FileExtra:     "Er is een bestand te veel.",
	proof.FileDiffers:   "Een bestand is veranderd.",
	proof.BundleDiffers: "De bestanden samen zijn niet wat verscheen.",
	proof.GateDiffers:   "De samenvatting is veranderd.",
	proof.OtherForm:     "De publicatie is nieuwer dan dit programma. Gebruik een nieuwere versie.",
	proof.TableDiffers:  "Een tabel zegt iets anders dan release.json, of dan wat genoteerd werd.",
	proof.BandInvalid:   "Een aantal staat op een manier die nooit verschijnt.",
	proof.Impossible:    "Een deel is groter dan het geheel.",
	proof.StepDiffers:   "Van een gebeurtenis wordt iets anders verteld dan genoteerd werd.",
	proof.StepUnproven:  "Van een stap die verteld wordt, is geen gebeurtenis getoond.",
}

// months are the names of months.
var months = [...]string{
	"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
}
