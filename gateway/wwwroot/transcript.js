// The transcript after a call, or in it: shown in a language with what was said under it, and saved as a file.

import { element, fill, plain } from './page.js';
import { isFromRight, nameOf, primary } from './languages.js';

const formats = { text: ['txt', 'text/plain', 'Text'], srt: ['srt', 'application/x-subrip', 'SRT subtitles'], vtt: ['vtt', 'text/vtt', 'WebVTT'], json: ['json', 'application/json', 'JSON'] };

/** Fills a place of the page. `call` is the `Call` that took part; `languages` are those that were spoken in it. */
export async function showTranscript(place, call, languages, own) {
  const lines = element('ol', { className: 'transcript', tabIndex: 0, 'aria-label': 'Transcript' });
  const note = element('p', { className: 'note', role: 'status' });
  const language = element('select', { id: 'transcriptLanguage' });
  const original = element('input', { type: 'checkbox', checked: true });
  const wanted = () => ({ ...(language.value && { language: language.value }), original: original.checked });
  const draw = () => render(lines, note, call, wanted());
  fill(language, [...[...languages].map((tag) => [tag, nameOf(tag)]), ['', 'As it was spoken']], languages.has(own) ? own : '');
  language.addEventListener('change', draw);
  original.addEventListener('change', () => lines.classList.toggle('with-original', original.checked));
  lines.classList.add('with-original');
  place.replaceChildren(
    element('div', { className: 'row' },
      element('label', {}, 'Language', language),
      element('label', { className: 'tick' }, original, 'with what was said under it')),
    note, lines,
    element('div', { className: 'row files', role: 'group', 'aria-label': 'Save the transcript' }, 'Save as',
      ...Object.entries(formats).map(([format, [, , text]]) => {
        const button = element('button', { type: 'button', textContent: text });
        button.addEventListener('click', () => save(call, format, wanted()).catch((error) => { note.textContent = wordsFor(error); }));
        return button;
      })));
  await draw();
}

/** The last lines of a call so far, for who comes or comes back; none where one may not read them. */
export async function lastLines(call, language, count) {
  try {
    return JSON.parse(await call.transcript({ language, format: 'json' })).slice(-count);
  } catch {
    return [];
  }
}

async function render(lines, note, call, { language }) {
  note.textContent = 'Loading the transcript …';
  try {
    const segments = JSON.parse(await call.transcript({ language, format: 'json' }));
    lines.replaceChildren(...segments.map((segment) => lineOf(segment, language)));
    note.textContent = segments.length ? '' : 'Nothing was said.';
  } catch (error) {
    lines.replaceChildren();
    note.textContent = wordsFor(error);
  }
}

function lineOf({ name, text, language, quality, offsetMs, spokenLanguage, spokenText }, wanted) {
  const isTranslated = quality === 'good' || quality === 'rough';
  const shown = quality === 'untranslated' ? spokenText : text;
  const words = (className, content, tag) => element('p', { className, lang: tag, dir: isFromRight(tag) ? 'rtl' : 'ltr', textContent: plain(content) });
  const item = element('li', {}, element('time', { textContent: clock(offsetMs) }), element('bdi', { className: 'who', textContent: plain(name) }), words('text-line', shown, language));
  item.dir = isFromRight(language) ? 'rtl' : 'ltr';
  if (isTranslated) item.append(words('source-line', spokenText, spokenLanguage));
  if (wanted && quality === 'untranslated' && primary(language) !== primary(wanted)) item.append(element('span', { className: 'mark', textContent: `not translated · ${nameOf(spokenLanguage)}` }));
  return item;
}

async function save(call, format, wanted) {
  const [ending, type] = formats[format];
  const text = await call.transcript({ ...wanted, format });
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = element('a', { href: address, download: `transcript${wanted.language ? `-${wanted.language}` : ''}.${ending}` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function wordsFor({ code }) {
  if (code === 'may-not-read-transcript') return 'Your invitation does not include the transcript. Ask whoever invited you.';
  if (code === 'too-many-reads') return 'The transcript was loaded very often just now. Wait for a few seconds, then choose the language again.';
  if (code === 'call-unknown') return 'The transcript was deleted.';
  return 'The transcript could not be loaded. Check your connection, and choose the language again.';
}

function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (number) => String(number).padStart(2, '0');
  return `${seconds >= 3600 ? `${Math.floor(seconds / 3600)}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
