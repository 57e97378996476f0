// <rapporteur-related page src>, <rapporteur-asks topic person organisation country q>, <rapporteur-search>; all: limit server heading level.
// What stands inside stays if there is no answer.
(() => {
const home = new URL('.', document.currentScript.src), sheet = new CSSStyleSheet()
sheet.replaceSync(`:is(rapporteur-related,rapporteur-asks,rapporteur-search){
display:block;color:var(--rapporteur-text,inherit);font:var(--rapporteur-font,inherit);
ul{list-style:none;margin:0;padding:0}
li{padding:var(--rapporteur-gap,.75em) 0;border-top:1px solid var(--rapporteur-line,#8886);overflow-wrap:anywhere}
:is(p,blockquote,form){margin:.25em 0}
:is(li>time,details,.why,.by){font-size:.875em;color:var(--rapporteur-muted,inherit)}
summary{cursor:pointer;padding:.25em 0;min-height:1.5em}
blockquote{border-inline-start:3px solid var(--rapporteur-line,#8886);padding-inline-start:.75em}
:is(input,button){font:inherit;padding:.4em .6em;max-width:100%;min-height:2em}
:focus-visible{outline:2px solid var(--rapporteur-focus,currentColor);outline-offset:2px}}`)
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]

let count = 0
const el = (tag, attrs, ...kids) => {
  const e = document.createElement(tag)
  for (const k in attrs) if (attrs[k] != null) e.setAttribute(k, attrs[k])
  e.append(...kids.flat().filter(k => k))
  return e
}
const safe = (url, base) => {
  try { const u = new URL(url, base); if (/^https?:$/.test(u.protocol)) return u.href } catch {}
}
const link = (href, text) => href ? el('a', { href }, text) : text
const day = d => d && el('time', { datetime: d = d.slice(0, 10) }, new Date(d).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' }))

class Widget extends HTMLElement {
  connectedCallback() {
    this.server = safe(this.at('server') || home, location)
    this.limit = Math.min(+this.at('limit') || 5, 20)
    if (this.items && !this.firstElementChild) this.style.minHeight = `var(--rapporteur-height,${this.limit * 8}em)`
    this.load()
  }
  attributeChangedCallback(name, old) { if (old != null && this.isConnected) this.load() }
  at(name) { return this.getAttribute(name) }
  async get(what, params) {
    this.stop?.abort()
    this.stop = new AbortController()
    const u = new URL(what, this.server)
    for (const k in params) if (params[k]) u.searchParams.set(k, params[k])
    const r = await fetch(u, { signal: this.stop.signal, credentials: 'omit', referrerPolicy: 'no-referrer' })
    if (!r.ok) throw Error([u, r.status])
    return r.json()
  }
  async load() {
    this.ariaBusy = true
    try {
      const items = await this.items()
      if (items.length) this.show(el('ul', { role: 'list' }, items))
      else this.style.minHeight = ''
    } catch (e) {
      if (e.name == 'AbortError') return
      this.style.minHeight = ''
      console.warn(e)
    }
    this.ariaBusy = false
  }
  show(...kids) {
    const id = 'rapporteur-' + ++count
    this.replaceChildren(el('section', { 'aria-labelledby': id, lang: 'en' }, el(`h${+this.at('level') || 2}`, { id }, this.at('heading') || this.heading), kids))
  }
}

customElements.define('rapporteur-related', class extends Widget {
  static observedAttributes = ['page', 'src']
  heading = 'Related pages'
  async items() {
    const page = this.at('page') || document.querySelector('link[rel=canonical]')?.href || location.origin + location.pathname
    const feed = await (this.at('src') ? this.get(safe(this.at('src'), location)) : this.get('api/v1/related', { page, limit: this.limit }))
    return feed.items.slice(0, this.limit).map(({ title, url, date_published, _rapporteur: ties }) => el('li', {},
      link(url ? safe(url, location) : safe(ties?.href, this.server), title), ' ', day(date_published),
      (ties?.why || []).map(w => {
        if (!w.quote) return el('p', { class: 'why' }, w.label)
        const href = w.href && safe(w.href, this.server)
        return el('details', {}, el('summary', {}, w.label), el('blockquote', {}, el('p', {}, w.quote)), href && el('a', { href, 'aria-label': 'Read it there: ' + title }, 'Read it there'))
      })))
  }
})

customElements.define('rapporteur-asks', class extends Widget {
  heading = 'What people asked for'
  async items() {
    const params = { limit: this.limit }
    for (const k of ['topic', 'person', 'organisation', 'country', 'q']) params[k] = this.at(k)
    return (await this.get('api/v1/recommendations', params)).items.map(a => el('li', {},
      el('blockquote', {}, el('p', {}, a.text)),
      el('p', { class: 'by' }, a.by && a.by.name + ', ', link(safe(a.evidence?.[0]?.url || a.page.href, this.server), a.page.name), ' ', day(a.date))))
  }
})

customElements.define('rapporteur-search', class extends Widget {
  heading = 'Search'
  load() {
    const id = 'rapporteur-' + ++count
    const names = el('datalist', { id }), said = el('p', { role: 'status' }), found = el('ul', { role: 'list' })
    const box = el('input', { type: 'search', name: 'q', list: id, required: '', 'aria-label': 'Search' })
    const form = el('form', { role: 'search', action: new URL('search', this.server) }, box, ' ', el('button', {}, 'Search'), names)
    box.oninput = () => {
      clearTimeout(this.wait)
      this.wait = setTimeout(() => this.get('api/v1/suggest', { q: box.value }).then(r => names.replaceChildren(...r.suggestions.map(s => el('option', { value: s.text }))), () => {}), 150)
    }
    form.onsubmit = async e => {
      e.preventDefault()
      clearTimeout(this.wait)
      try {
        const r = await this.get('api/v1/search', { q: box.value, limit: this.limit })
        found.replaceChildren(...r.hits.map(h => el('li', {}, link(safe(h.url || h.href, this.server), h.title), ' ', day(h.date))))
        said.replaceChildren(link(safe('search?q=' + encodeURIComponent(box.value), this.server), r.total == 1 ? '1 result' : r.total + ' results'))
      } catch (e) { if (e.name != 'AbortError') form.submit() }
    }
    this.show(form, said, found)
  }
})
})()
