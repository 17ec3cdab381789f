/** Runs an operation for each item, so many at a time. */
export async function inParallel<T>(
  items: readonly T[],
  concurrency: number,
  operation: (item: T) => Promise<unknown>,
): Promise<void> {
  const queue = items.values();
  const work = async () => {
    for (const item of queue) await operation(item);
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}
