// Finds pages over the files of an index, and ranks them as the program does that wrote it: BM25F with the weights of the fields already
// in each posting. A query loads the head, the shards of its words, and the texts of the pages that are shown.
import { English, split } from './words.js'

const maxWords = 24, maxName = 8, liftDepth = 60, strictWords = 3, rare = 10, maxNear = 40
const aliasWeight = .6, namedWeight = .3, mendedWeight = .8, apartWeight = .4, adjacentScore = .5
const termEntry = 0, wordEntry = 1, acronymEntry = 2, nameEntry = 3, relatedEntry = 4, entryKinds = 5
const utf8 = new TextDecoder()

class Bytes {
  constructor(bytes) { this.bytes = bytes; this.at = 0 }
  get more() { return this.at < this.bytes.length }
  number() {
    let n = 0, factor = 1, b
    do { b = this.bytes[this.at++]; n += (b & 127) * factor; factor *= 128 } while (b > 127)
    return n
  }
  take(n) { return this.bytes.subarray(this.at, this.at += n) }
  text() { return utf8.decode(this.take(this.number())) }
  list() { return Array.from({ length: this.number() }, () => this.text()) }
  ascending() { let n = 0; return Array.from({ length: this.number() }, () => n += this.number()) }
}

const inverse = (df, n) => Math.log(1 + (n - df + .5) / (df + .5))
const same = (a, b) => a.length == b.length && a.every((x, i) => x == b[i])
const trimmed = word => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
const isFigures = s => /^[0-9]*$/.test(s)

export class Engine {
  // open reads an index; get(name) gives the bytes of one of its files.
  static async open(get) {
    const e = new Engine()
    e.get = get
    e.head = JSON.parse(utf8.decode(await get('head.json')))
    if (e.head.format != 1) throw Error('the index was written by another version of rapporteur: export the site again')
    e.english = new English(e.head.english)
    e.shards = new Map()
    const lengths = new Bytes(await e.data('pages.bin'))
    e.lengths = Array.from({ length: e.head.pages }, () => [lengths.number(), lengths.number()])
    return e
  }

  data(name) { return this.get(name + '?v=' + this.head.version) }

  // shard gives the entries of the shard that a key is in, by key.
  shard(key) {
    const { shards } = this.head
    let from = 0, to = shards.length
    while (from < to) { const mid = from + to >> 1; if (shards[mid] <= key) from = mid + 1; else to = mid }
    return from ? this.numbered(from - 1) : Promise.resolve(new Map())
  }

  numbered(n) {
    if (!this.shards.has(n)) this.shards.set(n, this.data(`words/${n}.bin`).then(bytes => {
      const b = new Bytes(bytes), entries = new Map()
      while (b.more) {
        const key = b.text(), size = b.number(), kind = size % entryKinds
        if (!entries.has(key)) entries.set(key, [])
        entries.get(key).push({ kind, bytes: b.take((size - kind) / entryKinds) })
      }
      return entries
    }))
    return this.shards.get(n)
  }

  async entries(key, kind) { return ((await this.shard(key)).get(key) || []).filter(e => e.kind == kind) }

  // postings of a term: pages, ascending, with the impact on each and the places where it stands.
  async postings(term) {
    const [entry] = await this.entries(term, termEntry)
    if (!entry) return { pages: [], impacts: [], places: [] }
    if (!entry.postings) {
      const b = new Bytes(entry.bytes), p = { pages: [], impacts: [], places: [] }
      const scale = (this.head.k1 + 1) / this.head.steps
      let page = 0
      for (let n = b.number(); n > 0; n--) {
        p.pages.push(page += b.number())
        p.impacts.push(b.number() * scale)
        p.places.push(b.ascending())
      }
      entry.postings = p
    }
    return entry.postings
  }

  async isKnown(word) { return (await this.entries(word + '=', wordEntry)).length > 0 || (await this.entries(word, termEntry)).length > 0 }

