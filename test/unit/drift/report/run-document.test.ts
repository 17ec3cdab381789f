import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { toRunDocument } from "../../../../src/drift/report/run-document";
import { runDocumentShape } from "../../../../src/drift/report/run-document-shape";
import { manyOutcomes } from "../../../support/drift/many-outcomes";

test("what is written is as the published form says", () => {
  const document = toRunDocument(manyOutcomes);
  expect(runDocumentShape.parse(document)).toEqual(document);
  expect(document.exitCode).toBe(1);
  expect(document.stacks.map(({ name, outcome, exitCode }) => `${name}: ${outcome} ${exitCode}`)).toEqual([
    "api: applied 0",
    "blog: no-op 0",
    "cdn: needs-approval 3",
    "dns: forbidden 4",
    "edge: safe 2",
    "ftp: failed 1",
    "git: failed 1",
  ]);
});

test("docs/reference/schemas/drift-run.schema.json is that form", () => {
  const file = join(__dirname, "../../../../docs/reference/schemas/drift-run.schema.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(z.toJSONSchema(runDocumentShape));
});
