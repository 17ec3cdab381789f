import { allAlerts } from "../../src/alerts/all-alerts";
import { allDrills } from "../../src/drill/all-drills";
import { table } from "./schema-table";

/** Files of test/prometheus with made-up series, and the one in which people are told. */
const madeUp = ["expiry-alerts", "renewal-alerts"];
const endToEnd = "alerts-end-to-end";

/** What proves each alert, as rows of a Markdown table. `readFile`: of files, named from docs/reference. */
export function alertProofsTable(readFile: (name: string) => string): string {
  const named = (file: string) => {
    const text = readFile(`../../test/prometheus/${file}.test.ts`);
    return new Set([...text.matchAll(/["` ]([A-Z][A-Za-z]+)(?=["` ])/g)].map(([, name]) => name));
  };
  const names = new Map([...madeUp, endToEnd].map((file) => [file, named(file)]));
  const rows = allAlerts.map(({ name }) => [
    `\`${name}\``,
    madeUp
      .filter((file) => names.get(file)?.has(name))
      .map((file) => `\`${file}\``)
      .join(", "),
    names.get(endToEnd)?.has(name) ? "yes" : "",
    allDrills
      .filter(({ alert }) => alert === name)
      .map((drill) => `\`${drill.name}\``)
      .join(", "),
  ]);
  return table(["alert", "made-up series", "over Alertmanager", "drill"], rows);
}
