// Package sitewide mends what the pages of a site show each by itself by what they show together: what one page names in full lets
// another page's mention be recognised.
package sitewide
