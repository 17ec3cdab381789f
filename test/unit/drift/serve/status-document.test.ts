import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { toStatusDocument } from "../../../../src/drift/serve/status-document";
import { statusDocumentShape } from "../../../../src/drift/serve/status-document-shape";
import { AppError } from "../../../../src/platform/errors";
import { calmView, emptyView, fullView, now } from "../../../support/drift/status-views";

test.each([
  ["nothing", emptyView],
  ["a calm day", calmView],
  ["a bad one", fullView],
])("what is written of %s is as the published form says", (_, view) => {
  const document = toStatusDocument(view);
  expect(statusDocumentShape.parse(document)).toEqual(document);
});

test("a run that could not begin is told by its code", () => {
  const error = new AppError("invalid_config", "line 3", { facts: { more: 1 } });
  const { daemon } = toStatusDocument({ ...emptyView, daemon: { ...emptyView.daemon, lastRun: { at: now, error } } });
  expect(daemon.lastRun).toEqual({ at: now.toISOString(), error: { code: "invalid_config", message: "line 3" } });
});

test("docs/reference/schemas/drift-status.schema.json is that form", () => {
  const file = join(__dirname, "../../../../docs/reference/schemas/drift-status.schema.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(z.toJSONSchema(statusDocumentShape));
});
