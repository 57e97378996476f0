// The words of the search in the languages that the pages of the program speak. {0} and {1} are places for what a text is about.
export const texts = {
  en: {
    locale: 'en-GB', search: 'Search', narrow: 'Narrow the results', more: 'More results', failed: 'The search could not be loaded.',
    common: 'The query holds only words that are on nearly every page: add one that tells what you look for.',
    mended: 'Showing results for {0}.', instead: 'Search instead for {0}', cut: 'Only the first {0} words were looked for.',
    any: 'Nothing has most of these words: what has any of them is listed.', one: '1 page', many: '{0} pages',
    person: 'People', organisation: 'Organisations', topic: 'Topics', year: 'Years'
  },
  de: {
    locale: 'de-DE', search: 'Suchen', narrow: 'Die Antworten eingrenzen', more: 'Weitere Seiten', failed: 'Die Suche war nicht zu laden.',
    common: 'Die Suche hat nur Wörter, die auf fast jeder Seite stehen: Fügen Sie eines hinzu, das sagt, was Sie suchen.',
    mended: 'Ergebnisse für {0}.', instead: 'Stattdessen suchen nach {0}', cut: 'Nur die ersten {0} Wörter wurden gesucht.',
    any: 'Auf keiner Seite stehen die meisten dieser Wörter: Hier ist, was eines davon hat.', one: '1 Seite', many: '{0} Seiten',
    person: 'Menschen', organisation: 'Organisationen', topic: 'Themen', year: 'Jahre'
  }
}

// wordsFor returns the texts of a language, English ones where there are none.
export const wordsFor = lang => texts[String(lang || '').toLowerCase().split(/[-_]/)[0]] || texts.en

// filled puts values into the places of a text.
export const filled = (text, ...values) => text.replace(/\{(\d)\}/g, (_, n) => values[n])
