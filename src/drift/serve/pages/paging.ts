import { html, type Markup } from "../../../pages/markup";

export interface Paged<Item> {
  readonly items: readonly Item[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  readonly total: number;
}

/** A part of a long list. What is asked for beyond its end is its last page. */
export function paged<Item>(all: readonly Item[], asked: string | null, size: number): Paged<Item> {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const wanted = /^\d{1,6}$/.test(asked ?? "") ? Number(asked) : 1;
  const page = Math.min(pages, Math.max(1, wanted));
  return { items: all.slice((page - 1) * size, page * size), page, pages, total: all.length };
}

/** The way to the pages beside this one; nothing where there is only one. `link`: the address of a page. */
export function pager({ page, pages }: Paged<unknown>, link: (page: number) => string): Markup | undefined {
  if (pages === 1) return undefined;
  const to = (other: number, text: string, rel: string) => html`<a href="${link(other)}" rel="${rel}">${text}</a>`;
  return html`<nav class="pager" aria-label="Further pages">
    ${page > 1 ? to(page - 1, "Previous", "prev") : undefined}
    <span class="quiet">Page ${page} of ${pages}</span>
    ${page < pages ? to(page + 1, "Next", "next") : undefined}
  </nav>`;
}
