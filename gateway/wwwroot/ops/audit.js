import { dateTime, h, visible } from './dom.js';
import { Table } from './table.js';

const names = {
  'sign-in': 'signed in', 'end-call': 'ended a call', disconnect: 'took a participant out', move: 'moved a participant', 'drain-silo': 'drained a silo',
  'drain-gateway': 'drained a gateway', 'open-breaker': 'opened a breaker', 'close-breaker': 'closed a breaker', 'log-level': 'set a log level',
};
const pageSize = 50;

/** What operators did, the newest first. It is read when the page is opened, and again each 5 s. */
export class AuditPage {
  title = 'Audit';
  #table; #more; #entries = []; #timer; #failed = h('p', { class: 'stale', role: 'alert', hidden: true }, 'The audit can’t be read just now.'); #expired;

  constructor({ expired }) {
    this.#expired = expired;
    this.#table = new Table('What operators did', [
      { head: 'When', class: 'name', text: (row) => dateTime(row.at) },
      { head: 'Who', cell: (row, td) => { td.append(row.who, h('span', { class: 'under' }, row.from)); } },
      { head: 'Did', text: (row) => names[row.what] ?? row.what },
      { head: 'To', class: 'wide', text: (row) => visible(row.target) },
      { head: 'Result', class: 'wide', text: (row) => (row.result === null ? 'not known' : visible(row.result)) },
    ], { empty: 'Nobody has done anything yet.' });
    this.#more = h('button', { type: 'button', class: 'quiet', hidden: true, onclick: () => this.#older() }, 'Older');
    this.element = h('div', { class: 'page' }, h('h2', {}, 'Audit'), this.#failed, this.#table.element, h('div', { class: 'row end' }, this.#more));
    this.#newest();
    this.#timer = setInterval(() => this.#newest(), 5_000);
  }

  close() { clearInterval(this.#timer); }

  async #newest() {
    const entries = await this.#read('');
    if (!entries) return;
    const last = entries.at(-1)?.number ?? 0;
    this.#show([...entries, ...this.#entries.filter((entry) => entry.number < last)], this.#entries.length === 0 ? entries.length === pageSize : !this.#more.hidden);
  }

  async #older() {
    const entries = await this.#read(`&below=${this.#entries.at(-1).number}`);
    if (entries) this.#show([...this.#entries, ...entries], entries.length === pageSize);
  }

  async #read(page) {
    const answer = await fetch(`/ops/api/audit?take=${pageSize}${page}`, { cache: 'no-store' }).catch(() => null);
    if (answer?.status === 401) this.#expired();
    this.#failed.hidden = Boolean(answer?.ok);
    return answer?.ok ? (await answer.json()).entries : null;
  }

  #show(entries, hasMore) {
    this.#entries = entries;
    this.#table.update(entries.map((entry) => [String(entry.number), entry]));
    this.#more.hidden = !hasMore;
  }
}
