package api

import (
	"net/http"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/domain/vocabulary"
)

const forumListPath = "/codelijsten/overleg"

// forumListPages is the forums as words of the practice: what they are called, of which kind and level. What is raised in
// them stands in forumpage.go.
func (s *site) forumListPages() []route {
	return forCoordinators([]route{
		{"GET", forumListPath, people, s.forumListPage},
		{"POST", forumListPath, people, s.registerForum},
		{"GET", forumListPath + "/{forum}", people, s.forumEntryPage},
		{"POST", forumListPath + "/{forum}/wijzigen", people, s.changeForum},
		{"POST", forumListPath + "/{forum}/intrekken", people, s.retireForum},
		{"POST", forumListPath + "/{forum}/terugzetten", people, s.bringBackForum},
	})
}

func wordsTrail(further ...web.Crumb) []web.Crumb {
	return append([]web.Crumb{{Label: web.T("vocabulary.title"), Href: "/codelijsten"}}, further...)
}

func (s *site) forumListPage(w http.ResponseWriter, r *http.Request) error {
	return s.showForumList(w, r, http.StatusOK, web.NewForm(forumListPath, newCommand()))
}

func (s *site) showForumList(w http.ResponseWriter, r *http.Request, status int, register web.Form) error {
	page := web.ForumListPage{Forums: s.book(r).Forums(), Register: s.forumForm(r, register)}
	frame := web.Frame{
		Title: web.T("forumlist.title"), Lead: web.T("forumlist.lead"), Section: "/codelijsten", Trail: wordsTrail(),
	}
	return s.show(w, r, status, frame, page)
}

func (s *site) forumForm(r *http.Request, form web.Form) web.ForumForm {
	return web.ForumForm{Form: form, Levels: web.OptionsOf(s.book(r).Offered(vocabulary.ForumLevels))}
}

// registerForum adds a forum; one without a code gets the code that its name suggests.
func (s *site) registerForum(w http.ResponseWriter, r *http.Request) error {
	return s.submit(w, r, submission{
		give: ordering(r, s.Ledger.Practices, ofPractice(r), func(fields *fields) practice.Command {
			code := fields.code("code")
			if code == "" {
				code = codeFrom(fields.text("label"))
			}
			return practice.RegisterForum{Forum: readForum(fields, code)}
		}),
		show: func(status int, refused web.Form) error { return s.showForumList(w, r, status, refused) },
		next: func(ledger.Receipt) string { return done(forumListPath, "forum-registered") },
	})
}

func readForum(fields *fields, code domain.Code) vocabulary.Forum {
	return vocabulary.Forum{
		Code: code, Label: fields.text("label"), Aliases: fields.lines("aliases"),
		Kind: vocabulary.ForumKind(fields.text("kind")), Level: fields.code("level"),
		Cadence: fields.text("cadence"), Remark: fields.text("remark"),
	}
}

func forumEntryAddress(code domain.Code) string { return forumListPath + "/" + string(code) }

// forumEntryOf is the forum that the path names, with a form for what can be done about it: changed or retired; a retired
// one comes back.
func (s *site) forumEntryOf(r *http.Request) (web.ForumEntryPage, error) {
	forum, known := s.book(r).Forum(domain.Code(variable(r, "forum")))
	page := web.ForumEntryPage{Forum: forum}
	if !known {
		return page, errNoSuchThing
	}
	address := forumEntryAddress(forum.Code)
	if forum.Retired {
		back := s.forumForm(r, filledForum(address+"/terugzetten", forum))
		page.Back = &back
		return page, nil
	}
	change := s.forumForm(r, filledForum(address+"/wijzigen", forum))
	change.Revision = revisionText(s.Set.Words.Revision(actorOf(r).Practice))
	page.Change, page.Retire = &change, formAt(address+"/intrekken")
	return page, nil
}

// filledForum is the form of a forum as it is. Its other names stay, so that only new ones are asked for.
func filledForum(address string, forum vocabulary.Forum) web.Form {
	return web.NewForm(address, newCommand()).
		With("label", forum.Label).With("kind", string(forum.Kind)).With("level", string(forum.Level)).
		With("cadence", forum.Cadence).With("remark", forum.Remark)
}

func (s *site) forumEntryPage(w http.ResponseWriter, r *http.Request) error {
	page, err := s.forumEntryOf(r)
	if err != nil {
		return err
	}
	return s.showForumEntry(w, r, http.StatusOK, page)
}

func (s *site) showForumEntry(w http.ResponseWriter, r *http.Request, status int, page web.ForumEntryPage) error {
	frame := web.Frame{
		Title: page.Forum.Label, Section: "/codelijsten",
		Trail: wordsTrail(web.Crumb{Label: web.T("forumlist.title"), Href: forumListPath}),
	}
	return s.show(w, r, status, frame, page)
}

// changeForum gives a forum another name, kind or level from now on.
func (s *site) changeForum(w http.ResponseWriter, r *http.Request) error {
	return s.aboutForumEntry(w, r, "forum-changed",
		func(fields *fields, code domain.Code) practice.Command {
			return practice.ChangeForum{Forum: readForum(fields, code)}
		},
		func(page *web.ForumEntryPage, refused web.Form) {
			change := s.forumForm(r, refused)
			page.Change = &change
		},
	)
}

// retireForum stops offering a forum.
func (s *site) retireForum(w http.ResponseWriter, r *http.Request) error {
	return s.aboutForumEntry(w, r, "forum-retired",
		func(_ *fields, code domain.Code) practice.Command { return practice.RetireForum{Code: code} },
		func(page *web.ForumEntryPage, refused web.Form) { page.Retire = &refused },
	)
}

// bringBackForum offers a retired forum again, with what is filled in.
func (s *site) bringBackForum(w http.ResponseWriter, r *http.Request) error {
	return s.aboutForumEntry(w, r, "forum-back",
		func(fields *fields, code domain.Code) practice.Command {
			return practice.RegisterForum{Forum: readForum(fields, code)}
		},
		func(page *web.ForumEntryPage, refused web.Form) {
			back := s.forumForm(r, refused)
			page.Back = &back
		},
	)
}

// aboutForumEntry gives a command about one forum; refused, its form stands on the forum's page as it was left.
func (s *site) aboutForumEntry(
	w http.ResponseWriter, r *http.Request, what string,
	read func(*fields, domain.Code) practice.Command, place func(*web.ForumEntryPage, web.Form),
) error {
	page, err := s.forumEntryOf(r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: ordering(r, s.Ledger.Practices, ofPractice(r), func(fields *fields) practice.Command {
			return read(fields, page.Forum.Code)
		}),
		show: func(status int, refused web.Form) error {
			place(&page, refused)
			return s.showForumEntry(w, r, status, page)
		},
		next: func(ledger.Receipt) string { return done(forumEntryAddress(page.Forum.Code), what) },
	})
}
