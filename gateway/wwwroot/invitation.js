// The ticket that a link brought: it stands behind the #, so no server and no log ever sees it, and does not stay in the address.

const keptAs = 'voicegrains.ticket';

/** The ticket of the address, or the one that this window came with before it was reloaded. */
export function readTicket() {
  const given = new URLSearchParams(location.hash.slice(1)).get('ticket');
  if (given) {
    remember(given);
    history.replaceState(null, '', location.pathname + location.search);
    return given;
  }
  try { return sessionStorage.getItem(keptAs) ?? undefined; } catch { return undefined; }
}

/** What the server says that it is good for; or { code } of what is wrong with it, `offline` when nobody answers. */
export async function describe(ticket) {
  try {
    const response = await fetch('v1/ticket', { headers: { authorization: `Bearer ${ticket}` }, cache: 'no-store' });
    const answer = await response.json();
    if (response.status >= 500) return { code: 'offline' };
    return response.ok ? { ...answer, socket: socketOf(answer.call) } : { code: answer.title ?? 'ticket-malformed' };
  } catch {
    return { code: 'offline' };
  }
}

function remember(ticket) {
  try { sessionStorage.setItem(keptAs, ticket); } catch { /* Then a reload asks for the link again. */ }
}

const socketOf = (call) => new URL(`v1/calls/${encodeURIComponent(call)}/socket`, location.href.replace(/^http/, 'ws').replace(/#.*/, '')).href;
