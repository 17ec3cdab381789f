import { median, mediansInTurn } from "../../bench/rounds";

test.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 100], 10],
])("the median of %j is %d", (values, expected) => {
  expect(median(values)).toBe(expected);
});

test("there is no median of nothing, and values keep their order", () => {
  expect(() => median([])).toThrow("the median of nothing");
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});

test("sides take turns, warm-up rounds do not count, and each side gets its own median", async () => {
  const turns: string[] = [];
  const prepared = { a: [1000, 1, 2, 30], b: [2000, 5, 6, 4] };
  const side = (name: "a" | "b") => async () => {
    turns.push(name);
    return prepared[name].shift() ?? Number.NaN;
  };
  expect(await mediansInTurn({ a: side("a"), b: side("b") }, { rounds: 3 })).toEqual({ a: 2, b: 5 });
  expect(turns.join("")).toBe("abababab");
});

test("a side that fails ends the measurement", async () => {
  const fails = () => Promise.reject(new Error("no plan"));
  await expect(mediansInTurn({ fails }, { rounds: 1 })).rejects.toThrow("no plan");
});
