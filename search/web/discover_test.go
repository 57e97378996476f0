package web

import "testing"

func TestShortName(t *testing.T) {
	for name, want := range map[string]string{
		"Tidewater": "Tidewater", "Sixteen letters!": "Sixteen letters!", "Connected by data": "Connected by",
		"Sixteen letters! and more": "Sixteen letters!",
		"Unbreakablelonglongname":   "Unbreakablelongl", "Ærøskøbing på Ærø nu": "Ærøskøbing på",
	} {
		if got := shortName(name); got != want {
			t.Errorf("%q is shortened to %q, want %q", name, got, want)
		}
	}
}
