package projections

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain/pursuit"
)

// An account that was packed is the same account.
func TestPackedAccountsAreAccounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := func(name string) []uint32 { return rapid.SliceOfN(rapid.Uint32(), 0, 5).Draw(t, name) }
		account := pursuit.Account{
			Raised: numbers("raised"), Outcomes: slices.Sorted(slices.Values(numbers("outcomes"))),
			Into: rapid.Uint32().Draw(t, "into"), Joined: rapid.Uint32().Draw(t, "joined"),
			Members: numbers("members"), Origins: numbers("origins"),
		}
		for _, setting := range numbers("told") {
			account.Told = append(account.Told, pursuit.Telling{Setting: setting, Upto: rapid.Uint32().Draw(t, "upto")})
		}
		held := accounts{rows: newPacked(packAccount)}
		*held.Change(3) = account
		held.rows.close()
		if got := held.Account(3); !sameAccount(got, account) {
			t.Fatalf("%+v comes back as %+v", account, got)
		}
		if got := held.Account(2); !sameAccount(got, pursuit.Account{}) {
			t.Fatalf("an account that nobody changed holds %+v", got)
		}
	})
}

// sameAccount takes a list that is empty for one that is not there.
func sameAccount(a, b pursuit.Account) bool {
	for _, account := range []*pursuit.Account{&a, &b} {
		for _, list := range []*[]uint32{&account.Raised, &account.Outcomes, &account.Members, &account.Origins} {
			if len(*list) == 0 {
				*list = nil
			}
		}
	}
	return reflect.DeepEqual(a, b)
}
