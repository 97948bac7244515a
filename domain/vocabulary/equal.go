package vocabulary

import "slices"

// Says reports whether t already says all that other says: the same, and at least its aliases.
func (t Term) Says(other Term) bool {
	return t.Code == other.Code && t.Label == other.Label && t.Core == other.Core && t.Remark == other.Remark &&
		t.Retired == other.Retired && includes(t.Aliases, other.Aliases)
}

// Says reports whether f already says all that other says: the same, and at least its aliases.
func (f Forum) Says(other Forum) bool {
	return f.Code == other.Code && f.Label == other.Label && f.Kind == other.Kind && f.Level == other.Level &&
		f.Cadence == other.Cadence && f.Remark == other.Remark && f.Retired == other.Retired &&
		includes(f.Aliases, other.Aliases)
}

// Equal reports whether c and other say the same.
func (c Crosswalk) Equal(other Crosswalk) bool {
	return c.From == other.From && c.To == other.To && c.Since == other.Since && slices.Equal(c.Pairs, other.Pairs)
}

// Equal reports whether f and other say the same.
func (f Figure) Equal(other Figure) bool {
	return f.Code == other.Code && f.Version == other.Version && f.Label == other.Label && f.Unit == other.Unit &&
		slices.Equal(f.Only, other.Only) && slices.Equal(f.Without, other.Without) &&
		slices.EqualFunc(f.Where, other.Where, TraitIn.Equal) && f.FromYear == other.FromYear &&
		f.Definition == other.Definition
}

func includes(all, some []string) bool {
	for _, one := range some {
		if !slices.Contains(all, one) {
			return false
		}
	}
	return true
}
