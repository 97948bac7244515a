package api

import (
	_ "embed"
	"net/http"
	"slices"
)

// contractPath is where the contract of /api/v1 is read.
const contractPath = apiPath + "/openapi.json"

//go:embed openapi.json
var contract []byte

func (s *site) contract(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "public, max-age=300")
	_, _ = w.Write(contract)
	return nil
}

// interfaceRoutes is /api/v1: every command of every aggregate, and every question.
func (s *site) interfaceRoutes() []route {
	return slices.Concat(
		s.contactCalls(),
		s.sessionCalls(),
		s.focusgroepCalls(),
		s.signalCalls(),
		s.bundleCalls(),
		s.recommendationCalls(),
		s.forumCalls(),
		s.referralCalls(),
		s.reportCalls(),
		s.practiceCalls(),
		s.cardCalls(),
		s.erasureCalls(),
		s.releaseCalls(),
		s.draftCalls(),
	)
}
