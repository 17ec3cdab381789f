import { AwsError } from "./aws-error";

export interface Page<T> {
  readonly items: readonly T[];
  /** Undefined on the last page. */
  readonly next?: string;
}

export interface PageQuery<T> {
  /** Token of the previous answer. */
  readonly token?: string;
  readonly size: number;
  /** What tells an item apart, so that a page starts behind the last one seen even if items came or went. */
  readonly idOf: (item: T) => string;
}

/** One page of a list whose order is stable. */
export function page<T>(all: readonly T[], { token, size, idOf }: PageQuery<T>): Page<T> {
  let start = 0;
  if (token !== undefined && token !== "") {
    const last = Buffer.from(token, "base64url").toString();
    start = all.findIndex((item) => idOf(item) === last) + 1;
    if (start === 0) throw new AwsError("ValidationException", "the token for the next page is not valid");
  }
  const items = all.slice(start, start + size);
  const last = items.at(-1);
  const more = start + size < all.length && last !== undefined;
  return more ? { items, next: Buffer.from(idOf(last)).toString("base64url") } : { items };
}
