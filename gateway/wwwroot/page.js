// What all pages share: elements, choices that are kept, and text that can't hide anything.

export const $ = (id) => document.getElementById(id);

/** An element with properties; those beginning with `data-` or `aria-`, and `role`, are attributes. Strings become text, never markup. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (/^(aria-|data-|role$|list$|for$)/.test(name)) made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

/** Somebody else's text without characters that would reorder or hide what stands around it. */
export const plain = (text) => String(text ?? '').replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, '');

/** A choice that outlives the page, where the browser keeps anything at all. */
export const kept = {
  get(name, usual) { try { return localStorage.getItem(`voicegrains.${name}`) ?? usual; } catch { return usual; } },
  set(name, value) { try { localStorage.setItem(`voicegrains.${name}`, value); } catch { /* A private window: it is asked again. */ } },
};

/** Fills a select with [value, text] pairs. */
export function fill(select, choices, chosen) {
  select.replaceChildren(...choices.map(([value, text]) => element('option', { value, textContent: text })));
  if (chosen !== undefined) select.value = chosen;
}

/** Fills a bar up to a share of it, from 0 to 1. */
export function fillBar(bar, share) {
  const shown = Math.max(0, Math.min(1, share));
  bar.firstElementChild.style.inlineSize = `${Math.round(shown * 100)}%`;
  if (bar.hasAttribute('aria-valuenow')) bar.setAttribute('aria-valuenow', shown.toFixed(2));
}

/** Shows one of some sections and hides the others. */
export function show(id, ...all) {
  for (const one of all) $(one).hidden = one !== id;
}
