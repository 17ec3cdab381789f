import { pageOf } from "../../../../src/sandbox/edge-dns/page-of";

const all = Array.from({ length: 30 }, (_, i) => i);
const page = (query: string, maxPageSize = 100) => pageOf(all, new URLSearchParams(query), maxPageSize);

test.each([
  ["", 0, 25, 25],
  ["page=2", 25, 5, 25],
  ["page=3", undefined, 0, 25],
  ["page=2&pageSize=10", 10, 10, 10],
  ["page=0&pageSize=x", 0, 25, 25],
])("%j begins with %s and has %i entries", (query, first, length, pageSize) => {
  const { entries, metadata } = page(query);
  expect(entries[0]).toBe(first);
  expect(entries).toHaveLength(length);
  expect(metadata).toMatchObject({ pageSize, totalElements: 30, showAll: false });
});

test("pages may be smaller than asked for, unless everything is asked for", () => {
  expect(page("pageSize=20", 7).entries).toHaveLength(7);
  expect(page("showAll=true", 7).entries).toHaveLength(30);
});
