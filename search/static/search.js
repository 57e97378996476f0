import { texts, wordsFor, filled } from './texts.js'
// <rapporteur-search limit heading level facets="no">: searches the site in the browser, over the index that lies beside this file. It
// speaks the language of the element or the page around it (lang), if there are texts in it.
// What stands inside stays if the index cannot be read.
const home = new URL('.', import.meta.url), root = new URL('..', home), sheet = new CSSStyleSheet()
sheet.replaceSync(`rapporteur-search{
display:block;color:var(--rapporteur-text,inherit);font:var(--rapporteur-font,inherit);
ol{list-style:none;margin:0;padding:0}
ol>li{padding:var(--rapporteur-gap,.75em) 0;border-top:1px solid var(--rapporteur-line,#8886);overflow-wrap:anywhere}
:is(p,form){margin:.25em 0}
time{font-size:.875em;color:var(--rapporteur-muted,inherit)}
fieldset{border:1px solid var(--rapporteur-line,#8886);min-width:0;margin:0 0 .5em}
fieldset label{display:block;padding:.25em 0}
summary{cursor:pointer;padding:.4em 0;min-height:1.5em}
:is(input,button){font:inherit}
:is(input[type=search],button){padding:.4em .6em;max-width:100%;min-height:2.4em}
:focus-visible{outline:2px solid var(--rapporteur-focus,currentColor);outline-offset:2px}}`)
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]

const el = (tag, attrs, ...kids) => {
  const e = document.createElement(tag)
  for (const k in attrs) if (attrs[k] != null) e.setAttribute(k, attrs[k])
  e.append(...kids.flat().filter(k => k))
  return e
}
const button = (text, onclick) => Object.assign(el('button', { type: 'button' }, text), { onclick })
const safe = url => { try { const u = new URL(url, root); if (/^https?:$/.test(u.protocol)) return u.href } catch {} }
const day = (d, locale) => d && el('time', { datetime: d },
  d.length < 10 ? d : new Date(d).toLocaleDateString(locale, { dateStyle: 'long', timeZone: 'UTC' }))
const get = async name => {
  // The head says which version of the other files it goes with: it is asked for anew, they are kept.
  const r = await fetch(new URL('data/' + name, home), { credentials: 'same-origin', cache: name == 'head.json' ? 'no-cache' : 'default' })
  if (!r.ok) throw Error(r.url + ': ' + r.status)
  return new Uint8Array(await r.arrayBuffer())
}
let opened
const engine = () => opened ??= import('./engine.js').then(m => m.Engine.open(get)).catch(e => { opened = null; throw e })

let count = 0
const shownValues = 8

class Search extends HTMLElement {
  connectedCallback() {
    if (this.form) return
    this.inside = [...this.childNodes]
    this.limit = Math.min(+this.getAttribute('limit') || 10, 50)
    const say = this.say = wordsFor(this.closest('[lang]')?.lang), lang = Object.keys(texts).find(l => texts[l] == say)
    const id = 'rapporteur-search-' + ++count
    this.box = el('input', { type: 'search', name: 'q', required: '', 'aria-label': say.search, autocomplete: 'off' })
    this.form = el('form', { role: 'search' }, this.box, ' ', el('button', {}, say.search))
    this.said = el('div', { role: 'status' })
    this.found = el('ol', { role: 'list' })
    this.more = el('p', {})
    this.narrow = el('div', {})
    this.form.onsubmit = e => { e.preventDefault(); this.ask(this.box.value) }
    this.replaceChildren(el('section', { 'aria-labelledby': id, lang },
      el(`h${+this.getAttribute('level') || 2}`, { id }, this.getAttribute('heading') || say.search), this.form, this.said, this.narrow, this.found, this.more))
    const asked = new URLSearchParams(location.search).get('q')
    if (asked) { this.box.value = asked; this.ask(asked, true) }
  }

  // ask answers a query.
  async ask(query, first) {
    const turn = this.turn = (this.turn || 0) + 1
    this.ariaBusy = true
    try {
      const e = await engine(), answer = await e.search(query)
      if (turn != this.turn) return
      this.engine = e
      this.answer = answer
      this.query = query
      this.chosen = new Map()
      if (!first) history.replaceState(null, '', Object.assign(new URL(location), { search: '?' + new URLSearchParams({ q: query }), hash: '' }))
      await this.show(turn)
    } catch (error) {
      console.warn(error)
      if (turn == this.turn) this.fail()
    }
    this.ariaBusy = false
  }

  fail() {
    this.found.replaceChildren()
    this.more.replaceChildren()
    this.narrow.replaceChildren()
    this.said.replaceChildren(el('p', {}, this.say.failed), ...this.inside)
  }

