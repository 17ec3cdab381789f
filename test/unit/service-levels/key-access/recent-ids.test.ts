import { RecentIds } from "../../../../src/service-levels/key-access/recent-ids";

test("the oldest goes, and what comes again is new", () => {
  const ids = new RecentIds(2);
  for (const id of ["a", "b", "a", "c"]) ids.add(id);
  expect(["a", "b", "c"].map((id) => ids.has(id))).toEqual([true, false, true]);
});
