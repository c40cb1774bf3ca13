import { AuditPage } from './audit.js';
import { CallPage } from './call.js';
import { ClusterPage } from './cluster.js';
import { clock, setText } from './dom.js';
import { Feed } from './feed.js';
import { ParticipantPage } from './participant.js';

// Which page is shown stands behind the # of the address: /, /call/ID, /call/ID/PARTICIPANT, /audit.

const [main, fresh, stale] = ['main', 'fresh', 'stale'].map((id) => document.getElementById(id));
let page = null;
let feed = null;

const expired = () => {
  feed?.close();
  page?.close?.();
  location.assign('/ops/login');
};

function show() {
  feed?.close();
  page?.close?.();
  feed = null;
  const parts = location.hash.replace(/^#\/?/, '').split('/').map((part) => { try { return decodeURIComponent(part); } catch { return ''; } });
  const ask = (query) => feed?.change(query);
  if (parts[0] === 'audit') page = new AuditPage({ expired });
  else if (parts[0] === 'call' && parts[2]) page = new ParticipantPage({ call: parts[1], participant: parts[2] });
  else if (parts[0] === 'call' && parts[1]) page = new CallPage({ call: parts[1], ask });
  else page = new ClusterPage({ ask });
  main.replaceChildren(page.element);
  document.title = `${page.title}: VoiceGrains operations`;
  for (const [id, isHere] of [['toCluster', parts[0] !== 'audit'], ['toAudit', parts[0] === 'audit']]) document.getElementById(id).toggleAttribute('aria-current', isHere);
  setStale(null);
  setText(fresh, page.query ? 'Connecting …' : '');
  if (page.query) feed = new Feed(page.query, { change: (state) => page.change(state), history: (data, isWhole) => page.history?.(data, isWhole), fresh: setFresh, stale: setStale, expired });
}

function setFresh(at) {
  setStale(null);
  setText(fresh, `Live, ${clock(at)}`);
}

function setStale(text) {
  stale.hidden = text === null;
  document.body.classList.toggle('is-stale', text !== null);
  if (text === null) return;
  setText(stale, text);
  setText(fresh, 'Stale');
}

addEventListener('hashchange', () => { show(); main.focus(); });
show();

const session = await fetch('/ops/api/session', { cache: 'no-store' }).then((answer) => answer.json()).catch(() => null);
if (session?.runtimeDashboard) {
  const link = document.getElementById('toRuntime');
  link.href = session.runtimeDashboard;
  link.hidden = false;
}
