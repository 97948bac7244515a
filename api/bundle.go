package api

import (
	"net/http"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
)

// bundleCalls is what can be said of signals that are one, or several.
func (s *site) bundleCalls() []route {
	return commands(s, s.Ledger.Bundles, bundleVerbs...)
}

var bundleVerbs = []verb[bundle.Command]{
	{path: "/bundles/bundle", command: bundle.Bundle{}, stream: ofPracticeBundles},
	{path: "/bundles/unbundle", command: bundle.Unbundle{}, stream: ofPracticeBundles},
	{path: "/bundles/split", command: bundle.SplitUp{}, stream: ofPracticeBundles},
}

// ofPracticeBundles is the one stream of bundles that a practice has.
func ofPracticeBundles(r *http.Request) domain.StreamID {
	return domain.NewStreamID(bundle.Decider.Category, string(actorOf(r).Practice))
}
