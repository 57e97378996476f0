// Cuts text into words and makes terms of them, as the program does that wrote the index (package index: words.go, fold.go, english.go).

const letter = /\p{L}/u, mark = /\p{M}/u, wordly = /[\p{L}\p{N}\p{M}]/u, letterOrNumber = /[\p{L}\p{N}]/u, formatting = /\p{Cf}/u
const scripts = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}ー]/u
const number = /^[\p{Nd},.\u00A0\u202F\u2009]*$/u, figures = /^\p{N}*$/u
const maxJoined = 3, longestWord = 64

const at = (text, i) => i < text.length ? String.fromCodePoint(text.codePointAt(i)) : ''
const isWord = c => wordly.test(c)
const isSpaceless = c => c >= '\u0E00' && letterOrNumber.test(c) && scripts.test(c)
const isInvisible = c => c > '\u007F' && formatting.test(c)
const isDigit = c => c >= '0' && c <= '9'
const isLatin = c => /^[a-z]$/i.test(c)
const isSeparator = c => c == '\u00A0' || c == '\u202F' || c == '\u2009'
const bytes = s => new TextEncoder().encode(s).length

function characterEnd(text, i) {
  const first = text.codePointAt(i), hangul = first >= 0x1100 && first <= 0x11FF
  i += at(text, i).length
  for (let c; (c = at(text, i)); i += c.length) {
    const code = c.codePointAt(0)
    if (!mark.test(c) && !(hangul && code >= 0x1160 && code <= 0x11FF)) break
  }
  return i
}

function thousands(text, start, i, next) {
  let digits = 0
  for (let k = i - 1; k >= start && isDigit(text[k]); k--) digits++
  if (!digits || digits > 3 || i - digits == start && text[start] == '0') return false
  if (i - digits > start && digits != 3) return false
  if (/[a-z]/i.test(text.slice(start, i)) || !/^[0-9]{3}$/.test(text.slice(next, next + 3))) return false
  return !/[a-z0-9]/i.test(text[next + 3] || '')
}

const ends = (text, i) => { const c = at(text, i); return !isWord(c) && c != '+' && c != '#' }

function wordEnd(text, i) {
  const start = i
  let segment = i
  while (i < text.length) {
    const c = at(text, i), next = i + c.length
    if (c <= '\u007F' && isWord(c)) i = next
    else if (c > '\u007F') {
      if (isSeparator(c)) {
        if (!thousands(text, start, i, next)) return i
      } else if (c == '’' || isInvisible(c)) {
        const after = at(text, next)
        if (!letter.test(after) || isSpaceless(after)) return i
      } else if (!isWord(c) || isSpaceless(c)) return i
      i = next
    } else if (c == "'" && isLatin(text[next] || '')) i = next
    else if (c == ',' && thousands(text, start, i, next)) i = next
    else if (c == '.' && i > segment && isDigit(text[i - 1]) && isDigit(text[next] || '')) segment = i = next
    else if (c == '.' && i == segment + 1 && isLatin(text[i - 1]) && isLatin(text[next] || '') && !isWord(text[i + 2] || '')) segment = i = next
    else if (c == '+' && text[next] == '+' && ends(text, i + 2)) return i + 2
    else if (c == '#' && i == start + 1 && isLatin(text[start]) && ends(text, next)) return next
    else return i
  }
  return i
}

