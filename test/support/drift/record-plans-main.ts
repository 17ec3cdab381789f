/**
 * Records the plans of the truth table as vectors for the tests of guards: `npx ts-node -T` with this file. What does not
 * matter to guards is left out, and places of this machine are made anonymous.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DriftWorld } from "./drift-world";
import { piecesOf, textOf } from "./stack-of-everything";
import { truthTable } from "./truth-table";

const folder = resolve(__dirname, "../../vectors/drift/plans");

/** The file of a row; of the renewal alone, `renewal`. */
function fileOf(name: string): string {
  return join(folder, `${name.replace(/,/g, "").replace(/ /g, "-")}.json`);
}

async function main(): Promise<void> {
  const world = await DriftWorld.start();
  try {
    const pieces = piecesOf(world);
    const project = await world.applied(textOf(pieces), { TF_VAR_token: "a planted secret" });
    await world.makeDue(project);
    mkdirSync(folder, { recursive: true });
    const rows = Object.entries(truthTable).flatMap(([name, { change }]) => (change ? [{ name, change }] : []));
    for (const { name, change } of [{ name: "renewal", change: () => ({}) }, ...rows]) {
      await project.write({ "stack.tf": textOf({ ...pieces, ...change(pieces, world) }) });
      await project.succeed(["plan", "-no-color", "-input=false", "-out=recorded.plan"]);
      const { format_version, terraform_version, resource_changes, resource_drift, output_changes, ...rest } =
        (await project.show("recorded.plan")) as Readonly<Record<string, unknown>>;
      const { timestamp, applyable, complete, errored } = rest;
      const kept = { format_version, terraform_version, resource_changes, resource_drift, output_changes };
      const text = JSON.stringify({ ...kept, timestamp, applyable, complete, errored }, undefined, 1);
      const anonymous = text.replaceAll(world.world.folder, "/sandbox").replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:14000");
      writeFileSync(fileOf(name), `${anonymous}\n`);
    }
  } finally {
    await world.close();
  }
}

void main();
