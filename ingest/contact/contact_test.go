package contact

import "testing"

func TestMask(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Write to jane.roe@example.org.", "Write to jxxx.xxx@xxxxxxx.xxx."},
		{"mailto:j+x@a.co.uk?subject=b", "mailto:jxx@x.xx.xx?subject=b"},
		{"She is @jane@social.example and @jane.", "She is @jane@social.example and @jane."},
		{"Ring +44 20 7946 0958 or (020) 7946 0958.", "Ring +44 xx xxxx xxxx or (xxx) xxxx xxxx."},
		{"020 7946 0958, 0151-12345678, 0049 151 12345678", "xxx xxxx xxxx, xxxx-xxxxxxxx, xxxx xxx xxxxxxxx"},
		{"Tel.: 555 123 4567; phone 5551234567", "Tel.: xxx xxx xxxx; phone xxxxxxxxxx"},
		{"tel:+442079460958", "tel:+xxxxxxxxxxxx"},
		{"2024-05-06 10:30, 06.05.2024, 01-02-2024 and 1994-2004", "2024-05-06 10:30, 06.05.2024, 01-02-2024 and 1994-2004"},
		{"1 234 567 890 people, 0.1234567, ISBN 0-19-852663-6, £12,345,678", "1 234 567 890 people, 0.1234567, ISBN 0-19-852663-6, £12,345,678"},
		{"doi:10.1000/0123456789 and room 0123", "doi:10.1000/0123456789 and room 0123"},
		{"We call 2024 a good year", "We call 2024 a good year"},
		{"In 2024 a, b, c and d, and many more of them, met. Call us: 5551 234 567; then 12 and, far behind it, 020 7946 0958",
			"In 2024 a, b, c and d, and many more of them, met. Call us: xxxx xxx xxx; then 12 and, far behind it, xxx xxxx xxxx"},
		{"é+442079460958é, (jane@example.org,jo@example.org)", "é+44xxxxxxxxxxé, (jxxx@xxxxxxx.xxx,jx@xxxxxxx.xxx)"},
	} {
		got := Mask(test.text)
		if got != test.want {
			t.Errorf("%q\n got %q\nwant %q", test.text, got, test.want)
		}
		if len(got) != len(test.text) || Mask(got) != got {
			t.Errorf("%q: length or second time", got)
		}
		if Mask(test.text, Email, Telephone) != test.text {
			t.Errorf("%q is masked though it is to be shown", test.text)
		}
	}
}

func FuzzMask(f *testing.F) {
	f.Add("a@b.cd +1 234567890 tel 0123456789")
	f.Fuzz(func(t *testing.T, text string) {
		if got := Mask(text); len(got) != len(text) {
			t.Errorf("%q: %d bytes became %d", text, len(text), len(got))
		}
	})
}
