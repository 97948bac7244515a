package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"signaalboek/cmd/verdict"
)

// manual is what a command says of itself when it is asked, above its options.
type manual struct {
	forms []string // how it is written, after its name; once without more, if there are none
	does  string
	ends  string // with which numbers, if it can end with others than 0 and 1
}

// manuals has those of every command, by its name.
func manuals() map[string]manual {
	const usual = "0: klaar. 1: het ging niet, of een optie was verkeerd. 2: "
	return map[string]manual{
		"demo":           {does: "Start een demonstratie. Ze verdwijnt als het programma stopt, tenzij je met --data een map geeft."},
		"serve":          {does: "Start het signaalboek van een praktijk. De eerste keer wordt het gemaakt."},
		"user":           {forms: []string{"add ROL", "link"}, does: "Voegt iemand toe, of maakt een nieuwe aanmeldlink. Kan terwijl het programma draait."},
		"export":         {forms: []string{"events"}, does: "Schrijft elke gebeurtenis uit zoals ze in het logboek staat. Teksten blijven dicht. Kan terwijl het programma draait."},
		"release":        {forms: []string{"list", "export NUMMER MAP"}, does: "Somt de publicaties op, of schrijft de bestanden van een in een map. Stop eerst het programma."},
		"verify":         {does: "Kijkt het hele signaalboek na: elke gebeurtenis, wat ondertekend werd, en elk overzicht. Kan terwijl het programma draait.", ends: "0: alles wat nagekeken kon worden, klopt. 1: er klopt iets niet, of het ging niet."},
		"verify-release": {forms: []string{"NUMMER"}, does: "Maakt een publicatie opnieuw uit het logboek, en vergelijkt elk bestand. Stop eerst het programma.", ends: "0: alles is hetzelfde. 1: er verschilt iets, of het ging niet."},
		"rebuild":        {does: "Bouwt alle overzichten opnieuw op uit het logboek. Stop eerst het programma."},
		"history":        {forms: []string{"", "accept REDEN"}, does: "Toont wat er ondertekend werd. Met accept begin je na een verlies een nieuwe geschiedenis: stop dan eerst het programma.\nREDEN is restored (er is een oude kopie teruggezet), damaged (er is iets gewijzigd of verloren) of key-lost (de sleutel is weg, of iemand anders heeft ze)."},
		"audit":          {forms: []string{"export --to BESTAND"}, does: "Schrijft de geschiedenis zonder mensen uit, om ze elders na te kijken met: verify BESTAND. Kan terwijl het programma draait."},
		"witness key":    {does: "Maakt de sleutel van een getuige. Het geheime deel komt in een bestand, het publieke wordt getoond."},
		"witness cosign": {forms: []string{"VRAAG"}, does: "Tekent mee, als er alleen iets bij kwam sinds de vorige keer. VRAAG is het bestand dat je van het signaalboek kreeg."},
		"witness add":    {forms: []string{"REGEL"}, does: "Voegt toe wat een getuige teruggaf. Zet REGEL tussen aanhalingstekens. Kan terwijl het programma draait."},
		"forget":         {forms: []string{"signal NUMMER", "recommendation NUMMER", "text GEBEURTENIS VELD", "card NUMMER"}, does: "Wist voorgoed. Stop eerst het programma, als het logboek in een map staat."},
		"rotate":         {does: "Geeft de kluis een nieuwe sleutel. Oude kopieën van de kluis openen dan niets meer. Kan terwijl het programma draait."},
		"encrypt":        {does: "Versleutelt alles op de schijf. Stop eerst het programma."},
		"decrypt":        {does: "Ontsleutelt alles op de schijf. Stop eerst het programma."},
		"backup":         {forms: []string{"--to MAP --recipient SLEUTEL --vault-recipient SLEUTEL", "--new-identity BESTAND", "--rehearse RESERVEKOPIE… --identity BESTAND"}, does: "Maakt een reservekopie, ook terwijl het programma draait. Of maakt een paar sleutels. Of kijkt na of een reservekopie terug te zetten is.", ends: usual + "de reservekopie is beschadigd of vervallen."},
		"restore":        {forms: []string{"RESERVEKOPIE… --identity BESTAND"}, does: "Zet reservekopieën terug waar nog niets staat. Stop eerst het programma.", ends: usual + "de reservekopie is beschadigd of vervallen, mist wat ondertekend werd, of er staat al iets anders."},
		"migrate":        {forms: []string{"--from PLAATS --to PLAATS"}, does: "Verhuist een signaalboek naar een andere plaats, en vergelijkt de twee. Stop eerst alles wat ermee werkt.", ends: usual + "de twee verschillen, of er stond al iets anders. 3: er wordt nog geschreven."},
		"doctor":         {does: "Kijkt na of alles in orde is, en zegt wat er scheelt. Stop eerst het programma, als het logboek in een map staat."},
		"version":        {does: "Toont de versie."},
	}
}

// options is what a command can be told. Asked for help, it says it in Dutch; what package flag says of a mistake is not, and
// may repeat a password.
func (c *call) options() *flag.FlagSet {
	options := flag.NewFlagSet("signaalboek "+c.name, flag.ContinueOnError)
	options.SetOutput(io.Discard)
	options.Usage = func() {}
	return options
}

// misused is an error of reading options, in words; whoever asked for help gets it.
func (c *call) misused(options *flag.FlagSet, err error) error {
	switch {
	case errors.Is(err, flag.ErrHelp):
		return c.showHelp(options)
	case err != nil:
		return mistake("Een optie is niet gekend, of niet goed ingevuld. Kijk met: signaalboek %s --help", c.name)
	}
	return nil
}

// showHelp writes what a command does and what it can be told.
func (c *call) showHelp(options *flag.FlagSet) error {
	own := manuals()[c.name]
	lead := "Gebruik: "
	for _, form := range own.written() {
		fmt.Fprintf(c.stderr, "%s%s [opties]\n", lead, strings.TrimSpace("signaalboek "+c.name+" "+form))
		lead = "         "
	}
	fmt.Fprintf(c.stderr, "\n%s\n\n", own.does)
	verdict.WriteOptions(c.stderr, options)
	if own.ends != "" {
		fmt.Fprintf(c.stderr, "\nHet programma eindigt met een getal. %s\n", own.ends)
	}
	return flag.ErrHelp
}

func (m manual) written() []string {
	if len(m.forms) == 0 {
		return []string{""}
	}
	return m.forms
}
