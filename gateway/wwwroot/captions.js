// Captions in a list: committed text solid, what may still change faint, the original under it where one wants that.

import { element, plain } from './page.js';
import { isFromRight, nameOf, primary } from './languages.js';

const mostLines = 300;
const forgottenAfter = 20000; // milliseconds: nothing comes any more for what was not touched so long
const nearEnd = 60; // pixels: whoever has scrolled up further is reading, and is left there

/** `nameOf(speaker)` names people; `isMine(speaker)` says who looks; `onScrolledAway(isAway)` says whether the newest line is out of sight. */
export class Captions {
  constructor(list, { name = (speaker) => speaker, isMine = () => false, onScrolledAway, announcer } = {}) {
    Object.assign(this, { list, name, isMine, onScrolledAway, announcer });
    list.addEventListener('scroll', () => this.#noteScroll(), { passive: true });
  }

  #lines = new Map();
  #isAway = false;
  #withOriginal = false;

  set withOriginal(wanted) {
    this.#withOriginal = wanted;
    this.list.classList.toggle('with-original', wanted);
  }

  /** How many lines are still being translated or spoken. */
  get open() { return [...this.#lines.values()].filter(isWaiting).length; }

  /** Whether something of a speaker is still open. */
  isOpenOf(speaker) { return [...this.#lines.values()].some((line) => isWaiting(line) && line.speaker === speaker); }

  /** Shows a caption to who reads `language`; a new line stands before another one, or at the end. */
  show(caption, language, { before = null, isOld = false } = {}) {
    const key = keyOf(caption);
    const isSource = caption.language === caption.spokenLanguage && caption.quality !== 'untranslated';
    const isMain = !isSource || primary(caption.language) === primary(language);
    const line = this.#lines.get(key) ?? this.#add(key, caption, before);
    if (!line) return;
    const part = isMain ? line.main : line.source;
    // A final caption without text: what was heard was no speech.
    if (caption.final && !caption.text) { this.#remove(key); return; }
    write(part, caption);
    line.touchedAt = Date.now();
    part.element.hidden = !isMain && !this.#withOriginal;
    if (isMain) {
      line.element.dir = part.element.dir;
      line.isOpen = !caption.final;
      if (caption.final && !isOld && !this.isMine(caption.speaker)) this.#announce(caption);
      mark(line, caption);
    } else if (!line.main.element.textContent) {
      line.isOpen = !caption.final || primary(caption.language) !== primary(language);
    }
    line.element.classList.toggle('open', line.isOpen);
    this.#follow();
  }

  /** Shows what was said before, as rows of the transcript in JSON, above what is there; nothing twice. */
  recall(rows, language) {
    const before = this.list.firstChild;
    for (const row of rows) {
      const caption = { ...row, tail: '', final: true, rightToLeft: undefined };
      if (row.quality === 'untranslated') caption.text = row.spokenText;
      if (this.#lines.has(keyOf(caption)) || !caption.text) continue;
      this.show(caption, language, { before, isOld: true });
      if (row.quality === 'good' || row.quality === 'rough') {
        this.show({ ...caption, language: row.spokenLanguage, text: row.spokenText, quality: 'original' }, language, { isOld: true });
      }
    }
    this.#follow();
  }

  /** Names may come after the captions of who bears them. */
  rename() {
    for (const line of this.#lines.values()) line.who.textContent = plain(this.name(line.speaker));
  }

  /** What nobody will finish any more. */
  settle() {
    for (const line of this.#lines.values()) {
      line.isOpen = false;
      line.element.classList.remove('open');
    }
  }

  clear() {
    this.#lines.clear();
    this.list.replaceChildren();
  }

  toNewest() {
    this.#isAway = false;
    this.list.scrollTop = this.list.scrollHeight;
    this.onScrolledAway?.(false);
  }

  #add(key, caption, before) {
    if (caption.final && !caption.text) return undefined;
    const who = element('bdi', { className: 'who', textContent: plain(this.name(caption.speaker)) });
    const [main, source] = [part('p', 'text-line'), part('p', 'source-line')];
    source.element.hidden = true;
    const line = { speaker: caption.speaker, who, main, source, isOpen: true };
    line.element = element('li', { 'data-speaker': caption.speaker }, who, main.element, source.element);
    line.element.classList.toggle('mine', this.isMine(caption.speaker));
    this.list.insertBefore(line.element, before);
    this.#lines.set(key, line);
    if (this.#lines.size > mostLines) this.#remove(this.#lines.keys().next().value);
    return line;
  }

  #remove(key) {
    this.#lines.get(key)?.element.remove();
    this.#lines.delete(key);
  }

  #announce({ speaker, text }) {
    if (this.announcer) this.announcer.textContent = `${plain(this.name(speaker))}: ${plain(text)}`;
  }

  #follow() {
    if (!this.#isAway) this.list.scrollTop = this.list.scrollHeight;
  }

  #noteScroll() {
    const isAway = this.list.scrollHeight - this.list.clientHeight - this.list.scrollTop > nearEnd;
    if (isAway !== this.#isAway) this.onScrolledAway?.(isAway);
    this.#isAway = isAway;
  }
}

const keyOf = ({ speaker, segment }) => JSON.stringify([speaker, segment]);

const isWaiting = ({ isOpen, touchedAt }) => isOpen && Date.now() - touchedAt < forgottenAfter;

function part(tag, className) {
  const text = element('span', { className: 'text' });
  const tail = element('span', { className: 'tail' });
  return { element: element(tag, { className }, text, tail), text, tail };
}

function write(part, caption) {
  const shown = caption.quality === 'untranslated' ? caption.spokenLanguage : caption.language;
  part.element.lang = shown;
  part.element.dir = (caption.rightToLeft ?? isFromRight(shown)) ? 'rtl' : 'ltr';
  part.text.textContent = plain(caption.text);
  part.tail.textContent = caption.tail ? `${caption.text ? ' ' : ''}${plain(caption.tail)}` : '';
}

const marks = {
  rough: ['rough', 'A rough translation: it gives the gist at best.'],
  untranslated: ['not translated', 'Nobody could translate this; it stands in the original.'],
};

function mark(line, caption) {
  const [text, title] = marks[caption.quality] ?? [];
  if (!text) { line.mark?.remove(); line.mark = undefined; return; }
  if (!line.mark) {
    line.mark = element('span', { className: 'mark' });
    line.main.element.after(line.mark);
  }
  line.mark.textContent = caption.quality === 'untranslated' ? `${text} · ${nameOf(caption.spokenLanguage)}` : text;
  line.mark.title = title;
}
