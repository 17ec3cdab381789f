/** `npm run docs`: brings what is generated in docs/reference up to its source. A test fails where they differ. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fillPage } from "./fill-page";

const folder = resolve(__dirname, "../../../docs/reference");

for (const name of readdirSync(folder).filter((each) => each.endsWith(".md"))) {
  const file = join(folder, name);
  const page = readFileSync(file, "utf8");
  const filled = fillPage(page, (other) => readFileSync(join(folder, other), "utf8"));
  if (filled === page) continue;
  writeFileSync(file, filled);
  console.log(`${name} is brought up to its source`);
}
