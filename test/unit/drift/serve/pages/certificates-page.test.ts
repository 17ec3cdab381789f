import { certificatesPage } from "../../../../../src/drift/serve/pages/certificates-page";
import { emptyView, seen } from "../../../../support/drift/status-views";

const certificates = Array.from({ length: 250 }, (_, index) => seen(`c${index}.example.gov`, 40 + index));
const view = { ...emptyView, certificates };
const page = (query: string) => certificatesPage(view, new URLSearchParams(query)).text;
const rows = (text: string) => [...text.matchAll(/class="name strong">([^<]+)/g)].map(([, name]) => name);

test("fifty at a time", () => {
  expect(rows(page(""))).toHaveLength(50);
  expect(rows(page("page=5"))).toHaveLength(50);
  expect(rows(page("page=5"))[0]).toBe("c200.example.gov");
  expect(page("page=2")).toContain("Page 2 of 5");
});

test.each(["page=0", "page=-1", "page=x", "page=1e9", "page="])("%s is the first page", (query) =>
  expect(rows(page(query))[0]).toBe("c0.example.gov"),
);

test("what is asked for beyond the end is the last page", () => expect(rows(page("page=999999"))).toHaveLength(50));

test("words are looked for in names, addresses and stacks, and stay in the links", () => {
  expect(rows(page("q=C24%20api"))).toEqual(
    ["c24", ...Array.from({ length: 10 }, (_, index) => `c24${index}`)].map((name) => `${name}.example.gov`),
  );
  expect(page("q=gov")).toContain('href="/certificates?q=gov&amp;page=2"');
  expect(page("q=nowhere")).toContain("0 of 250 certificates");
});
