package icalendar

import (
	"strings"
	"testing"
)

// Components that lie within each other without end are refused; the events before them are kept.
func TestDeepCalendar(t *testing.T) {
	whole := "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20240301T100000Z\r\nSUMMARY:A talk\r\n" +
		"END:VEVENT\r\n"
	_, events, err := read([]byte(whole + strings.Repeat("BEGIN:VEVENT\r\n", 50000)))
	if err == nil || !strings.Contains(err.Error(), "deep within each other") || len(events) != 1 {
		t.Errorf("%d events, %v", len(events), err)
	}
	if _, _, err := read([]byte(strings.Repeat("BEGIN:VCALENDAR\r\n", 50000))); err == nil {
		t.Error("nothing is said of calendars within calendars")
	}
}
