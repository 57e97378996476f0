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
		"newly elected chair":                    "chair",
		"am elected chair":                       "chair",
		"New York correspondent":                 "New York correspondent",
		"am the new operations manager":          "operations manager",
		"co-running calls and am a member":       "member",
		"One representative":                     "",
		"activists and journalists":              "",
		"Masters and Doctoral degrees":           "",
		"roles include an editor":                "editor",
		"MP Vale":                                "MP",
		"MP for Tidewater":                       "MP for Tidewater",
	} {
		if got := office(role); got != want {
			t.Errorf("%q is %q, want %q", role, got, want)
		}
	}
}
