package guard_test

import "testing"

// What is just enough to be found, beside what is just not: each line shows one condition of the guard.
func TestLimitsOfNumbers(t *testing.T) {
	check(t, map[string]string{
		"+32 800 12 345":     "", // a service line, also from abroad
		"0032 800 12 345":    "",
		"070 12 34 56":       "",
		"090 12 34 56":       "",
		"nr 20170730 033 84": "national-number block: 20170730 033 84",
		"nr 21850730 033 28": "",
		"080 12 34 56":       "telephone block: 080 12 34 56",
		"+33 80 01 23 45":    "telephone block: 33 80 01 23 45",
		"0579 12 34 56":      "",
		"+33 12 34 56":       "",
		"+33 12 34 56 7":     "telephone block: 33 12 34 56 7",
		"+123456789012345":   "telephone block: 123456789012345",
		// one digit more than any telephone has
		"+1234567890123456":           "",
		"+32 0479 12 34 56":           "telephone block: 32 0479 12 34 56",
		"32 479 12 34 56":             "telephone block: 32 479 12 34 56",
		"32 56 71 12 34":              "",
		"0451 12 34 56":               "telephone block: 0451 12 34 56",
		"0441 12 34 56":               "",
		"056 71 12 34":                "telephone block: 056 71 12 34",
		"009 71 12 34":                "",
		"85.12.30-033.29":             "national-number ask: 85.12.30-033.29",
		"85.13.30-033.28":             "",
		"85.00.00-033.28":             "",
		"850730 033 29":               "national-number ask: 850730 033 29",
		"85073003329":                 "national-number ask: 85073003329", // in one piece, as it stands on a form
		"+85073003329":                "telephone block: 85073003329",
		"8507 3003 329":               "",
		"+++090/9337/55494+++":        "payment-message block: 090/9337/55494",
		"***090/9337/55494***":        "payment-message block: 090/9337/55494",
		"+++090/9337/55494***":        "",
		"090 9337 55493":              "payment-message block: 090 9337 55493",
		"090-9337554-93":              "document block: 090-9337554-93", // an identity card, which has the same check
		"BE68-5390-0754-7034":         "iban block: BE68-5390-0754-7034",
		"BE68 5390 0754 703":          "",
		"NL91ABNA0417164300":          "iban block: NL91ABNA0417164300",
		"NL91 ABNA 0417 1643 01":      "",
		"NL91ABNA0417164300A":         "",
		"GB82 WEST 1234 5698 7654 32": "iban block: GB82 WEST 1234 5698 7654 32",
	})
}

// A company number is only asked about, and so no telephone number may pass for one: not after a word for companies, and
// not after a web address.
func TestATelephoneIsNoCompanyNumber(t *testing.T) {
	check(t, map[string]string{
		"BE 0403.019.261":                              "company-number ask: 0403.019.261",
		"0403.019.261":                                 "company-number ask: 0403.019.261",
		"0403 019 262":                                 "",
		"1000.000.021":                                 "company-number ask: 1000.000.021",
		"BE 1000.000.022":                              "company-number ask: 1000.000.022",
		"btw is nog: 0403 019 262":                     "company-number ask: 0403 019 262",
		"btw is nog eens 0403 019 262":                 "",
		"Het gaat over btw. Nummer 0403 019 262":       "",
		"BE 2403.019.261":                              "",
		"BE 0403.019.262":                              "company-number ask: 0403.019.262",
		"ondernemingsnummer 403 019 261":               "company-number ask: 403 019 261", // as it was written before 2005
		"het getal 403 019 261":                        "",
		"zie www.harelbeke.be 0479 12 34 56":           "telephone block: 0479 12 34 56",
		"zie harelbeke.be, 056 71 12 34":               "telephone block: 056 71 12 34",
		"zie harelbeke.be 403 019 261":                 "",
		"BE0479.12.34.56":                              "telephone block: 0479.12.34.56",
		"btw: 056 71 12 34":                            "telephone block: 056 71 12 34",
		"mijn ondernemingsnummer en gsm 0479 12 34 56": "telephone block: 0479 12 34 56",
	})
}

