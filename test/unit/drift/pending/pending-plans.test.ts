import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PendingFolder } from "../../../../src/drift/pending/pending-folder";
import { PendingPlans } from "../../../../src/drift/pending/pending-plans";

const hourMs = 3600_000;
const begin = new Date("2026-11-22T06:00:00.000Z");
const later = (hours: number) => new Date(begin.getTime() + hours * hourMs);
let state: string;

beforeEach(() => (state = mkdtempSync(join(tmpdir(), "unexpired-pending-"))));
afterEach(() => rmSync(state, { recursive: true }));

async function keep(name: string, checksum: string, at: Date): Promise<PendingFolder> {
  const folder = join(state, "drift", `${name}-0a1b2c`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "tfplan");
  writeFileSync(file, "PK", { mode: 0o644 });
  utimesSync(file, at, at);
  const place = new PendingFolder(folder);
  const stack = { name, folder: `/infra/${name}` };
  const approveWith = `drift-check approve ${name} --checksum ${checksum}`;
  await place.keep(file, { stack, checksum, approveWith, changes: [], findings: [], plannedAt: at.toISOString() }, at);
  return place;
}

test("a plan is for its owner alone; the same plan made again waits since it was seen first", async () => {
  const place = await keep("web", "aa", begin);
  const modes = [place.folder, place.planFile, join(place.folder, "pending.json")].map((path) => statSync(path).mode);
  expect(modes.map((mode) => mode & 0o777)).toEqual([0o700, 0o600, 0o600]);
  await keep("web", "aa", later(6));
  expect(await place.read()).toMatchObject({ since: begin.toISOString(), plannedAt: later(6).toISOString() });
  await keep("web", "bb", later(7));
  expect(await place.read()).toMatchObject({ checksum: "bb", since: later(7).toISOString() });
  await place.drop();
  expect([await place.read(), existsSync(place.planFile)]).toEqual([undefined, false]);
});

test("what waits longest comes first; after a day a plan is no more, and goes", async () => {
  const [web, dns] = [await keep("web", "aa", later(3)), await keep("dns", "bb", begin)];
  writeFileSync(join(state, "drift", "notices.json"), "{}");
  const names = async (hours: number) =>
    (await new PendingPlans(state, { now: () => later(hours) }).list()).map(({ stack }) => stack.name);
  expect([await names(4), await names(24), await names(25), await names(28)]).toEqual([
    ["dns", "web"],
    ["dns", "web"],
    ["web"],
    [],
  ]);
  await new PendingPlans(state, { now: () => later(25) }).dropOld();
  expect([existsSync(web.folder), existsSync(dns.folder)]).toEqual([true, false]);
});

test("a plan file whose run was killed before it was told of is no pending plan, and goes as well", async () => {
  const place = await keep("web", "aa", begin);
  rmSync(join(place.folder, "pending.json"));
  const plans = new PendingPlans(state, { now: () => later(25) });
  expect(await plans.list()).toEqual([]);
  await plans.dropOld();
  expect(existsSync(place.planFile)).toBe(false);
});

test("no plan was ever made here", async () => {
  const plans = new PendingPlans(state, { now: () => begin });
  await plans.dropOld();
  expect(await plans.list()).toEqual([]);
});
