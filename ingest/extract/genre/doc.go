// Package genre says what sort of writing a page is (an event, a post, a diary, a digest of links, a profile, minutes, a report, a
// resource), by its own signals: how many names and links a block holds, how its blocks are laid out, whose voice it has, how its
// title is dated. Words of its folder and of its title are weak signals among them.
package genre
