export interface ListedPage<T> {
  readonly entries: readonly T[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** `page` counts from 1, `pageSize` is 25; a page behind the end is empty, and `showAll` gives everything at once. */
export function pageOf<T>(all: readonly T[], query: URLSearchParams, maxPageSize: number): ListedPage<T> {
  if (query.get("showAll") === "true") return { entries: all, metadata: { showAll: true, totalElements: all.length } };
  const page = positive(query.get("page"), 1);
  const pageSize = Math.min(positive(query.get("pageSize"), 25), maxPageSize);
  return {
    entries: all.slice((page - 1) * pageSize, page * pageSize),
    metadata: { page, pageSize, showAll: false, totalElements: all.length },
  };
}

function positive(text: string | null, otherwise: number): number {
  return text !== null && /^[1-9]\d*$/.test(text) ? Number(text) : otherwise;
}
