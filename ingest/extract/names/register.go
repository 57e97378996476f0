package names

import (
	"slices"
	"strings"
)

// register finds people, or bodies, of a page by a word of their name, so that a page that names thousands does not
// compare each with all. It may find more than are meant, never fewer; numbers are in order.
type register struct {
	first, last, begin map[string][]int
}

func newRegister() register {
	return register{map[string][]int{}, map[string][]int{}, map[string][]int{}}
}

// add enters number i under the words of a name.
func (r register) add(i int, key []string) {
	if len(key) == 0 {
		return
	}
	enter(r.first, key[0], i)
	enter(r.last, key[len(key)-1], i)
	if len(key) > 2 {
		enter(r.last, strings.Join(key[1:], " "), i)
	}
	for n := max(4, len(key[0])-4); n < len(key[0]); n++ {
		enter(r.begin, key[0][:n], i)
	}
}

func enter(m map[string][]int, word string, i int) {
	list := m[word]
	if at, found := slices.BinarySearch(list, i); !found {
		m[word] = slices.Insert(list, at, i)
	}
}

// alikeMost is how many names of one page that share a word are looked at: those named last.
const alikeMost = 500

// eachOf calls with the numbers in the lists, which are in order: each number once, in order, until with says stop.
func eachOf(with func(i int) (stop bool), lists ...[]int) {
	for k, l := range lists {
		lists[k] = l[max(0, len(l)-alikeMost):]
	}
	for {
		least := -1
		for _, l := range lists {
			if len(l) > 0 && (least < 0 || l[0] < least) {
				least = l[0]
			}
		}
		if least < 0 || with(least) {
			return
		}
		for k, l := range lists {
			if len(l) > 0 && l[0] == least {
				lists[k] = l[1:]
			}
		}
	}
}
