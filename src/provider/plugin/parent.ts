/**
 * Calls back once when the process that started us is gone: a killed core says no Shutdown, and its provider would go
 * on for ever. Stdin is not the sign to watch: it is the user's terminal.
 */
export function watchParent(
  host: { readonly ppid: number },
  onGone: () => void,
  { everyMs = 500 }: { readonly everyMs?: number } = {},
): void {
  const parent = host.ppid;
  const timer = setInterval(() => {
    if (host.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, everyMs);
  timer.unref();
}
