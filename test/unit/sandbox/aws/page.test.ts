import { page } from "../../../../src/sandbox/aws/page";

const idOf = (item: string) => item;

test("pages add up to the whole list, whatever the size", () => {
  const all = ["a", "b", "c", "d", "e"];
  for (const size of [1, 2, 3, 5, 100]) {
    const seen: string[] = [];
    let token: string | undefined;
    do {
      const { items, next } = page(all, { token, size, idOf });
      expect(items.length).toBeLessThanOrEqual(size);
      seen.push(...items);
      token = next;
    } while (token !== undefined);
    expect(seen).toEqual(all);
  }
  expect(page([], { size: 2, idOf })).toEqual({ items: [] });
});

test("a token that was never given out is refused", () => {
  expect(() => page(["a"], { token: "bm9uZQ", size: 1, idOf })).toThrow(/token/);
});
