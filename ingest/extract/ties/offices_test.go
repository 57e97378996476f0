package ties

import "testing"

func TestOffice(t *testing.T) {
	for role, want := range map[string]string{
		"Director":                               "Director",
		"Director and Chair":                     "Director and Chair",
		"Fellow, and an Adjunct Professor":       "Adjunct Professor",
		"consultant for organisations including": "consultant",
		"advisor for bodies such as":             "advisor",
		"Lord":                                   "",
		"achieved as a mature student":           "",
		"Rt Hon":                                 "Rt Hon",
		"Lord Mayor":                             "Lord Mayor",
		"Dr.":                                    "",
		"":                                       "",
	} {
		if got := office(role); got != want {
			t.Errorf("%q is %q, want %q", role, got, want)
		}
	}
}
