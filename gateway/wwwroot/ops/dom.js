// Elements and texts. Everything that comes from outside becomes text, never markup.

/** An element. Properties that begin with "on" are listeners; "class", "data-..." and "aria-..." are attributes; false and null leave an attribute away. */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const svgSpace = 'http://www.w3.org/2000/svg';

export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(svgSpace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Sets a text if it is another: an untouched text costs no layout. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element, name, value) {
  if (value === null || value === false) { if (element.hasAttribute(name)) element.removeAttribute(name); }
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** A text of people, such as a title: its direction stays its own, and what can't be seen is shown. */
export function bdi(text) {
  return h('bdi', {}, visible(text));
}

// Direction overrides and control characters could make a name look like another.
const hidden = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

export function visible(text) {
  return String(text ?? '').replace(hidden, '\ufffd');
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const count = (value) => whole.format(value ?? 0);
export const decimal = (value) => (value >= 100 ? whole : tenths).format(value ?? 0);
export const seconds = (value) => (value ? `${tenths.format(value)} s` : '–');
export const memory = (megabytes) => (megabytes >= 10_240 ? `${whole.format(megabytes / 1024)} GB` : megabytes >= 1024 ? `${tenths.format(megabytes / 1024)} GB` : `${whole.format(megabytes)} MB`);
export const plural = (value, one, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;

/** How long something has lasted, in two units at most. */
export function age(since, now = Date.now()) {
  const total = Math.max(0, Math.floor((now - since) / 1000));
  const [days, hours, minutes] = [Math.floor(total / 86_400), Math.floor(total / 3_600) % 24, Math.floor(total / 60) % 60];
  if (days) return `${days} d ${hours} h`;
  if (hours) return `${hours} h ${minutes} min`;
  return minutes ? `${minutes} min` : `${total} s`;
}

export const clock = (at) => new Date(at).toLocaleTimeString('en-GB');
export const dateTime = (at) => new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
