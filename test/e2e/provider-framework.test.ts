/** The framework under real terraform: a provider inside this process, by reattachment. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveReattach, type ReattachedProvider } from "../../src/provider/plugin/serve-reattach";
import { TerraformProject } from "../support/terraform";
import { toyAddress, toyProvider, ToyStore } from "../support/toy-provider";

let folder: string;
let store: ToyStore;
let provider: ReattachedProvider;
const projects: TerraformProject[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "toy-"));
  store = new ToyStore(join(folder, "store.json"));
  provider = await serveReattach(toyProvider);
});

afterEach(async () => {
  await provider.close();
  for (const project of projects.splice(0)) await project.remove();
  await rm(folder, { recursive: true, force: true });
});

const full = `
  name           = "one"
  ratio          = 0.1
  names          = ["b", "a"]
  secret         = "hush"
  secret_version = 1
  tags           = { Name = "x" }
  zones          = [{ name = "z1" }, { name = "z2", active = true }]
  rule { weight = 3 }
`;

function configuration(body: string): string {
  return `
    terraform {
      required_providers { toy = { source = "${toyAddress}" } }
    }
    provider "toy" { store = "${join(folder, "store.json")}" }
    resource "toy_thing" "it" {
      ${body}
    }
    output "serial" { value = toy_thing.it.serial }
  `;
}

async function project(body: string): Promise<TerraformProject> {
  const made = await TerraformProject.create({
    files: { "main.tf": configuration(body) },
    reattach: provider.reattach,
  });
  projects.push(made);
  return made;
}

test("creates, and plans nothing afterwards", async () => {
  const terraform = await project(full);
  const before = await terraform.plan();
  expect(before.exitCode).toBe(2);
  expect(before.output).toContain("serial = (known after apply)");

  await terraform.apply();
  await terraform.expectEmptyPlan();

  expect(await terraform.attributes("toy_thing.it")).toMatchObject({
    name: "one",
    flavour: "sweet",
    ratio: 0.1,
    names: ["a", "b"],
    region: "eu-west-1",
    secret: null,
    serial: "1",
    zones: [
      { name: "z1", id: "zone-z1", active: null },
      { name: "z2", id: "zone-z2", active: true },
    ],
    rule: [{ weight: 3 }],
  });
  expect(store.all()).toMatchObject({ one: { secretLength: 4 } });
});

test("a resource with nothing optional set has an empty plan, too", async () => {
  const terraform = await project('name = "bare"');
  await terraform.apply();
  await terraform.expectEmptyPlan();
});

test("a verdict of the refresh makes an in-place update with everything else known", async () => {
  const terraform = await project('name = "one"');
  await terraform.apply();
  store.put("one", { serial: 1, secretLength: 0, due: true });

  const due = await terraform.plan();
  expect(due.exitCode).toBe(2);
  expect(due.output).toContain("toy_thing.it will be updated in-place");
  expect(due.output).toContain("0 to add, 1 to change, 0 to destroy");
  expect(due.output).toContain("the serial is due");
  expect(due.output).not.toContain("~ arn");

  await terraform.apply();
  expect((await terraform.attributes("toy_thing.it")).serial).toBe("2");
  await terraform.expectEmptyPlan();
});

test("a saved plan carries its verdict", async () => {
  const terraform = await project('name = "one"');
  await terraform.apply();
  store.put("one", { serial: 1, secretLength: 0, due: true });
  expect((await terraform.plan("-out=saved")).exitCode).toBe(2);
  store.put("one", { serial: 1, secretLength: 0, due: false });

  await terraform.succeed(["apply", "-no-color", "-input=false", "saved"]);
  expect(store.all().one?.serial).toBe(2);
  await terraform.expectEmptyPlan();
});

test("a change of an attribute that requires it replaces, any other updates", async () => {
  const terraform = await project('name = "one"');
  await terraform.apply();
  await terraform.write({ "main.tf": configuration('name = "one"\n flavour = "sour"') });
  expect((await terraform.plan()).output).toContain("updated in-place");

  await terraform.write({ "main.tf": configuration('name = "two"') });
  const plan = await terraform.plan();
  expect(plan.output).toContain("must be replaced");
  expect(plan.output).toContain('name = "one" -> "two" # forces replacement');
  await terraform.apply();
  expect(Object.keys(store.all())).toEqual(["two"]);
  await terraform.expectEmptyPlan();
});

test("imports, and plans nothing afterwards", async () => {
  store.put("found", { serial: 7, secretLength: 0, due: false });
  const terraform = await project('name = "found"');
  await terraform.import("toy_thing.it", "found");
  expect(await terraform.attributes("toy_thing.it")).toMatchObject({ serial: "7", flavour: "sweet", rule: [] });
  await terraform.expectEmptyPlan();

  const refused = await (await project('name = "x"')).run(["import", "-no-color", "toy_thing.it", "a/b"]);
  expect(refused.exitCode).toBe(1);
  expect(refused.output).toContain("a/b is not a name");
});

test("what was deleted outside is created again; destroy leaves nothing", async () => {
  const terraform = await project('name = "one"');
  await terraform.apply();
  store.remove("one");
  expect((await terraform.plan()).output).toContain("1 to add");
  await terraform.apply();
  await terraform.destroy();
  expect(store.all()).toEqual({});
});

test("a create that fails half-way is kept, tainted and replaced", async () => {
  const terraform = await project('name = "one"\n fail_after_create = true');
  const failed = await terraform.run(["apply", "-no-color", "-auto-approve"]);
  expect(failed.exitCode).toBe(1);
  expect(failed.output).toContain("the thing was made and then broke");
  expect(failed.output).toContain("apply again code: internal");
  expect(await terraform.attributes("toy_thing.it")).toMatchObject({ name: "one", serial: "1", arn: null });

  await terraform.write({ "main.tf": configuration('name = "one"') });
  expect((await terraform.plan()).output).toContain("is tainted, so must be replaced");
  await terraform.apply();
  await terraform.expectEmptyPlan();
});

test("a resource that overruns its timeout fails with it", async () => {
  const terraform = await project('name = "one"\n work_seconds = 30\n timeouts = { create = "1s" }');
  const failed = await terraform.run(["apply", "-no-color", "-auto-approve"]);
  expect(failed.exitCode).toBe(1);
  expect(failed.output).toContain("the time allowed for this operation is over");
  expect(store.all()).toEqual({});
});

test.each([
  ['name = ""', ["must not be empty", 'name = ""']],
  ['name = "x"\n flavour = "salty"', ["not one of the values allowed here", "use one of sweet, sour", "flavour"]],
  ['name = "x"\n names = ["a", ""]', ["must not be empty", "at names[0]"]],
  ['name = "x"\n secret = "s"', ["secret needs secret_version"]],
  ['name = "x"\n secret_version = 10', ["whole number from 1 to 9", "secret_version = 10"]],
  ['name = "x"\n timeouts = { create = "soon" }', ['"soon" is not a duration', "at timeouts.create"]],
  ['name = "x"\n names = ["a", null]', ["an element is null"]],
  ['name = "x"\n ratio = 0.12345678901234567', ["ratio is a number of more digits"]],
])("validate refuses %s and points to the place", async (body, texts) => {
  const terraform = await project(body);
  const { exitCode, output } = await terraform.run(["validate", "-no-color"]);
  expect(exitCode).toBe(1);
  for (const text of texts) expect(output).toContain(text);
});

test("unknown provider settings postpone to apply", async () => {
  const terraform = await project('name = "one"');
  await terraform.write({
    "main.tf": `
      terraform {
      required_providers { toy = { source = "${toyAddress}" } }
    }
      resource "terraform_data" "path" { input = "${join(folder, "store.json")}" }
      provider "toy" { store = terraform_data.path.output }
      resource "toy_thing" "it" { name = "late" }
    `,
  });
  expect((await terraform.plan()).output).toContain("2 to add");
  await terraform.apply();
  expect(Object.keys(store.all())).toEqual(["late"]);
  await terraform.expectEmptyPlan();
});

test("Ctrl-C stops a running create, which leaves no trace", async () => {
  const terraform = await project('name = "one"\n work_seconds = 60');
  const stopped = await terraform.run(["apply", "-no-color", "-auto-approve"], {
    onOutput: [
      "toy_thing.it: Creating...",
      (running) => store.hasBegun("one", running).then(() => void running.kill("SIGINT")),
    ],
  });
  expect(stopped.exitCode).toBe(1);
  expect(stopped.output).toContain("terraform was interrupted");
  expect(store.all()).toEqual({});
});

test("a type of another provider cannot be moved here", async () => {
  const terraform = await project('name = "one"');
  await terraform.write({ "main.tf": 'resource "terraform_data" "old" {}' });
  await terraform.apply();
  await terraform.write({
    "main.tf": configuration('name = "one"') + "\n moved {\n from = terraform_data.old\n to = toy_thing.it\n }",
  });
  expect((await terraform.plan()).output).toContain("a terraform_data cannot be moved to a toy_thing");
});

test("a data source is read at plan, or during apply where its configuration comes from a resource", async () => {
  const looking = (name: string) => `
    data "toy_thing" "found" { name = ${name} }
    output "arn" { value = data.toy_thing.found.arn }`;
  const terraform = await project(full);
  const write = (more: string) => terraform.write({ "more.tf": more });
  await write(looking("toy_thing.it.name"));
  expect((await terraform.plan()).output).toContain("+ arn =");
  await terraform.apply();
  await terraform.expectEmptyPlan();
  const { values } = (await terraform.show()) as { readonly values: { readonly outputs: Record<string, unknown> } };
  expect(values.outputs.arn).toMatchObject({ value: "arn:toy:one" });
  await write(looking('"two"'));
  expect((await terraform.plan()).output).toContain("Error: there is no thing two with data.toy_thing.found");
});
