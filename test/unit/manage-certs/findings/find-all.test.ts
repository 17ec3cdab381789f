import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findAll, findingRules } from "../../../../src/manage-certs/findings/find-all";
import { attach, certificate, estate, inDays, listener } from "../../../support/scanned-estate";

test("the most urgent first: by severity, then by the end", () => {
  const late = certificate("late", { notBefore: inDays(-80), notAfter: inDays(10) });
  const later = certificate("later", { notBefore: inDays(-81), notAfter: inDays(9) });
  const soon = certificate("soon", { notBefore: inDays(-65), notAfter: inDays(25) });
  const lost = certificate("lost");
  const attachments = attach(listener("web"), late, later, soon);
  const all = findAll(estate({ certificates: [lost, soon, late, later], attachments }));
  expect(all.map(({ rule, severity, name }) => [rule, severity, name])).toEqual([
    ["expiring", "critical", "later.example.gov"],
    ["expiring", "critical", "late.example.gov"],
    ["expiring", "warning", "soon.example.gov"],
    ["orphan", "notice", "lost.example.gov"],
  ]);
});

test("every finding has an id of its own, the same at every scan", () => {
  const certificates = [
    certificate("a", { chain: { intermediates: 0, broken: "x" }, inUseBy: ["arn"], keyAlgorithm: "RSA_1024" }),
  ];
  const ids = () => findAll(estate({ certificates })).map(({ id }) => id);
  expect(new Set(ids()).size).toBe(ids().length);
  expect(ids()).toEqual(ids());
  expect(ids()).toHaveLength(2);
});

test("every rule has its row in docs/reference/findings.md, in order, and no row is without a rule", () => {
  const page = readFileSync(join(__dirname, "../../../../docs/reference/findings.md"), "utf8");
  const rows = [...page.matchAll(/^\| `([\w-]+)` +\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)].map((row) => row.slice(1));
  expect(rows).toEqual(findingRules.map(({ id, title, severity, advice }) => [id, title, severity, advice]));
});
