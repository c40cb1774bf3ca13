// Languages to choose from, by their own names, and how they are written.

const offered = ['en', 'es', 'fr', 'de', 'it', 'pt', 'ar', 'nl', 'pl', 'uk', 'ru', 'tr', 'hi', 'zh', 'ja', 'ko'];
const fromRight = new Set(['ar', 'he', 'fa', 'ur', 'ps', 'sd', 'ug', 'yi', 'dv', 'ckb']);

export const primary = (tag) => String(tag ?? '').split('-')[0].toLowerCase();

export const isFromRight = (tag) => fromRight.has(primary(tag));

/** A language by its own name: Español. */
export function nameOf(tag) {
  try {
    const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag);
    return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
  } catch {
    return String(tag ?? '').slice(0, 35);
  }
}

/** Pairs for a select; the wanted one is always among them. */
export function choices(wanted) {
  const tags = !wanted || offered.includes(wanted) ? offered : [wanted, ...offered];
  return tags.map((tag) => [tag, nameOf(tag)]);
}

/** The offered language that the browser prefers. */
export function preferred() {
  const liked = (navigator.languages ?? [navigator.language]).map(primary).find((tag) => offered.includes(tag));
  return liked ?? 'en';
}
