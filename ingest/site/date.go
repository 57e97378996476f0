package site

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	isoDate   = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\D|$)`)
	dayMonth  = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s.-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})\b`)
	monthDay  = regexp.MustCompile(`(?i)\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{1,2})?,?\s+(\d{4})\b`)
	fileDate  = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[-_ ]+|$)(.*)$`)
	datedName = regexp.MustCompile(`(?:^|\D)(\d{4})-(\d{2})-(\d{2})(?:\D|$)`)
)

// date reads a date as authors write one, as YYYY-MM-DD. The day is the one written, whatever the time zone.
func date(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return calendar(m[1], m[2], m[3])
	}
	if m := dayMonth.FindStringSubmatch(s); m != nil {
		return calendar(m[3], month(m[2]), m[1])
	}
	if m := monthDay.FindStringSubmatch(s); m != nil {
		return calendar(m[3], month(m[1]), m[2])
	}
	return "", false
}

func month(name string) string {
	name = strings.ToLower(name)
	for m := time.January; m <= time.December; m++ {
		if full := strings.ToLower(m.String()); full == name || full[:3] == name || name == "sept" && m == time.September {
			return strconv.Itoa(int(m))
		}
	}
	return "0"
}

// calendar makes a date of its numbers, if there is such a day.
func calendar(year, month, day string) (string, bool) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Year() != y || int(t.Month()) != m || t.Day() != d || y < 1000 {
		return "", false
	}
	return t.Format("2006-01-02"), true
}

// dateOf finds the date of a page: of an event the day it starts, else the day the page gives itself.
func dateOf(m matter, event bool, stem string) string {
	keys := []string{"date", "start_date", "startDate", "start-date", "start", "event_date", "eventDate", "event_start", "when", "published_at", "publishDate", "pubDate", "datePublished", "created"}
	if event {
		keys = append(keys[1:9:9], keys...)
	}
	for _, key := range keys {
		if d, ok := date(m.inside(key)); ok {
			return d
		}
	}
	if found := datedName.FindStringSubmatch(stem); found != nil {
		if d, ok := calendar(found[1], found[2], found[3]); ok {
			return d
		}
	}
	return ""
}