  // impacts of a match: page -> impact.
  async impacts(m) {
    const found = new Map(), { k1 } = this.head
    if (m.pages) return new Map(m.pages.map(p => [p, 1]))
    const terms = m.terms.filter(t => t), all = await Promise.all(terms.map(t => this.postings(t)))
    if (m.terms.length == 1) {
      all[0].pages.forEach((p, i) => found.set(p, all[0].impacts[i]))
      return found
    }
    const at = all.map(p => new Map(p.pages.map((page, i) => [page, i])))
    for (const page of at[0].keys()) {
      if (!at.every(a => a.has(page))) continue
      if (m.apart) {
        found.set(page, Math.min(...all.map((p, i) => p.impacts[at[i].get(page)])))
        continue
      }
      const w = this.phrase(page, m.terms, all.map((p, i) => p.places[at[i].get(page)]))
      if (w) found.set(page, w * (k1 + 1) / (w + k1))
    }
    return found
  }

  // phrase is the weighted frequency of terms that follow each other on a page; places are those of the terms that are not ''.
  phrase(page, terms, places) {
    let ends = places[0], n = 1
    for (let i = 1, step = 1; i < terms.length; i++, step++) {
      if (!terms[i]) continue
      const before = new Set(ends), reach = step
      ends = places[n++].filter(p => before.has(p - reach))
      step = 0
    }
    const { b, average, weight } = this.head, length = this.lengths[page]
    const share = field => weight[field] / (1 - b + b * length[field] / average[field])
    return ends.reduce((sum, p) => sum + share(p < length[0] ? 0 : 1), 0)
  }

  // terms of a text in a row, '' for a stop word between them.
  terms(text) {
    const out = []
    let last = 0
    for (const p of split(text)) {
      if (p.spelling) continue
      const term = this.english.term(p)
      if (!term) continue
      while (last && ++last < p.position) out.push('')
      out.push(term)
      last = p.position
    }
    return out
  }

  // forms of a folded word: what pages have for it, in English and in other languages.
  async forms(folded) {
    const [e] = await this.entries(folded + '=', wordEntry), own = this.terms(folded)
    return [...own.length ? [own] : [], ...e?.bytes.length ? new Bytes(e.bytes).list().map(t => [t]) : []]
  }

  // typed gives the ways in which a word may stand on a page: closed, with a hyphen, as two words, in the languages of the site.
  async typed(text) {
    const any = [], form = this.terms(text)
    if (!form.length) return null
    const add = (terms, more) => { if (!any.some(m => same(m.terms, terms) && !m.apart)) any.push({ terms, weight: 1, typed: true, ...more }) }
    let signed = false
    for (const p of split(text)) if (p.spelling) {
      const term = this.english.term(p)
      if (term) { add([term]); signed ||= p.sign }
    }
    if (signed && form.length == 1) {
      any.push({ terms: form, weight: apartWeight })
      return { any }
    }
    add(form)
    const folded = this.english.fold(trimmed(text))
    for (const terms of await this.forms(folded)) add(terms)
    if (form.length > 1) {
      if ([...split(text)].every(p => !p.character)) any.push({ terms: form, weight: apartWeight, apart: true })
      return { any }
    }
    for (const halves of await this.halves(folded, form[0])) add(halves)
    return { any, folded }
  }

  // halves of a rare word that may be written as two.
  async halves(word, term) {
    const out = []
    if (word.length < 7 || word.length > 40 || !/^[a-z]+$/.test(word) || (await this.postings(term)).pages.length >= rare) return out
    for (let i = 3; i <= word.length - 3; i++) {
      if (!await this.isKnown(word.slice(0, i)) || !await this.isKnown(word.slice(i))) continue
      const halves = this.terms(word.slice(0, i) + ' ' + word.slice(i))
      if (halves.length == 2) out.push(halves)
    }
    return out
  }

