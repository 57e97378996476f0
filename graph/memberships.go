package graph

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// membership is that a person belongs to an organisation in a role, by the pages that say so.
type membership struct {
	person, organisation uint32
	role                 string
	pages                []uint32
}

// network returns the nodes that are exported, and who is a member of what.
func (r *Reader) network(ctx context.Context) ([]uint32, []membership, error) {
	nodes, err := r.networkNodes(ctx)
	if err != nil {
		return nil, nil, err
	}
	known, err := r.memberships(ctx)
	return nodes, known, err
}

// memberships folds the memberships of all pages, in order of person, organisation and role.
func (r *Reader) memberships(ctx context.Context) ([]membership, error) {
	var all []membership
	i := 0
	r.in(r.known.membership, r.known.typ, func(m, page uint32) {
		if i++; i%1024 == 0 && ctx.Err() != nil {
			return
		}
		role := r.text(r.object(r.object(m, r.known.role), r.known.label))
		all = append(all, membership{r.object(m, r.known.member), r.object(m, r.known.organization), role, []uint32{page}})
	})
	slices.SortStableFunc(all, func(x, y membership) int {
		return cmp.Or(cmp.Compare(x.person, y.person), cmp.Compare(x.organisation, y.organisation), cmp.Compare(x.role, y.role))
	})
	var out []membership
	for _, t := range all {
		if k := len(out) - 1; k >= 0 && out[k].person == t.person && out[k].organisation == t.organisation && out[k].role == t.role {
			out[k].pages = append(out[k].pages, t.pages...)
			continue
		}
		out = append(out, t)
	}
	return out, ctx.Err()
}

// texts returns all objects of a subject and predicate.
func (r *Reader) texts(subj uint32, preds ...uint32) []string {
	var out []string
	for _, p := range preds {
		r.out(subj, p, func(o, _ uint32) {
			if s := r.text(o); !slices.Contains(out, s) {
				out = append(out, s)
			}
		})
	}
	return out
}

// source is a page as what is exported cites it: its live address, else its IRI.
func (r *Reader) source(page uint32) string {
	if u := r.object(page, r.known.url); u != 0 {
		return r.text(u)
	}
	return r.text(page)
}

// isWeb keeps what is an address in the web.
func isWeb(list []string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") })
}
