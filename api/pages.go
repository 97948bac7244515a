package api

// pages lists the pages that people see.
func (s *site) pages() []route { return nil }
