/** docs/reference/mistakes.md answers every one of the field's 25 mistakes, by things that exist. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve(__dirname, "../docs/reference");
const page = readFileSync(join(folder, "mistakes.md"), "utf8");

const rows = [...page.matchAll(/^\| (\d+) +\|(.+)\|$/gm)].map(([, number, cells = ""]) => {
  const [mistake = "", here = "", what = "", proof = ""] = cells.split(" | ").map((cell) => cell.trim());
  return { number: Number(number), mistake, here, what, proof };
});
const linksOf = (text: string) =>
  [...text.matchAll(/\[([^\]]+)\]\(([^)\s]+)\)/g)].map(([, label = "", target = ""]) => ({ label, target }));

test("all 25 are there, in their order", () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
});

test.each(rows.map((row) => [row.number, row] as const))("mistake %d: what answers it exists", (_, row) => {
  expect(row.mistake).toMatch(/\w/);
  expect(["prevented", "seen", "partly"]).toContain(row.here);
  expect(linksOf(row.what).length).toBeGreaterThan(0);
  const proofs = linksOf(row.proof);
  expect(proofs.length).toBeGreaterThan(0);
  for (const { target } of proofs) {
    expect(target).toMatch(/^\.\.\/\.\.\/test\//);
    expect([target, existsSync(join(folder, target))]).toEqual([target, true]);
  }
});

test("a rule, alert, error or drill that is named is on the page that it is linked to", () => {
  const missing = linksOf(rows.map(({ what }) => what).join("\n")).filter(({ label, target }) => {
    const [, id] = /^`([\w/-]+)`$/.exec(label) ?? [];
    const [file = ""] = target.split("#");
    return id !== undefined && !readFileSync(join(folder, file), "utf8").includes(`| \`${id}\` `);
  });
  expect(missing).toEqual([]);
});

test("what is not prevented says what is left to do", () => {
  for (const { here, what } of rows.filter(({ here: word }) => word === "partly"))
    expect([here, what]).toEqual(["partly", expect.stringMatching(/not\b|Nothing|nobody/) as string]);
});
