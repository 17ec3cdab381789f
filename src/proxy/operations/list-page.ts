import { AppError } from "../../platform/errors";
import type { Query } from "../http/route";

export interface ListPage<T> {
  readonly entries: readonly T[];
  readonly metadata: {
    readonly page: number;
    readonly pageSize: number;
    readonly showAll: boolean;
    readonly totalElements: number;
    readonly lastPage: number;
  };
}

/** How a list looks at its entries. */
export interface ListColumns<T> {
  /** `sortBy` knows these. */
  readonly columns: Readonly<Record<string, (entry: T) => string>>;
  /** What `search` looks into. */
  readonly searched: (entry: T) => readonly string[];
}

/**
 * Search, order and paging of Edge DNS, over what the client may see, so that totals count only that. Pages count from
 * 1, 25 entries each; a page past the end is empty. Errors: `invalid_argument`.
 */
export function listPage<T>(all: readonly T[], query: Query, { columns, searched }: ListColumns<T>): ListPage<T> {
  const page = positive(query, "page", 1);
  const pageSize = positive(query, "pageSize", 25);
  const showAll = query.showAll?.toLowerCase() === "true";
  const wanted = query.search?.toLowerCase();
  const found = all.filter(
    (entry) => wanted === undefined || searched(entry).some((text) => text.toLowerCase().includes(wanted)),
  );
  const sorted = [...found].sort(orderBy(query.sortBy ?? Object.keys(columns).join(","), columns));
  const start = (page - 1) * pageSize;
  return {
    entries: showAll ? sorted : sorted.slice(start, start + pageSize),
    metadata: {
      page,
      pageSize,
      showAll,
      totalElements: sorted.length,
      lastPage: showAll ? 1 : Math.max(1, Math.ceil(sorted.length / pageSize)),
    },
  };
}

function positive(query: Query, key: string, fallback: number): number {
  const text = query[key];
  if (text === undefined) return fallback;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new AppError("invalid_argument", `${key} must be a number from 1 on`);
  return Number(text);
}

/** `name,-type`: by name, then by type descending. */
function orderBy<T>(sortBy: string, columns: ListColumns<T>["columns"]): (left: T, right: T) => number {
  const keys = sortBy.split(",").map((text) => {
    const descending = text.startsWith("-");
    const name = descending ? text.slice(1) : text;
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (column === undefined)
      throw new AppError(
        "invalid_argument",
        `cannot sort by ${JSON.stringify(name)}: ${Object.keys(columns).join(", ")}`,
      );
    return { column, sign: descending ? -1 : 1 };
  });
  return (left, right) => {
    for (const { column, sign } of keys) {
      const [one, other] = [column(left), column(right)];
      if (one !== other) return one < other ? -sign : sign;
    }
    return 0;
  };
}
