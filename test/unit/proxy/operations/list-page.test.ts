import { listPage } from "../../../../src/proxy/operations/list-page";

const columns = { name: (text: string) => text, size: (text: string) => String(text.length) };
const look = { columns, searched: (text: string) => [text] };
const page = (query: Record<string, string>) => listPage(["bb", "a", "ccc", "dd"], query, look);

test.each<[Record<string, string>, string[], number]>([
  [{}, ["a", "bb", "ccc", "dd"], 4],
  [{ pageSize: "3" }, ["a", "bb", "ccc"], 4],
  [{ pageSize: "3", page: "2" }, ["dd"], 4],
  [{ page: "7" }, [], 4],
  [{ pageSize: "1", showAll: "true" }, ["a", "bb", "ccc", "dd"], 4],
  [{ search: "B" }, ["bb"], 1],
  [{ sortBy: "-size,name" }, ["ccc", "bb", "dd", "a"], 4],
])("%j", (query, entries, totalElements) => {
  expect(page(query)).toMatchObject({ entries, metadata: { totalElements } });
});

test.each<Record<string, string>>([
  { page: "0" },
  { page: "-1" },
  { pageSize: "x" },
  { sortBy: "toString" },
  { sortBy: "" },
])("%j is refused", (query) => {
  expect(() => page(query)).toThrow(/must be a number|cannot sort by/);
});
