import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { findAll } from "../../../../src/manage-certs/findings/find-all";
import { toScanDocument } from "../../../../src/manage-certs/report/scan-document";
import { scanDocumentShape } from "../../../../src/manage-certs/report/scan-document-shape";
import { bigEstate, sharedEstate } from "../../../support/scanned-estate";

test("what is written is as the published form says, and nothing is there twice", () => {
  const document = toScanDocument(bigEstate, findAll(bigEstate));
  expect(scanDocumentShape.parse(document)).toEqual(document);
  const [point] = document.servingPoints;
  expect(point?.certificates.map(({ role }) => role)).toEqual(["default", "sni"]);
  expect(point?.observations[0]).not.toHaveProperty("point");
  expect(document.certificates.find(({ names }) => names[0] === "over.example.gov")?.daysLeft).toBe(-3);
});

test("a certificate and what was found about it say whose it is", () => {
  const document = toScanDocument(sharedEstate, findAll(sharedEstate));
  expect(scanDocumentShape.parse(document)).toEqual(document);
  const isOver = ({ name }: { readonly name: string }) => name === "over.example.gov";
  const team = { name: "Payments", contact: "pay@example.gov" };
  expect(document.certificates.find(({ names: [name = ""] }) => isOver({ name }))?.team).toEqual(team);
  expect(document.findings.find(isOver)?.team).toEqual(team);
  expect(document.certificates.filter((certificate) => "team" in certificate)).toHaveLength(3);
});

test("docs/reference/schemas/scan.schema.json is that form", () => {
  const file = join(__dirname, "../../../../docs/reference/schemas/scan.schema.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(z.toJSONSchema(scanDocumentShape));
});
