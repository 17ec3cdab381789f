const stopsOf = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `stop` when the signal aborts, unless that is taken back by calling what is returned. For signals that thousands
 * wait for: they share one listener, because Node looks through all of them whenever one comes or goes. A signal that
 * is aborted already calls nobody.
 */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  const stops = stopsOf.get(signal) ?? listen(signal);
  stops.add(stop);
  return () => void stops.delete(stop);
}

function listen(signal: AbortSignal): Set<() => void> {
  const stops = new Set<() => void>();
  stopsOf.set(signal, stops);
  signal.addEventListener("abort", () => stops.forEach((stop) => stop()), { once: true });
  return stops;
}
