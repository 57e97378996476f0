package recommend

import "strings"

// cues is a set of classes of cue words.
type cues uint64

// The classes. Each is a way in which English says, or denies, that something is asked for.
const (
	must     cues = 1 << iota // must, have to
	should                    // should, ought to
	need                      // need to, is needed, the need for, requires
	could                     // could, may, might
	can                       // can, are able to
	would                     // would
	will                      // will, going to, plans to
	wish                      // would like to see, hopes, it would be good
	vital                     // essential, crucial, important
	ask                       // recommends, calls for, urges
	stress                    // stressed, underlined, pointed to
	say                       // said, argued, noted
	discuss                   // discussed, explored, considered
	ask4                      // asked, wondered, questions
	lack                      // lack of, missing, not enough
	lets                      // let us
	invite                    // register, sign up, contact us
	logistic                  // venue, tickets, lunch, agenda
	past                      // was, were, had, did
	is                        // is, are, has
	be                        // be, being
	we                        // we, our
	me                        // I, my
	you                       // you, your
	they                      // they, their
	heshe                     // he, she
	not                       // not, never, no
	body                      // government, councils, companies: those who are asked
	group                     // participants, attendees, discussion
	point                     // recommendation, principle, lesson, takeaway, proposal
	order                     // first, second, finally
	contrast                  // but, however, rather than, instead
	purpose                   // so that, in order to, to ensure
	cond                      // if, when, unless
	rather                    // more, better, greater
	imperate                  // a verb that begins a demand: ensure, publish, build
	all                       // all, every, everyone
	question                  // what, how, why, who, which
	want                      // wants, pledges, tells them to, petitions
	classes  = iota
)

// cueName names the classes, in their order, in features and in the account of a decision.
var cueName = [classes]string{"must", "should", "need", "could", "can", "would", "will", "wish", "vital", "ask", "stress", "say", "discuss",
	"ask4", "lack", "lets",
	"invite", "logistic", "past", "is", "be", "we", "me", "you", "they", "heshe", "not", "body", "group", "point", "order", "contrast",
	"purpose", "cond", "rather", "imperate", "all", "question", "want"}

// phrase is a cue: the words that follow its first, and its class.
type phrase struct {
	rest  []string
	class cues
}

// lexicon finds cues by their first word.
type lexicon struct {
	phrases map[string][]phrase
	shapes  *[1 << 12]bool // that a first word has: most words have none of them, and need not be looked up
}

// shape is a number for a word that says little of it, but soon.
func shape(w string) int {
	if w == "" {
		return 0
	}
	n := len(w)
	return (n + 13*int(w[0]) + 101*int(w[n/2]) + 607*int(w[n-1])) & (1<<12 - 1)
}

// at returns the classes of the cues that begin at words[i], and the number of words in the longest of them.
func (l lexicon) at(ws []word, i int) (found cues, length int) {
	if !l.shapes[shape(ws[i].form)] {
		return 0, 0
	}
next:
	for _, p := range l.phrases[ws[i].form] {
		if i+len(p.rest) >= len(ws) {
			continue
		}
		for k, w := range p.rest {
			if ws[i+1+k].form != w {
				continue next
			}
		}
		found |= p.class
		length = max(length, 1+len(p.rest))
	}
	return found, length
}

// of returns the classes of all cues among the words.
func (l lexicon) of(ws []word) cues {
	var found cues
	for i := range ws {
		c, _ := l.at(ws, i)
		found |= c
	}
	return found
}

func newLexicon() lexicon {
	l := lexicon{map[string][]phrase{}, new([1 << 12]bool)}
	for class, list := range cueWords {
		for _, cue := range strings.Split(list, ",") {
			if w := strings.Fields(cue); len(w) > 0 {
				l.phrases[w[0]] = append(l.phrases[w[0]], phrase{w[1:], class})
				l.shapes[shape(w[0])] = true
			}
		}
	}
	return l
}

