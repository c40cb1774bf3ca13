import { h, setAttribute } from './dom.js';

/**
 * A table whose rows have names and are changed in place. Columns: { head, key (for sorting), text(row) or cell(row, td, name), class, label }. A text is set only when it has changed;
 * a cell is made once, and changed by what it returned: (row) => void.
 */
export class Table {
  #columns; #rows = new Map(); #body; #heads = new Map();

  constructor(caption, columns, { sort, empty = 'None.' } = {}) {
    this.#columns = columns;
    this.#body = h('tbody');
    const heads = columns.map((column) => {
      const th = h('th', { scope: 'col', class: column.class });
      if (sort && column.key) {
        th.append(h('button', { type: 'button', class: 'sort', onclick: () => sort(column.key) }, column.head));
        this.#heads.set(column.key, th);
      } else th.append(column.head);
      return th;
    });
    this.empty = h('p', { class: 'empty' }, empty);
    this.table = h('table', {}, h('caption', { class: 'unseen' }, caption), h('thead', {}, h('tr', {}, ...heads)), this.#body);
    this.element = h('div', { class: 'table' }, this.table, this.empty);
  }

  /** Shows by which column, and in which direction, the rows are sorted. */
  sorted(key, isDescending) {
    for (const [name, th] of this.#heads) setAttribute(th, 'aria-sort', name === key ? (isDescending ? 'descending' : 'ascending') : null);
  }

  /** Shows these rows, in this order: [name, row]. */
  update(entries) {
    const names = new Set(entries.map(([name]) => name));
    for (const [name, held] of this.#rows) if (!names.has(name)) { held.tr.remove(); this.#rows.delete(name); }
    let place = this.#body.firstElementChild;
    for (const [name, row] of entries) {
      let held = this.#rows.get(name);
      if (!held) this.#rows.set(name, held = this.#make(name, row));
      if (held.tr === place) place = place.nextElementSibling;
      else this.#body.insertBefore(held.tr, place);
      for (const change of held.changes) change(row);
    }
    this.table.hidden = entries.length === 0;
    this.empty.hidden = entries.length > 0;
  }

  #make(name, row) {
    const tr = h('tr');
    const changes = this.#columns.map((column, at) => {
      const td = h(at === 0 ? 'th' : 'td', { scope: at === 0 ? 'row' : null, class: column.class, 'data-label': column.label ?? column.head });
      tr.append(td);
      if (column.cell) return column.cell(row, td, name) ?? (() => {});
      let before = null;
      return (now) => {
        const text = column.text(now);
        if (text !== before) td.textContent = before = text;
      };
    });
    return { tr, changes };
  }
}
