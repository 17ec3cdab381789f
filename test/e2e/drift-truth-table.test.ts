/** What drift-check makes of real plans of real terraform: the first table is of plans that it must not apply. */
import { DriftCommand } from "../support/drift/drift-command";
import { DriftWorld } from "../support/drift/drift-world";
import { piecesOf, textOf, type Pieces } from "../support/drift/stack-of-everything";
import { truthTable } from "../support/drift/truth-table";
import type { TerraformProject } from "../support/terraform";

let world: DriftWorld;
let project: TerraformProject;
let pieces: Pieces;
const secret = "hush: nobody is to read this";

beforeAll(async () => {
  world = await DriftWorld.start();
  pieces = piecesOf(world);
  project = await world.applied(textOf(pieces), { TF_VAR_token: secret });
  await world.makeDue(project);
}, 120_000);
afterAll(() => world.close());

const serials = async () => (await project.attributes("unexpired_certificate.web")).serial;

test.each(Object.entries(truthTable))("renewal, and %s", async (_, { verdict, findings, change, config }) => {
  const before = [await serials(), world.orders()];
  await project.write({ "stack.tf": textOf({ ...pieces, ...change?.(pieces, world) }) });
  const { code, document, output, errors } = await new DriftCommand([project], config).run("--apply");
  const [stack] = document?.stacks ?? [];
  expect(stack?.failure).toBeUndefined();
  expect(stack?.findings.map(({ rule, subject, value }) => `${rule}: ${subject}: ${value}`).sort()).toEqual(findings);
  expect([code, stack?.verdict, stack?.applied]).toEqual([verdict === "forbidden" ? 4 : 3, verdict, false]);
  expect([await serials(), world.orders()]).toEqual(before);
  expect(JSON.stringify(document) + output + errors).not.toContain(secret);
});