func TestLimitsOfDays(t *testing.T) {
	check(t, map[string]string{
		"vergadering op 12 maart":                    "",
		"op 12 maart 85":                             "",
		"geboren in 1899":                            "",
		"geboren in 1900":                            "age ask: 1900",
		"geboren in 2099":                            "age ask: 2099",
		"geboren in 2100":                            "",
		"geboren op 12/03-2018":                      "age ask: 2018",
		"geboren op 12/003/2018":                     "age ask: 2018",
		"geboren op 31/12/2018":                      "birth-date block: 31/12/2018",
		"geboren op 32/12/2018":                      "age ask: 2018",
		"geboren op 12/13/2018":                      "age ask: 2018",
		"geboren op 0/03/2018":                       "age ask: 2018",
		"geboren op 12/0/2018":                       "age ask: 2018",
		"op 12/03/1899":                              "",
		"op 12/03/1900":                              "birth-date block: 12/03/1900",
		"op 31/12/2009":                              "birth-date block: 31/12/2009",
		"op 2009-12-31":                              "birth-date block: 2009-12-31",
		"op 01/01/2010":                              "",
		"op 12/03/09":                                "birth-date block: 12/03/09",
		"op 12/03/29":                                "", // two digits below 30 are of this century
		"op 12/03/30":                                "birth-date block: 12/03/30",
		"geboren op de 12de maart 2018":              "birth-date block: 12de maart 2018",
		"geboren op de 1ste maart":                   "birth-date block: 1ste maart",
		"geboren op 12e maart":                       "birth-date block: 12e maart",
		"geboren op 31 maart":                        "birth-date block: 31 maart",
		"geboren op 32 maart":                        "",
		"geboren op 0 maart":                         "",
		"geboren op 120 maart":                       "",
		"sinds 12 maart 2009":                        "birth-date block: 12 maart 2009",
		"sinds 12 maart 2010":                        "",
		"12 maart '85":                               "birth-date block: 12 maart '85",
		"12 maart negentienhonderd vijfentachtig":    "birth-date block: 12 maart negentienhonderd vijfentachtig",
		"12 maart negentien vijfentachtig":           "birth-date block: 12 maart negentien vijfentachtig",
		"° 12/03/2018":                               "birth-date block: 12/03/2018",
		"12/03/2018 geboren":                         "birth-date block: 12/03/2018",
		"geboren een twee drie vier 12/03/2018":      "birth-date block: 12/03/2018",
		"geboren een twee drie vier vijf 12/03/2018": "", // too far away
	})
}

func TestLimitsOfAges(t *testing.T) {
	check(t, map[string]string{
		"cet homme a 34 ans":           "age ask: 34 ans",
		"leeftijd: 34":                 "age ask: 34",
		"leeftijd van 34":              "age ask: 34",
		"leeftijd om 34":               "",
		"een auto van 34 jaar":         "",
		"een auto, 7 jaar":             "",
		"het huis wordt 34 jaar":       "",
		"een vrouw wordt 34 jaar":      "age ask: 34 jaar",
		"zij is 34 jaar lang":          "",
		"kinderen (34)":                "",
		"leeftijd is 34":               "age ask: 34",
		"een meisje van 8":             "age ask: 8",
		"een mama van 3":               "", // children
		"een vrouw (34)":               "age ask: 34",
		"een vrouw 34":                 "",
		"een vrouw, al 34 jaar":        "",
		"een jongen 7 jaar":            "",
		"een jongen, 7 jaar lang":      "",
		"zij wordt 8":                  "",
		"zij wordt 8 jaar":             "age ask: 8 jaar",
		"zij is 65 kilometer ver":      "",
		"34 j":                         "age ask: 34 j",
		"tot 34 j":                     "",
		"115 jaar oud":                 "age ask: 115 jaar oud",
		"116 jaar oud":                 "",
		"een vrouw van 65 tot 70 jaar": "",
		"Fatima van 34 jaar":           "name ask: Fatima | age ask: 34 jaar",
		"een gezin van 5 personen":     "",
		"tweejarige":                   "age ask: tweejarige",
	})
}

// What is stopped for another reason tells nothing more of a person.
func TestOnlyWhatIdentifiesCountsTogether(t *testing.T) {
	check(t, map[string]string{
		"BE68 5390 0754 7035, Fatima, 34 jaar oud": "iban ask: BE68 5390 0754 7035 | name ask: Fatima | age ask: 34 jaar oud",
	})
}

func check(t *testing.T, texts map[string]string) {
	t.Helper()
	for text, want := range texts {
		if got := said(text); got != want {
			t.Errorf("%q\ngot  %s\nwant %s", text, got, want)
		}
	}
}
