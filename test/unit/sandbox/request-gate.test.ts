import { RequestGate, type GateTrap } from "../../../src/sandbox/request-gate";

const importing = { part: "aws", operation: "ImportCertificate" } as const;

async function verdicts(gate: RequestGate, count: number) {
  const seen: string[] = [];
  for (let at = 0; at < count; at++) seen.push(await gate.enter(importing));
  return seen;
}

test.each<[Partial<GateTrap>, readonly string[]]>([
  [{}, ["throttle", "serve", "serve", "serve"]],
  [{ nth: 2 }, ["serve", "throttle", "serve", "serve"]],
  [{ nth: 2, times: 2 }, ["serve", "throttle", "throttle", "serve"]],
  [{ times: Infinity }, ["throttle", "throttle", "throttle", "throttle"]],
])("a trap %j catches", async (changes, expected) => {
  const gate = new RequestGate();
  gate.set({ ...importing, nth: 1, action: "throttle", ...changes });
  expect(await gate.enter({ part: "acme", operation: "newOrder" })).toBe("serve");
  expect(await verdicts(gate, 4)).toEqual(expected);
});

test("a trap that catches all does so until it is released", async () => {
  const gate = new RequestGate();
  const trap = gate.set({ ...importing, nth: 1, times: Infinity, action: "fail-before" });
  expect(await verdicts(gate, 2)).toEqual(["fail-before", "fail-before"]);
  trap.release();
  expect(await verdicts(gate, 1)).toEqual(["serve"]);
  expect(await trap.caught).toEqual(importing);
});

test("held requests go on together", async () => {
  const gate = new RequestGate();
  const trap = gate.set({ ...importing, nth: 1, times: 2, action: "hold" });
  const held = Promise.all([gate.enter(importing), gate.enter(importing)]);
  await trap.caught;
  trap.release();
  expect(await held).toEqual(["serve", "serve"]);
});