  // passes reports whether a page has one of the chosen values of each facet, except for one.
  passes(page, except) {
    for (const [name, values] of this.chosen) if (name != except && values.size && ![...values].some(v => v.pages.has(page))) return false
    return true
  }

  // show lists the first pages.
  async show(turn) {
    this.listed = this.answer.hits.filter(h => this.passes(h.page))
    this.found.replaceChildren()
    this.more.replaceChildren()
    this.tell()
    await this.list(turn)
    if (turn == this.turn) await this.offer()
  }

  // tell says how what was found answers the query.
  tell() {
    const { plan, answer, fallback, nothing } = this.answer, lines = []
    if (nothing) lines.push(el('p', {}, this.say.common))
    if (plan.mended.size) {
      const mended = this.query.replace(/[\p{L}\p{N}\p{M}'’]+/gu, w => plan.mended.get(this.engine.english.fold(w)) || w)
      const instead = this.query.replace(/[\p{L}\p{N}\p{M}'’]+/gu, w => plan.mended.has(this.engine.english.fold(w)) ? `"${w}"` : w)
      const [before, after] = this.say.mended.split('{0}')
      lines.push(el('p', {}, before, el('em', {}, mended), after + ' ', button(filled(this.say.instead, instead), () => this.again(instead))))
    }
    if (plan.cut) lines.push(el('p', {}, filled(this.say.cut, 24)))
    if (fallback) lines.push(el('p', {}, this.say.any))
    if (!nothing) {
      const n = answer.filter(h => this.passes(h.page)).length
      lines.push(el('p', {}, n == 1 ? this.say.one : filled(this.say.many, n)))
    }
    this.said.replaceChildren(...lines)
  }

  again(query) {
    this.box.value = query
    this.box.focus()
    this.ask(query)
  }

  // list adds the next pages to the list.
  async list(turn) {
    const from = this.found.childElementCount, next = this.listed.slice(from, from + this.limit)
    const pages = await Promise.all(next.map(h => this.engine.read(this.answer.plan, h.page)))
    if (turn != this.turn) return
    const items = pages.map(p => {
      const href = p.url && safe(p.url), title = p.title || p.url
      return el('li', {}, href ? el('a', { href, lang: p.lang }, title) : title, ' ', day(p.date, this.say.locale),
        el('p', { lang: p.lang }, p.passage.map(([text, mark]) => mark ? el('mark', {}, text) : text)))
    })
    this.found.append(...items)
    if (from) items[0]?.querySelector('a')?.focus()
    const left = this.listed.length - from - next.length
    this.more.replaceChildren(...left > 0 ? [button(this.say.more, () => this.list(this.turn))] : [])
  }

  // offer lets the results be narrowed. What by is loaded when somebody wants to.
  offer() {
    if (!this.answer.hits.length || this.getAttribute('facets') == 'no') return this.narrow.replaceChildren()
    if (this.narrow.firstElementChild?.open) return this.values()
    const details = el('details', {}, el('summary', {}, this.say.narrow), el('div', {}))
    details.ontoggle = () => { if (details.open) this.values().catch(error => { console.warn(error); details.remove() }) }
    this.narrow.replaceChildren(details)
  }

  // values lists the values that the results can be narrowed by, with how many pages have each.
  async values() {
    const facets = this.facets ??= await this.engine.facets()
    const sets = facets.map(f => {
      const pages = this.answer.answer.filter(h => this.passes(h.page, f.name)).map(h => h.page), chosen = this.chosen.get(f.name) || new Set()
      const counted = f.values.map(v => ({ v, n: pages.filter(p => v.pages.has(p)).length })).filter(({ v, n }) => n || chosen.has(v))
      const order = f.name == 'year' ? counted : counted.sort((a, b) => chosen.has(b.v) - chosen.has(a.v) || b.n - a.n)
      return order.length && el('fieldset', {}, el('legend', {}, this.say[f.name] || f.heading), order.slice(0, shownValues).map(({ v, n }) => {
        const box = el('input', { type: 'checkbox' })
        box.checked = chosen.has(v)
        box.onchange = () => this.choose(f, v, box.checked)
        return el('label', {}, box, ` ${v.name} (${n})`)
      }))
    })
    this.narrow.firstElementChild?.lastElementChild.replaceChildren(...sets.filter(s => s))
  }

  async choose(facet, value, on) {
    if (!this.chosen.has(facet.name)) this.chosen.set(facet.name, new Set())
    this.chosen.get(facet.name)[on ? 'add' : 'delete'](value)
    const turn = ++this.turn
    await this.show(turn)
    if (turn != this.turn) return
    ;[...this.narrow.querySelectorAll('label')].find(l => l.textContent.startsWith(` ${value.name} (`))?.firstElementChild.focus()
  }
}
if (!customElements.get('rapporteur-search')) customElements.define('rapporteur-search', Search)
