package icalendar

import "time"

// day is the day of a time of iCalendar, as YYYY-MM-DD: "20240109T190000Z" is 2024-01-09; "" if it is none.
func day(stamp string) string {
	if len(stamp) < 8 {
		return ""
	}
	t, err := time.Parse("20060102", stamp[:8])
	if err != nil {
		return ""
	}
	return t.Format(time.DateOnly)
}

// before is the day before a day.
func before(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, -1).Format(time.DateOnly)
}