  // corrections of a word that no page has: words a slip or two away.
  async corrections(word) {
    if (word.length < 4 || word.length > 32 || /[0-9]/.test(word)) return []
    const most = word.length >= 6 ? 2 : 1, near = []
    const [a, b, c] = word
    for (const starts of [[a + b + c, b + a + c, a + c + b], [a + b, b + a, a + c], [a]]) {
      for (const start of new Set(starts)) await this.near(word, start, most, near)
      if (near.length) break
    }
    near.sort((a, b) => a.far - b.far)
    for (const x of near.splice(0, near.length, ...near.slice(0, 12))) {
      x.forms = await this.forms(x.other)
      const n = Math.max(0, ...await Promise.all(x.forms.map(async f => f.length == 1 ? (await this.postings(f[0])).pages.length : 0)))
      x.score = n ? .5 * Math.log(n) - 2 * x.far : -Infinity
    }
    return near.filter(x => x.score > -Infinity).sort((a, b) => b.score - a.score || (a.other < b.other ? -1 : 1)).slice(0, 3)
  }

  // near adds the words that begin with start and lie up to so many slips away.
  async near(word, start, most, found) {
    const { shards } = this.head
    const from = Math.max(0, shards.findLastIndex(first => first <= start))
    for (let n = from; n < Math.min(shards.length, from + maxNear); n++) {
      if (n && shards[n].slice(0, start.length) > start) break
      for (const key of (await this.numbered(n)).keys()) {
        const other = key.endsWith('=') ? key.slice(0, -1) : key
        if (other.length < 3 || !/^\p{L}+$/u.test(other) || Math.abs(other.length - word.length) > most) continue
        const far = edits(word, other)
        if (far <= most && !found.some(x => x.other == other)) found.push({ other, far })
      }
    }
  }

  // plan reads a query.
  async plan(query) {
    const plan = { clauses: [], running: [], pairs: [], lead: [], mended: new Map(), cut: false }
    const parts = [...query.matchAll(/(-?)"([^"]*)"|(\S+)/g)].slice(0, maxWords + 1)
    if (parts.length > maxWords) { plan.cut = true; parts.pop() }
    const strict = parts.length <= strictWords * 4
    for (const [, minus, quoted, bare] of parts) {
      const not = minus == '-' || bare?.length > 1 && bare[0] == '-', text = quoted ?? (not ? bare.slice(1) : bare)
      if (quoted != null) {
        const terms = this.terms(text)
        if (terms.length) plan.clauses.push({ any: [{ terms, weight: 1, typed: true }], must: !not, not, folded: terms.join(' ') })
        continue
      }
      const clause = await this.typed(text)
      if (clause && not) plan.clauses.push({ any: clause.any.filter(m => m.typed), not })
      else if (clause) {
        if (clause.folded && strict) await this.widen(plan, clause)
        plan.clauses.push(clause)
      }
      if (!not) plan.running.push({ text, clause: clause && plan.clauses.length - 1 })
    }
    if (strict) { await this.joined(plan); await this.named(plan) }
    for (let i = 0; i + 1 < plan.running.length; i++) {
      const [a, b] = [plan.running[i], plan.running[i + 1]]
      if (a.clause == null || b.clause == null || /[,;:.!?]$/.test(a.text)) continue
      const x = this.terms(a.text), y = this.terms(b.text)
      if (x.length == 1 && y.length == 1) plan.pairs.push([x[0], y[0]])
    }
    return plan
  }

