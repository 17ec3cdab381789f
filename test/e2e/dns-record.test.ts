/** `unexpired_dns_record` by real terraform, against the sandbox's Edge DNS. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { childProcesses } from "../support/child-processes";
import { startProviderWorld, type ProviderWorld } from "../support/provider-world";

const name = "_token.app.example.gov";
const foreign = { name, type: "TXT", ttlSeconds: 3600, rdata: ['"of \\"another\\" team; kept"'] };

let world: ProviderWorld;
beforeEach(async () => {
  world = await startProviderWorld({ zones: [{ name: "example.gov", records: [foreign] }, { name: "example.org" }] });
});
afterEach(() => world.close());

const record = (values: string, more = "") => `
resource "unexpired_dns_record" "it" {
  zone   = "example.gov"
  name   = "${name}"
  type   = "TXT"
  values = ${values}
  ${more}
}
`;

const rdata = () => world.sandbox.zones.recordSet("example.gov", name, "TXT")?.rdata;

test("create, change, destroy: our values come and go, the foreign one stays to the byte", async () => {
  const project = await world.project(record('["one", "two; quoted \\"words\\""]'));
  await project.apply();
  expect(rdata()).toEqual([...foreign.rdata, '"one"', '"two; quoted \\"words\\""']);
  await project.expectEmptyPlan();

  const main = join(project.folder, "main.tf");
  writeFileSync(main, readFileSync(main, "utf8").replace('"one"', '"three"'));
  await project.apply();
  expect([...(rdata() ?? [])].sort()).toEqual([...foreign.rdata, '"three"', '"two; quoted \\"words\\""'].sort());
  await project.expectEmptyPlan();

  await project.destroy();
  expect(world.sandbox.zones.recordSet("example.gov", name, "TXT")).toEqual(foreign);
});

test("a value that was there before us is never removed; another team's change is no drift", async () => {
  await seed(['"of \\"another\\" team; kept"', '"shared"']);
  const project = await world.project(record('["shared", "ours"]'));
  await project.apply();
  await seed([...(rdata() ?? []), '"somebody else, later"']);
  await project.expectEmptyPlan();
  const { output } = await project.destroy();
  expect(output).toContain("1 of the values");
  expect([...(rdata() ?? [])].sort()).toEqual([...foreign.rdata, '"shared"', '"somebody else, later"'].sort());
});

test("a value removed by hand is drift, and comes back", async () => {
  const project = await world.project(record('["one", "two"]'));
  await project.apply();
  await seed([...foreign.rdata, '"two"']);
  expect((await project.plan()).exitCode).toBe(2);
  await project.apply();
  expect([...(rdata() ?? [])].sort()).toEqual([...foreign.rdata, '"one"', '"two"'].sort());
});

test("import takes over a value, and plans nothing", async () => {
  await seed([...foreign.rdata, '"found"']);
  const project = await world.project(record('["found"]', "ttl_seconds = 3600"));
  await project.import("unexpired_dns_record.it", `example.gov/${name}/TXT/found`);
  await project.expectEmptyPlan();
});

test("a CNAME that points elsewhere is refused, not overwritten", async () => {
  const alias = { name: "www.example.org", type: "CNAME", ttlSeconds: 60, rdata: ["old.example.net."] };
  world.sandbox.zones.write("example.org", { put: [alias] });
  const project = await world.project(`
resource "unexpired_dns_record" "alias" {
  zone   = "example.org"
  name   = "www.example.org"
  type   = "CNAME"
  values = ["new.example.net"]
}
`);
  const { exitCode, output } = await project.run(["apply", "-no-color", "-auto-approve"]);
  expect(exitCode).toBe(1);
  expect(output).toContain("already is a CNAME to old.example.net");
  expect(world.sandbox.zones.recordSet("example.org", "www.example.org", "CNAME")).toEqual(alias);
});

async function seed(values: readonly string[]) {
  world.sandbox.zones.write("example.gov", { put: [{ ...foreign, rdata: values }] });
}

test("an alias changes its target in place; another spelling of the target changes nothing", async () => {
  const alias = (target: string) => `
resource "unexpired_dns_record" "alias" {
  zone   = "example.org"
  name   = "www.example.org"
  type   = "CNAME"
  values = ["${target}"]
}
`;
  const project = await world.project(alias("one.example.net"));
  await project.apply();
  const canonical = (text: string) => text.toLowerCase().replace(/\.$/, "");
  for (const target of ["ONE.example.net.", "two.example.net"]) {
    const main = join(project.folder, "main.tf");
    writeFileSync(main, readFileSync(main, "utf8").replace(/values = .*/, `values = ["${target}"]`));
    await project.apply();
    const set = world.sandbox.zones.recordSet("example.org", "www.example.org", "CNAME");
    expect(set?.rdata.map(canonical)).toEqual([canonical(target)]);
    await project.expectEmptyPlan();
  }
});

test("a zone that is hidden from the credentials is an error, not a record that is gone", async () => {
  const project = await world.project(record('["one"]').replaceAll("example.gov", "example.net"));
  const { exitCode, output } = await project.run(["apply", "-no-color", "-auto-approve"]);
  expect(exitCode).toBe(1);
  expect(output).toContain("Edge DNS shows no zone example.net to these credentials");
});

test.each(["GET recordset", "POST recordset"])(
  "killed at %s of its create: the next apply owns the values, and destroy removes them",
  async (operation) => {
    const ours = record('["one"]').replaceAll(name, "_killed.example.gov");
    const project = await world.project(ours);
    const trap = world.sandbox.gate.set({ part: "edge-dns", operation, nth: 1, action: "hold" });
    let terraform = 0;
    const running = project.run(["apply", "-no-color", "-auto-approve"], {
      onStart: ({ pid = 0 }) => (terraform = pid),
    });
    await trap.caught;
    for (const pid of childProcesses(terraform, "unexpired")) process.kill(pid, "SIGKILL");
    expect((await running).exitCode).not.toBe(0);
    trap.release();
    await project.apply();
    await project.expectEmptyPlan();
    const { output } = await project.destroy();
    expect(output).not.toContain("stay in DNS");
    expect(world.sandbox.zones.recordSet("example.gov", "_killed.example.gov", "TXT")).toBeUndefined();
  },
);
