package table

import (
	"strings"
	"testing"
)

func TestWriter(t *testing.T) {
	var b strings.Builder
	w := NewWriter(&b)
	for _, cell := range []string{"plain", `=HYPERLINK("x")`, "+1", "-1", "@SUM(A1)", " =1", "\t=1", "a=b", "", "a, b"} {
		if err := w.Write(cell, "x"); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	want := "plain,x\n\"'=HYPERLINK(\"\"x\"\")\",x\n'+1,x\n'-1,x\n'@SUM(A1),x\n' =1,x\n'\t=1,x\na=b,x\n,x\n\"a, b\",x\n"
	if b.String() != want {
		t.Errorf("got  %q\nwant %q", b.String(), want)
	}
}