// split gives the words of a text, and second spellings: those that a hyphen or "&" ties closed too, those behind "#" or "." with it.
export function * split(text) {
  let position = 0, tied = []
  for (let i = 0; i < text.length;) {
    const c = at(text, i)
    if (!isWord(c)) { i += c.length; continue }
    position++
    if (isSpaceless(c)) {
      const end = characterEnd(text, i)
      tied = []
      yield { start: i, end, position, word: text.slice(i, end), character: true }
      i = end
      continue
    }
    const end = Math.max(wordEnd(text, i), i + c.length), p = { start: i, end, position, word: text.slice(i, end) }
    yield p
    const sign = i - 1, before = sign > 0 ? text[sign - 1] : ' '
    if (sign >= 0 && (text[sign] == '#' || text[sign] == '.' && isLatin(text[i])) && !/[a-z0-9.#/&\u0080-\uffff]/i.test(before))
      yield { start: sign, end, position, word: text.slice(sign, end), spelling: true, sign: true }
    let word = p.word
    for (let k = tied.length - 1; k >= 0; k--) {
      word = tied[k].word + (text[tied[k].end] == '&' ? '&' : '') + word
      if (figures.test(word) || bytes(word) > longestWord) break
      yield { start: tied[k].start, end, position, word, spelling: true }
    }
    const after = at(text, end + 1)
    if (/[-\u2010\u2011&]/.test(text[end] || ' ') && isWord(after) && !isSpaceless(after)) tied = [...tied, p].slice(1 - maxJoined)
    else tied = []
    i = end
  }
}

// English knows the words of English by tables of the index.
export class English {
  constructor(tables) {
    this.stop = new Set(tables.stop)
    this.respelled = new Map(Object.entries(tables.respelled))
    this.our = tables.our
    this.letters = new Map()
    for (let i = 0; i < tables.letters.length; i += 2) this.letters.set(tables.letters[i], tables.letters[i + 1])
  }

  // fold is a word in small letters, without accents, possessive, apostrophes, separators of thousands and the full stops of an acronym.
  fold(word) {
    let w = word.toLowerCase().replaceAll('`', "'")
    if (/[^\0-\x7F]/.test(w)) {
      w = [...w].filter(c => !isInvisible(c)).map(c => this.letters.get(c) ?? c).join('').normalize('NFKD')
      w = w.replace(/[\u0300-\u036f\u064b-\u065f\u0670]|(?=\p{Mn})[\u0591-\u05c7]/gu, '').normalize('NFC').normalize('NFKC').replaceAll('ς', 'σ')
    }
    if (w.includes("'")) w = w.replace(/'s$/, '').replaceAll("'", '')
    if (isDigit(w[0] || '')) return w.replace(/[, \u00A0\u202F\u2009]/g, '')
    return w.indexOf('.') > 0 ? w.replaceAll('.', '') : w
  }

  // term is what the index has for a piece of a text; '' for a stop word.
  term(p) {
    if (p.character || number.test(p.word)) return this.fold(p.word)
    if (p.spelling && /[#.&]/.test(p.word)) return p.word.toLowerCase()
    if (this.stop.has(p.word.toLowerCase().replaceAll('’', "'"))) return ''
    const w = this.fold(p.word)
    return this.stop.has(w) ? '' : stem(this.british(w))
  }

  british(word) {
    if (this.respelled.has(word)) return this.respelled.get(word)
    if (bytes(word) < 5) return word
    let i = word.lastIndexOf('iz')
    if (i >= 4 && /^iz(e|es|ed|er|ers|ing|ation|ations|ational)$/.test(word.slice(i))) return word.slice(0, i) + 'is' + word.slice(i + 2)
    i = word.lastIndexOf('yz')
    if (i >= 3) return word.slice(0, i) + 'ys' + word.slice(i + 2)
    for (const base of this.our) if (word.startsWith(base)) return base.slice(0, -1) + 'ur' + word.slice(base.length)
    return word
  }
}

const irregular = { skis: 'ski', skies: 'sky', dying: 'die', lying: 'lie', tying: 'tie', idly: 'idl', gently: 'gentl', ugly: 'ugli',
  early: 'earli', only: 'onli', singly: 'singl', sky: 'sky', news: 'news', howe: 'howe', atlas: 'atlas', cosmos: 'cosmos', bias: 'bias', andes: 'andes' }
const kept = new Set(['inning', 'outing', 'canning', 'herring', 'earring', 'proceed', 'exceed', 'succeed'])
const second = { tional: 'tion', enci: 'ence', anci: 'ance', abli: 'able', entli: 'ent', izer: 'ize', ization: 'ize', ational: 'ate', ation: 'ate',
  ator: 'ate', alism: 'al', aliti: 'al', alli: 'al', fulness: 'ful', ousli: 'ous', ousness: 'ous', iveness: 'ive', iviti: 'ive', biliti: 'ble',
  bli: 'ble', fulli: 'ful', lessli: 'less', ogi: 'og', li: '' }
const third = { tional: 'tion', ational: 'ate', alize: 'al', icate: 'ic', iciti: 'ic', ical: 'ic', ful: '', ness: '', ative: '' }
const fourth = ['al', 'ance', 'ence', 'er', 'ic', 'able', 'ible', 'ant', 'ement', 'ment', 'ent', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize', 'ion']
const longest = (w, endings) => endings.filter(e => w.endsWith(e)).sort((a, b) => b.length - a.length)[0]
const shortEnd = /(^[aeiouy][^aeiouy]|[^aeiouy][aeiouy][^aeiouywxY])$/, vowel = /[aeiouy]/

// region is where the part of a word begins behind the first consonant that follows a vowel.
function region(w, from) {
  const m = /[aeiouy][^aeiouy]/.exec(w.slice(from))
  return m ? from + m.index + 2 : w.length
}

// stem is the Snowball stem of an English word (http://snowball.tartarus.org/algorithms/english/stemmer.html).
export function stem(word) {
  if (Object.hasOwn(irregular, word)) return irregular[word]
  if ([...word].length <= 2) return word
  let w = word.replace(/^y/, 'Y').replace(/([aeiouy])y/g, '$1Y')
  const start = /^(gener|commun|arsen)/.exec(w)
  const r1 = start ? start[0].length : region(w, 0), r2 = region(w, r1)
  const cut = n => { w = w.slice(0, w.length - n) }
  const inside = (ending, r) => w.length - ending.length >= r

  if (w.endsWith('sses')) cut(2)
  else if (/ie[ds]$/.test(w)) cut(w.length > 4 ? 2 : 1)
  else if (/s$/.test(w) && !/[us]s$/.test(w) && vowel.test(w.slice(0, -2))) cut(1)
  if (kept.has(w)) return w

  const e = longest(w, ['eed', 'eedly', 'ed', 'edly', 'ing', 'ingly'])
  if (e == 'eed' || e == 'eedly') { if (inside(e, r1)) { cut(e.length); w += 'ee' } }
  else if (e && vowel.test(w.slice(0, -e.length))) {
    cut(e.length)
    if (/(at|bl|iz)$/.test(w)) w += 'e'
    else if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(w)) cut(1)
    else if (w.length <= r1 && shortEnd.test(w)) w += 'e'
  }
  if (/.[^aeiouy][yY]$/.test(w)) w = w.slice(0, -1) + 'i'

  let s = longest(w, Object.keys(second))
  if (s && inside(s, r1) && (s != 'ogi' || w.endsWith('logi')) && (s != 'li' || /[cdeghkmnrt]li$/.test(w))) { cut(s.length); w += second[s] }
  s = longest(w, Object.keys(third))
  if (s && inside(s, r1) && (s != 'ative' || inside(s, r2))) { cut(s.length); w += third[s] }
  s = longest(w, fourth)
  if (s && inside(s, r2) && (s != 'ion' || /[st]ion$/.test(w))) cut(s.length)
  if (w.endsWith('e')) { if (inside('e', r2) || inside('e', r1) && !shortEnd.test(w.slice(0, -1))) cut(1) }
  else if (w.endsWith('ll') && inside('l', r2)) cut(1)
  return w.toLowerCase()
}