// cueWords lists the cues of each class, separated by commas.
var cueWords = map[cues]string{
	must:   "must, have to, has to, having to, had to, got to, cannot be left, it is time to",
	should: "should, shouldn, ought, supposed to, better to",
	need: `need to, needs to, needed, need for, needs for, need a, need more, need an, need is, needs more, needs a, need clear, need better,
		in need of, the need, a need, key need, is required, are required, be required, requires, require,
		requirement, requirements, necessary, necessity, needs strengthening, needs fixing, needs changing, required to, calls upon, demands
		that, needing, need clarity, need strong, needs clear, needs proper, we need, they need, people need, need not`,
	could: "could, may, might, couldn",
	can:   "can, cannot, able to",
	would: "would, wouldn, d like",
	will:  "will, won, going to, plan to, plans to, planning to, aims to, aim to, aiming to, intends to, hopes to, ll, looking to, upcoming",
	wish: "would like to see, like to see, want to see, wants to see, wanted to see, hope, hopes, hoped, hoping, would be good, would be " +
		"great, would be helpful, would be useful, would be better, would welcome, wish, wished, desire, aspiration, ideally, ideal, welcome, " +
		"keen, desirable, wanted, in favour of, support for, supported",
	vital: "essential, vital, crucial, critical, imperative, important, importance, key, fundamental, urgent, urgently, paramount, " +
		"indispensable, priority, prioritise, prioritised, prioritize, central, necessary, urgency, critically, crucially, importantly, " +
		"integral, pivotal, valuable, worth, best practice, good practice",
	ask: "recommend, recommends, recommended, recommending, recommendation, recommendations, call for, calls for, called for, calling " +
		"for, call on, calls on, called on, calling on, call to, calls to, called to, calls upon, urge, urges, urged, urging, propose, " +
		"proposes, proposed, proposing, suggest, suggests, suggested, suggesting, suggestion, suggestions, advocate, advocates, advocated, " +
		"advocating, demand, demands, demanded, demanding, asks for, asked for, asking for, insist, insists, insisted, encourage, encourages, " +
		"encouraged, encouraging, advise, advises, advised, advising, advice, argued for, argues for, pushed for, push for, " +
		"pushes for, pushing for, make the case, made the case, making the case, making a case, plea, pleaded, exhort, exhorted, " +
		"petition, petitioned, campaign for, campaigning for, championed, asks, proposal, proposals, " +
		"cautioned, warned against, called us to, plead",
	stress: "stress, stresses, stressed, stressing, emphasise, emphasises, emphasised, emphasising, emphasize, emphasizes, emphasized, " +
		"emphasizing, emphasis, underline, underlines, underlined, underscore, underscores, underscored, underscoring, highlight, highlights, " +
		"highlighted, highlighting, pointed to, points to, pointed out, pointing to, reiterate, reiterated, reiterates, flagged, drew " +
		"attention, focused on, focus on, focussed on, spotlighted, foregrounding, forefronting, centring, centering",
	say: "said, says, saying, say, argue, argues, argued, arguing, note, notes, noted, noting, explain, explains, explained, agree, " +
		"agreed, agrees, thought, thinks, think, felt, believe, believed, believes, added, adds, warned, warns, told, mentioned, described, " +
		"outlined, outlines, raised, reflected, commented, observed, stated, states, according, replied, responded, concluded, continued, " +
		"continues, acknowledged, recognised, recognized, identified, concerned, concerns, claimed, claims, cited, cites, put it",
	discuss: `discuss, discusses, discussed, discussing, discussion, discussions, explore, explores, explored, exploring, consider,
		considered, considering, debate, debated, conversation, conversations, talked about, looked at, examined, reviewed, presented,
		introduced, shared, heard, learn, learned, learnt,
		session, panel, workshop`,
	ask4: "asked, wondered, wonders, asking, questioned, question, questions, query, queried, whether",
	lack: "lack, lacks, lacking, lacked, gap, gaps, missing, insufficient, not enough, too little, too few, inadequate, barrier, " +
		"barriers, challenge, challenges, problem, problems, fail, fails, failing, failed, failure, risk, risks, too often, concern, absence, " +
		"weak, harm, harms",
	lets: "let us, let s, lets, go back, why not",
	invite: "register, sign up, signup, get in touch, contact, rsvp, ticket, tickets, book, booking, email, find out more, read more, " +
		"join us, join our, click, subscribe, apply, download, watch, follow, see the, visit, available, link, recording, slides, send us, " +
		"let us know, please, submit, register here, website, join",
	logistic: "venue, lunch, coffee, break, welcome, registration, agenda, programme, doors, online, zoom, room, pm, am, session, " +
		"schedule, speakers, chair, panellists, panel, keynote, event, conference, workshop, attend, attended, attending, held, hosted, " +
		"hosting, invited, organised, took place, taking place, joined by, speaking, moderated, co hosted, ceremony, funded, launched, published",
	past:  "was, were, had, did, wasn, weren, didn, hadn, went, became, took, made, gave, spoke, came, began, started, been",
	is:    "is, are, has, isn, aren, hasn, does, doesn",
	be:    "be, being",
	we:    "we, our, us, ours, ourselves",
	me:    "i, my, me, myself, im",
	you:   "you, your, yourself, yourselves",
	they:  "they, their, them, those, these, people",
	heshe: "he, she, his, her, him",
	not: "not, never, no, nor, without, don, doesn, isn, aren, shouldn, cannot, can t, avoid, avoiding, against, stop, none, neither, " +
		"rather than",
	body: "government, governments, parliament, councils, council, authorities, authority, regulator, regulators, organisations, " +
		"organizations, organisation, organization, companies, company, policymakers, policy makers, legislators, employers, employer, " +
		"unions, union, universities, institutions, civil society, funders, agencies, agency, ministers, state, states, developers, " +
		"researchers, charities, business, businesses, industry, leaders, department, departments, public sector, private sector, officials, " +
		"practitioners, designers, communities, law, legislation, bill, regulation, policy, policies, strategy, standards, framework, " +
		"frameworks, procurement",
	group: "participants, attendees, group, groups, discussants, panellists, panelists, speakers, attendee, audience, members, others, " +
		"everyone, contributors, consensus, agreement, one participant, some, many, several, chat, q a, breakout, room, another",
	point: "recommendation, recommendations, principle, principles, lesson, lessons, takeaway, takeaways, take aways, takeaway message, " +
		"proposal, proposals, asks, demands, demand, priorities, priority, actions, action, next steps, conclusion, conclusions, concluded, " +
		"key points, key messages, solutions, solution, ways, way forward, opportunities, opportunity, advice, tips, steps, goals, " +
		"objectives, commitments, commitment, checklist, tests, criteria, themes, ideas, suggestions, guidelines, guidance, strategies, " +
		"measures, reforms, reform, rights, duty, duties",
	order: "first, second, third, fourth, fifth, firstly, secondly, thirdly, finally, lastly, furthermore, moreover, additionally, " +
		"also, next",
	contrast: "but, however, rather, instead, yet, although, though, while, despite, nevertheless, whereas, only, not just, otherwise, " +
		"even, still",
	purpose: "so that, in order to, to ensure, ensuring, ensure, ensures, to make sure, make sure, enabling, enable, to enable, to help, " +
		"to support, in a way that, to avoid, to prevent, to protect, so",
	cond: "if, when, unless, where, whenever, until, before, once",
	rather: "more, better, greater, stronger, wider, further, deeper, clearer, broader, fairer, less, fewer, increased, improved, " +
		"improve, strengthen, strengthening, strengthened, increase, expand, broaden, enhance, adequate, proper, meaningful, effective, " +
		"sufficient, robust, clear, transparent, inclusive, accountable",
	all:      "all, every, everyone, everybody, any, each, always",
	question: "what, how, why, who, which, whose",
	want: `want, wants, wanted, wanting, seek, seeks, seeking, sought, pledge, pledges, pledged, commit to, commits to, committed to,
		commitment to, promise, promises, promised, vow, vows, vowed, press, presses, pressed, tells, told,
		tell, warns, warned, time for, time to, get serious, gets serious, petition, open letter, letter, motion, manifesto, presumption,
		statutory, ban, bans, scrap, axe, halt, no excuse, act now, opposed, opposes, oppose`,
	imperate: `accept, acknowledge, adapt, add, address, adopt, align, allow, allocate, apply, appoint, articulate, ask, assess, assign,
		avoid, balance, ban, base, be, become, begin, bring, broaden, build, center, centre, challenge, change, check, choose, clarify,
		co-design, collaborate, collect, combine, commit, communicate, conduct, connect, consider, consult, continue, contribute, cooperate,
		coordinate, create, cut, decide, define, deliver, demand, demonstrate, deploy, design, develop, devolve, disclose, do, don, document,
		educate, embed, embrace, empower, enable, encourage, end, enforce, engage, enhance, ensure, establish, evaluate, evolve, examine, expand,
		explain, explore, extend, facilitate, fix, focus, follow, foster, frame, fund, get, give, go, grow, guarantee, harness, help, hire, hold,
		identify, implement, improve, include, increase, inform, integrate, introduce, invest, investigate, involve, join, keep, launch, lead,
		learn, legislate, limit, listen, look, maintain, make, mandate, map, maximise, measure, minimise, mobilise, monitor, move, never,
		observe, offer, open, organise, partner, pay, pilot, plan, practise, prepare, prevent, prioritise, prioritize, promote, protect, provide,
		publish, pursue, put, raise, reach, recognise, recognize, record, recruit, redesign, redirect, reduce, reform, regulate, reject, release,
		remember, remove, renew, repeal, replace, report, require, rethink, respect, respond, resource, restore, review, reward, run, scale,
		scrap, seek, set, share, show, shift, simplify, slow, spend, stand, start, stay, stop, strengthen, strip, support, tackle, take, talk,
		target, tax, teach, tell, test, think, track, train, transform,
		treat, trust, try, turn, understand, update, upgrade, upskill, use, value, work, write`,
}
