/**
 * Points every stack in `cdktf.out` at a sandbox, between synthesis and terraform. Argument: a JSON file with its places,
 * such as its ready file.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pointAtSandbox, type PlacesOfSandbox } from "./point-at-sandbox";

const places = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as PlacesOfSandbox;
const stacks = "cdktf.out/stacks";
for (const name of existsSync(stacks) ? readdirSync(stacks) : []) {
  const file = join(stacks, name, "cdk.tf.json");
  writeFileSync(file, pointAtSandbox(readFileSync(file, "utf8"), places));
}
