import { mapLimited } from "../../../src/platform/map-limited";

test("keeps the order, and never has more under way than allowed", async () => {
  let underWay = 0;
  let most = 0;
  const doubled = await mapLimited([5, 1, 4, 2, 3], 2, async (item, index) => {
    most = Math.max(most, ++underWay);
    for (let turn = 0; turn < item; turn++) await Promise.resolve();
    underWay--;
    return [item * 2, index];
  });
  expect(doubled).toEqual([
    [10, 0],
    [2, 1],
    [8, 2],
    [4, 3],
    [6, 4],
  ]);
  expect(most).toBe(2);
  expect(await mapLimited([], 4, () => Promise.resolve(1))).toEqual([]);
});

test("after a failure nothing more is begun, and what is under way ends first", async () => {
  const begun: number[] = [];
  let ended = 0;
  const run = mapLimited([0, 1, 2, 3], 2, async (item) => {
    begun.push(item);
    if (item === 0) throw new Error("no");
    await Promise.resolve();
    ended++;
  });
  await expect(run).rejects.toThrow("no");
  expect(begun).toEqual([0, 1]);
  expect(ended).toBe(1);
});