  // widen adds what an acronym stands for or, to what no page has, what it may be a slip of.
  async widen(plan, clause) {
    const [acronym] = await this.entries(clause.folded + '~', acronymEntry)
    if (acronym) {
      for (const name of new Bytes(acronym.bytes).list()) clause.any.push({ terms: this.terms(name), weight: aliasWeight, typed: true })
      return
    }
    let near = false
    for (const { terms } of [...clause.any]) if (terms.length == 1) for (const entry of await this.entries(terms[0] + '+=', relatedEntry)) {
      const b = new Bytes(entry.bytes), n = b.number()
      for (const form of b.list()) clause.any.push({ terms: form.split(' '), weight: Math.floor(n / 2) / 1000 })
      clause.lifts = n % 2 == 1
      near = true
    }
    if (near) return
    for (const m of clause.any) if ((await this.impacts(m)).size) return
    const meant = await this.corrections(clause.folded)
    for (const x of meant) {
      const weight = mendedWeight * Math.exp(x.score - meant[0].score)
      if (weight >= .2) for (const terms of x.forms) clause.any.push({ terms, weight })
    }
    if (meant.length) plan.mended.set(clause.folded, meant[0].other)
  }

  // joined lets neighbouring words be found where they are written as one.
  async joined(plan) {
    for (let i = 0; i + 1 < plan.running.length; i++) {
      const [x, y] = [plan.running[i], plan.running[i + 1]]
      if (x.clause == null || y.clause == null || /[,;:.!?]$/.test(x.text)) continue
      const a = this.english.fold(trimmed(x.text)), b = this.english.fold(trimmed(y.text)), word = a + b
      if (!a || !b || /[ -]/.test(word) || isFigures(a) != isFigures(b) || isFigures(a) && b.length != 3 || !await this.isKnown(word)) continue
      const terms = this.terms(word)
      if (terms.length == 1) for (const r of [x, y]) {
        const { any } = plan.clauses[r.clause]
        if (!any.some(m => same(m.terms, terms))) any.push({ terms, weight: 1, typed: true })
      }
    }
  }

