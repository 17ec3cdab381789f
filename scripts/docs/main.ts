/** `npm run docs`: brings what is generated in docs/reference and monitoring up to its source. Tests fail where they differ. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fillPage } from "./fill-page";
import { monitoringFiles } from "./monitoring-files";

const root = resolve(__dirname, "../../..");
const reference = join(root, "docs/reference");
const read = (name: string) => readFileSync(join(reference, name), "utf8");

for (const name of readdirSync(reference).filter((each) => each.endsWith(".md")))
  bringUp(`docs/reference/${name}`, fillPage(read(name), read));
for (const [name, text] of Object.entries(monitoringFiles())) bringUp(name, text);

function bringUp(name: string, text: string): void {
  const file = join(root, name);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  writeFileSync(file, text);
  console.log(`${name} is brought up to its source`);
}
