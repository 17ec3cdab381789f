/** Points every stack in `cdktf.out` at a sandbox, between synthesis and terraform. Argument: the sandbox's ready file. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ReadyFile } from "../../../src/sandbox/ready-file";
import { pointAtSandbox } from "./point-at-sandbox";

const ready = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as ReadyFile;
const stacks = "cdktf.out/stacks";
for (const name of existsSync(stacks) ? readdirSync(stacks) : []) {
  const file = join(stacks, name, "cdk.tf.json");
  writeFileSync(file, pointAtSandbox(readFileSync(file, "utf8"), ready));
}
