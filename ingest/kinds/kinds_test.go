package kinds

import "testing"

// Every kind of entity has all that the table says of kinds, and is found by its route.
func TestTable(t *testing.T) {
	for _, row := range Entities() {
		if row.Plural == "" || row.Route == "" || row.Schema == "" || row.Class == "" {
			t.Errorf("%s lacks something: %+v", row.Kind, row)
		}
		if found, ok := OfRoute(row.Route); !ok || found.Kind != row.Kind {
			t.Errorf("%s is not found by its route", row.Kind)
		}
	}
	if _, ok := Of("spaceship"); ok {
		t.Error("there are no spaceships")
	}
	if len(Named()) != len(Entities()) || len(Named()) == 0 {
		t.Errorf("named are %v", Named())
	}
	if got := Title(Person); got != "People" {
		t.Errorf("several persons are %q", got)
	}
}
