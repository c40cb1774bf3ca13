// When it is worth looking at the network at once: it came back, or the page did. Outside of browsers none of this happens.

/** Calls back when the network or the page comes back; returns what ends that. */
export function watchWakes(onWake) {
  const page = globalThis.document;
  const shown = () => { if (!page.hidden) onWake(); };
  globalThis.addEventListener?.('online', onWake);
  globalThis.addEventListener?.('pageshow', onWake);
  page?.addEventListener('visibilitychange', shown);
  return () => {
    globalThis.removeEventListener?.('online', onWake);
    globalThis.removeEventListener?.('pageshow', onWake);
    page?.removeEventListener('visibilitychange', shown);
  };
}

/** Whether the browser knows that there is no network. That it says there is one means little. */
export const isOffline = () => globalThis.navigator?.onLine === false;
