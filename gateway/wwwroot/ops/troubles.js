import { h, setAttribute, setText } from './dom.js';

const ranks = { bad: 0, warn: 1, note: 2 };
const words = { bad: 'Wrong', warn: 'Look', note: 'Note' };

/** What is wrong, in words, the worst first. A screen reader hears what is new. */
export class Troubles {
  #list = h('ul', { 'aria-live': 'polite', 'aria-relevant': 'additions text' }); #items = new Map(); #nothing = h('p', { class: 'fine' }, 'Nothing is wrong.');

  constructor() {
    this.element = h('section', { class: 'troubles', 'aria-label': 'What is wrong' }, this.#nothing, this.#list);
  }

  update(troubles) {
    const entries = Object.entries(troubles).sort(([, one], [, other]) => ranks[one.level] - ranks[other.level]);
    for (const [name, item] of this.#items) if (!troubles[name]) { item.li.remove(); this.#items.delete(name); }
    let place = this.#list.firstElementChild;
    for (const [name, trouble] of entries) {
      let item = this.#items.get(name);
      if (!item) {
        const [mark, text] = [h('strong'), h('span')];
        this.#items.set(name, item = { li: h('li', {}, mark, text), mark, text });
      }
      if (item.li === place) place = place.nextElementSibling; else this.#list.insertBefore(item.li, place);
      setText(item.mark, words[trouble.level] ?? trouble.level);
      setText(item.text, trouble.text);
      setAttribute(item.li, 'data-level', trouble.level);
    }
    this.#nothing.hidden = entries.length > 0;
  }
}
