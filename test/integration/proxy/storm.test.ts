/** Tools of all kinds at once in one zone: each gets what it asked for, and nobody else loses anything. */
import { common, Storm, zone, type Tool } from "../../support/storm/storm";
import { prove, standingIn, sumOf } from "../../support/storm/sum-of";

let storm: Storm;

beforeEach(async () => {
  storm = await Storm.start(50);
});

afterEach(() => storm.stop());

const own = (index: number) => `_acme-challenge.h${index}.${zone}`;
const proveAll = (tools: readonly Tool[]) => Promise.all(tools.map((tool) => prove(storm, tool)));

test.each([12, 50])(
  "%i tools at one name add and clean up at once, beside values of others",
  async (count) => {
    await proveAll(storm.tools(count, () => common));
    expect(standingIn(storm)).toEqual(sumOf([]));
  },
  300_000,
);

test("12 tools at a name that nobody had", async () => {
  await proveAll(storm.tools(12, () => own(0)));
  expect(standingIn(storm)).toEqual(sumOf([]));
});

test("50 tools at names of their own, at one in common, and some that leave their values: the zone is the sum", async () => {
  const leaving = storm.tools(10, (index) => (index % 2 === 0 ? common : own(index)), 100);
  const passing = storm.tools(40, (index) => (index % 3 === 0 ? own(index) : common), 200);
  await Promise.all([...leaving.map((tool) => tool.add()), proveAll(passing)]);
  expect(standingIn(storm)).toEqual(sumOf(leaving));
  expect(storm.proxy.audit().filter(({ event, outcome }) => event === "write" && outcome !== "done")).toEqual([]);
  await Promise.all(leaving.map((tool) => tool.remove()));
  expect(standingIn(storm)).toEqual(sumOf([]));
});
