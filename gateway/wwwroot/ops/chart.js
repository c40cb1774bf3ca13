import { setAttribute, setText, svg } from './dom.js';

const width = 120;
const height = 28;

/** A small line over the last hour, with the highest value as its upper edge. */
export class Chart {
  #line; #area; #title; #last = null;

  constructor(label, format) {
    [this.label, this.format] = [label, format];
    this.#title = svg('title');
    this.#area = svg('path', { class: 'area' });
    this.#line = svg('path', { class: 'line' });
    this.element = svg('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `${label}: no points yet` }, this.#title, this.#area, this.#line);
  }

  /** Points are [slot, value], the oldest first; slots that are missing leave a gap. */
  draw(points, { lastSlot, slots, least = 0 }) {
    const highest = Math.max(least, ...points.map(([, value]) => value)) || 1;
    const x = (slot) => (width * (slot - lastSlot + slots - 1)) / (slots - 1);
    const y = (value) => height - 2 - ((height - 5) * value) / highest;
    let [line, area, before] = ['', '', null];
    for (const [slot, value] of points) {
      const isNew = before === null || slot - before[0] > 3;
      if (isNew && before) area += `L${x(before[0]).toFixed(1)} ${height}Z`;
      // A point alone is a dot.
      line += `${isNew ? 'M' : 'L'}${x(slot).toFixed(1)} ${y(value).toFixed(1)}${isNew ? 'h.01' : ''}`;
      area += isNew ? `M${x(slot).toFixed(1)} ${height}L${x(slot).toFixed(1)} ${y(value).toFixed(1)}` : `L${x(slot).toFixed(1)} ${y(value).toFixed(1)}`;
      before = [slot, value];
    }
    if (before) area += `L${x(before[0]).toFixed(1)} ${height}Z`;
    if (line === this.#last) return;
    this.#last = line;
    setAttribute(this.#line, 'd', line);
    setAttribute(this.#area, 'd', area);
    const minutes = points.length ? Math.max(1, Math.round(((lastSlot - points[0][0] + 1) * 10) / 60)) : 0;
    const text = points.length
      ? `${this.label} in the last ${minutes >= 60 ? 'hour' : `${minutes} min`}: now ${this.format(points.at(-1)[1])}, highest ${this.format(Math.max(...points.map(([, value]) => value)))}`
      : `${this.label}: no points yet`;
    setText(this.#title, text);
    setAttribute(this.element, 'aria-label', text);
  }
}

/** The hour of the cluster and of each process, as the stream tells it. */
export class History {
  cluster = []; processes = {}; slots = 360;

  take(data, isWhole) {
    if (isWhole) [this.cluster, this.processes] = [[], {}];
    this.slots = data.points;
    this.cluster = this.#joined(this.cluster, data.cluster);
    for (const [name, rows] of Object.entries(data.processes)) this.processes[name] = this.#joined(this.processes[name] ?? [], rows);
  }

  get lastSlot() { return this.cluster.at(-1)?.[0] ?? 0; }

  #joined(rows, more) {
    const last = rows.at(-1)?.[0] ?? -1;
    const all = [...rows, ...more.filter(([slot]) => slot > last)];
    const first = (all.at(-1)?.[0] ?? 0) - this.slots;
    return all.filter(([slot]) => slot > first);
  }
}
