package curation_test

import (
	"fmt"

	"rapporteur/ingest/curation"
)

// A rapporteur.yaml says what the program got wrong. A mistake in it is told with its place.
func Example() {
	file, err := curation.Parse("rapporteur.yaml", []byte("same:\n  - [Oona Larkmoor, O. Larkmoor]\nkind: {Lantern Week: none}\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(file.Same[0].Values, "on line", file.Same[0].Line)

	_, err = curation.Parse("rapporteur.yaml", []byte("kind:\n  Lantern Week: company\n"))
	fmt.Println(err)
	// Output:
	// [Oona Larkmoor O. Larkmoor] on line 2
	// rapporteur.yaml:2: "company" is no kind; there are person, organisation, country, topic and none
}

// Who is to be erased is taken out of a page before anything is read from it, however the name is spelt.
func ExampleFile_Eraser() {
	file, err := curation.Parse("rapporteur.yaml", []byte("erase: [Zeno Quickstep]\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	eraser := file.Eraser(func(word string) bool { return false })
	text, changed := eraser.Text("The talk of **Zeno&nbsp;Quickstep** was followed by that of Oona Larkmoor.")
	fmt.Println(changed)
	fmt.Println(text)
	// Output:
	// true
	// The talk of **(name removed)** was followed by that of Oona Larkmoor.
}
