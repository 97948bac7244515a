package vault

// CopiedColumns is the columns that a copy takes along, by table.
func CopiedColumns() map[string][]string {
	all := map[string][]string{}
	for _, t := range tables {
		for _, c := range t.columns {
			all[t.name] = append(all[t.name], c.name)
		}
	}
	return all
}