  // named widens a name of a person, body or topic by its other names and its pages.
  async named(plan) {
    const all = plan.running.flatMap(r => r.text.split(/[^\p{L}\p{N}\p{M}'’]+/u).filter(w => w).map(w => ({ word: this.english.fold(w), clause: r.clause,
      alone: r.clause != null && (w.length > 2 || /^[A-Z]{2}$/.test(w)) })))
    for (let from = 0; from < all.length;) {
      let length = Math.min(all.length - from, maxName)
      for (; length > 0; length--) {
        if (length == 1 && !all[from].alone) continue
        const words = all.slice(from, from + length), found = await this.entries(words.map(w => w.word).join(' ') + '@', nameEntry)
        if (!found.length) continue
        if (found.length <= 3) for (const entry of found) {
          const b = new Bytes(entry.bytes), facet = b.text(), names = b.list(), pages = b.ascending()
          if (length == 1 && all.length > 1 && (facet != 'organisation' || await this.isCommon(words[0].word, pages.length))) continue
          plan.clauses.push({ extra: true, best: true, stands: words.map(w => w.clause).filter(c => c != null), any: [
            { pages, weight: namedWeight }, ...names.map(n => ({ terms: this.terms(n), weight: aliasWeight, typed: true })).filter(m => m.terms.length)] })
        }
        break
      }
      from += Math.max(1, length)
    }
  }

  async isCommon(word, pages) {
    const [term] = this.terms(word)
    return !term || (await this.postings(term)).pages.length > 20 * pages
  }

  // score gives the pages that meet a clause: page -> [score, whether by what was typed].
  async score(clause) {
    const { pages: n, all, k1 } = this.head, out = new Map()
    const found = await Promise.all(clause.any.map(m => this.impacts(m)))
    if (clause.best || found.length == 1) {
      clause.any.forEach((m, i) => {
        const idf = m.weight * (m.pages ? inverse(m.pages.length, all) : inverse(found[i].size, n))
        for (const [page, impact] of found[i]) {
          const before = out.get(page)
          out.set(page, [Math.max(before?.[0] || 0, idf * impact), m.typed || before?.[1]])
        }
      })
      return out
    }
    const sums = new Map()
    let df = 0
    for (const typed of [true, false]) {
      clause.any.forEach((m, i) => {
        if (!!m.typed != typed) return
        for (const [page, impact] of found[i]) {
          const sum = sums.get(page)
          sums.set(page, [(sum?.[0] || 0) + m.weight * k1 * impact / (k1 + 1 - impact), sum ? sum[1] : typed])
        }
        if (!typed) df = Math.max(df, m.weight * found[i].size)
      })
      if (typed) df = sums.size
    }
    const idf = inverse(Math.floor(df), n)
    for (const [page, [w, typed]] of sums) out.set(page, [idf * w * (k1 + 1) / (w + k1), typed])
    return out
  }

  // search answers a query. pass(page) says whether the filters let a page through.
  async search(query) {
    const plan = await this.plan(query), { clauses } = plan
    const counted = clauses.filter(c => !c.not && !c.extra), hits = new Map(), barred = new Set(), lifted = []
    if (!counted.length) return { plan, hits: [], nothing: true }
    for (const clause of clauses) {
      const met = clause.stands ? clause.stands.map(i => counted.indexOf(clauses[i])) : [counted.indexOf(clause)]
      for (const [page, [score, typed]] of await this.score(clause)) {
        if (clause.not) { barred.add(page); continue }
        if (clause.lifts && !typed) { lifted.push([page, score]); continue }
        if (!hits.has(page)) hits.set(page, { page, score: 0, met: new Set(), typed: new Set(), must: 0 })
        const h = hits.get(page)
        h.score += score
        for (const m of met) if (m >= 0) { h.met.add(m); if (typed) h.typed.add(m) }
        if (clause.must) h.must++
      }
    }
    for (const [page, score] of lifted) if (hits.has(page)) hits.get(page).score += score
    const must = clauses.filter(c => c.must).length, need = Math.floor(counted.length / 2) + 1
    let all = [...hits.values()].filter(h => h.must == must && !barred.has(h.page))
    for (const h of all) h.answers = h.met.size >= need
    if (counted.length <= strictWords) {
      const ceiling = Math.min(...all.filter(h => h.typed.size == counted.length).map(h => h.score))
      for (const h of all) if (h.score >= ceiling && h.met.size > h.typed.size) h.score = ceiling * h.score / (h.score + ceiling)
    }
    const fallback = all.length > 0 && !all.some(h => h.answers)
    const lead = await this.titled(plan, all), first = await this.written(plan)
    const order = (a, b) => lead.has(b.page) - lead.has(a.page) || first.has(b.page) - first.has(a.page) || b.score - a.score || b.page - a.page
    all.sort(order)
    await this.lift(plan, all.slice(0, liftDepth))
    all.sort(order)
    return { plan, hits: all, answer: all.filter(h => h.answers || fallback), fallback }
  }

  // lift raises the best hits on which neighbours of the query are neighbours too.
  async lift(plan, best) {
    const { pages: n, k1 } = this.head
    for (const terms of plan.pairs) {
      const all = await Promise.all(terms.map(t => this.postings(t)))
      const idf = all.reduce((sum, p) => sum + inverse(p.pages.length, n), 0) / 2
      for (const h of best) {
        const at = all.map(p => p.pages.indexOf(h.page))
        if (at.some(i => i < 0)) continue
        const w = this.phrase(h.page, terms, all.map((p, i) => p.places[at[i]]))
        if (w) h.score += adjacentScore * idf * w * (k1 + 1) / (w + k1)
      }
    }
  }

  // written gives the pages that have the one word of a query in the very form that was typed, where few do.
  async written({ clauses, running }) {
    const word = clauses.length == 1 && running.length == 1 && this.english.fold(trimmed(running[0].text))
    const [entry] = word ? await this.entries(word + '=', wordEntry) : []
    if (!entry?.bytes.length) return new Set()
    const b = new Bytes(entry.bytes)
    b.list()
    return new Set(b.ascending())
  }

  // titled gives the pages whose title is asked for as it is.
  async titled(plan, hits) {
    const text = plan.running.map(r => r.text).join(' '), terms = this.terms(text), words = [...split(text)].filter(p => !p.spelling)
    const lead = new Set()
    if (plan.running.length < 2 || !terms.length) return lead
    const first = words.find(p => this.english.term(p)).position - 1
    const all = await Promise.all(terms.map(t => t && this.postings(t)))
    for (const h of hits) {
      if (this.lengths[h.page][0] != words.at(-1).position) continue
      if (all.every((p, i) => !p || p.pages.includes(h.page) && p.places[p.pages.indexOf(h.page)].includes(first + i))) lead.add(h.page)
    }
    return lead.size <= 3 ? lead : new Set()
  }

  // facets gives the values of all facets, with the pages of each.
  async facets() {
    return Promise.all(this.head.facets.map(async f => {
      const b = new Bytes(await this.data(`facets/${f.name}.bin`)), values = []
      while (b.more) values.push({ name: b.text(), pages: new Set(b.ascending()) })
      return { ...f, values }
    }))
  }

  // read gives what is shown of a page: of its chunks, the one that has most of the query.
  async read(plan, page) {
    const weights = new Map(), chunks = new Map()
    for (const c of plan.clauses) if (!c.not) for (const m of c.any) for (const t of m.terms || []) if (t) weights.set(t, Math.max(weights.get(t) || 0, m.weight))
    for (const [term, weight] of weights) {
      const p = await this.postings(term), i = p.pages.indexOf(page)
      if (i < 0) continue
      const value = weight * inverse(p.pages.length, this.head.pages)
      for (const chunk of new Set(p.places[i].filter(w => w >= this.lengths[page][0]).map(w => Math.floor(w / this.head.chunk))))
        chunks.set(chunk, (chunks.get(chunk) || 0) + value)
    }
    const best = [...chunks].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] || 0
    const shown = JSON.parse(utf8.decode(await this.data(`text/${page}-${best}.json`)))
    return { ...shown, passage: this.passage(shown.text, weights) }
  }

  // passage is the part of a text that has most of the query, as pieces: [text, whether it is a word of the query].
  passage(text, weights, size = 240) {
    const marks = []
    let covered = 0
    for (const p of split(text)) {
      const weight = weights.get(this.english.term(p))
      if (!weight) continue
      if (p.start >= covered) { marks.push({ ...p, weight }); covered = p.end }
    }
    let best = 0, value = -1
    marks.forEach((m, i) => {
      const seen = new Map()
      for (let k = i; k < marks.length && marks[k].end <= m.start + size; k++) seen.set(this.english.term(marks[k]), marks[k].weight)
      const sum = [...seen.values()].reduce((a, b) => a + b, 0)
      if (sum > value) { best = i; value = sum }
    })
    let from = marks.length ? Math.max(0, marks[best].start - size / 4) : 0, to = Math.min(text.length, from + size)
    while (from > 0 && /\S/.test(text[from - 1])) from--
    while (to < text.length && /\S/.test(text[to])) to++
    const out = []
    let at = from
    for (const m of marks) if (m.start >= from && m.end <= to) {
      out.push([text.slice(at, m.start), false], [text.slice(m.start, m.end), true])
      at = m.end
    }
    out.push([text.slice(at, to), false])
    if (from > 0) out.unshift(['… ', false])
    if (to < text.length) out.push([' …', false])
    return out.filter(([t]) => t)
  }
}

// edits is how many slips lie between two words: a swap of neighbours is one, a doubled letter half of one.
function edits(a, b) {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    rows.push([i])
    for (let j = 1; j <= b.length; j++) {
      const drop = i > 1 && a[i - 1] == a[i - 2] ? .5 : 1, insert = j > 1 && b[j - 1] == b[j - 2] ? .5 : 1
      let d = Math.min(rows[i - 1][j] + drop, rows[i][j - 1] + insert, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d = Math.min(d, rows[i - 2][j - 2] + 1)
      rows[i].push(d)
    }
  }
  return rows[a.length][b.length]
}
