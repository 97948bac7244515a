package projections

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// settingNo is the number of a setting.
type settingNo uint32

// settingKey is a setting in little room: most of what it is made of has a number already.
type settingKey struct {
	kind   symbol
	stream streamNo
	code   symbol
	year   int32
}

func (k settingKey) hash() uint64 {
	const golden = 0x9e3779b97f4a7c15
	mixed := uint64(k.kind)<<48 ^ uint64(k.stream)<<16 ^ uint64(k.code)<<32 ^ uint64(uint32(k.year))
	return mixed * golden >> 32
}

// setting is the number of a setting, given now if need be.
func (n *names) setting(s pursuit.Setting) settingNo {
	key := settingKey{kind: n.code(domain.Code(s.Kind)), code: n.code(s.Code), year: int32(s.Year)}
	if s.Stream != "" {
		key.stream = n.stream(s.Stream)
	}
	number, _ := n.settings.number(key)
	return settingNo(number)
}

// knownSetting is the number of a setting that was read before; 0 if it never was.
func (n *names) knownSetting(s pursuit.Setting) settingNo {
	kind, kindKnown := n.known(string(s.Kind))
	code, codeKnown := n.known(string(s.Code))
	key := settingKey{kind: kind, code: code, year: int32(s.Year)}
	streamKnown := true
	if s.Stream != "" {
		key.stream, streamKnown = n.knownStream(s.Stream)
	}
	if !kindKnown || !codeKnown || !streamKnown {
		return 0
	}
	number, known := n.settings.find(key)
	if !known {
		return 0
	}
	return settingNo(number)
}

func (n *names) settingOf(number settingNo) pursuit.Setting {
	key := n.settings.keys.at(uint32(number))
	s := pursuit.Setting{Kind: pursuit.SettingKind(n.codeOf(key.kind)), Code: n.codeOf(key.code), Year: int(key.year)}
	if key.stream != 0 {
		s.Stream = n.streamOf(key.stream)
	}
	return s
}

// settingsWanted tells of each setting, by number, whether a filter wants it; nil if it wants all.
func (n *names) settingsWanted(filter DebtFilter) []bool {
	if filter.Setting == nil && len(filter.Kinds) == 0 {
		return nil
	}
	wanted := make([]bool, n.settings.keys.len())
	only := settingNo(0)
	if filter.Setting != nil {
		if only = n.knownSetting(*filter.Setting); only == 0 {
			return wanted
		}
	}
	n.settings.keys.all(func(number uint32, key *settingKey) {
		wanted[number] = (only == 0 || settingNo(number) == only) &&
			(len(filter.Kinds) == 0 || slices.Contains(filter.Kinds, pursuit.SettingKind(n.codeOf(key.kind))))
	})
	return wanted
}

func codeSetting(c *coder, k *settingKey) {
	number(c, &k.kind)
	number(c, &k.stream)
	number(c, &k.code)
	number(c, &k.year)
}
