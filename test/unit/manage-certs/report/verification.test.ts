import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import {
  exitCodeOfVerification,
  toVerificationDocument,
} from "../../../../src/manage-certs/report/verification-document";
import { verificationDocumentShape } from "../../../../src/manage-certs/report/verification-document-shape";
import { toVerificationJunit } from "../../../../src/manage-certs/report/verification-junit";
import { toVerificationMarkdown } from "../../../../src/manage-certs/report/verification-markdown";
import { verificationText } from "../../../../src/manage-certs/report/verification-text";
import { checkHandshake } from "../../../../src/manage-certs/verify/check-handshake";
import { checkPoints } from "../../../../src/manage-certs/verify/check-points";
import type { Verification } from "../../../../src/manage-certs/verify/verification";
import { readJunit, readMarkdown } from "../../../support/read-reports";
import { attach, certificate, estate, listener, now, observed } from "../../../support/scanned-estate";

const [web, inside] = [listener("web"), listener("inside", { internal: true })];
const [main, shop] = [certificate("main"), certificate("shop")];
const points = checkPoints(
  [web, inside],
  estate({
    certificates: [main, shop],
    attachments: [...attach(web, main, shop), ...attach(inside, main)],
    observations: [
      observed(web, main),
      observed(web, shop, { serverName: "shop.example.gov" }),
      observed(web, shop, { serverName: "main.example.gov", address: "192.0.2.2", refusal: "it does not hold <main>" }),
      observed(web, main, { serverName: "main.example.gov" }),
      { point: inside, address: "10.0.0.1", port: 443, outcome: { state: "unreachable", why: "no answer" } },
    ],
  }),
  () => false,
);
const refused = checkHandshake({
  ...{ address: "192.0.2.9", port: 8443, serverName: "www.example.org" },
  outcome: { state: "unreachable", why: "connect ECONNREFUSED" },
});
const verification: Verification = {
  verifiedAt: now,
  targets: [
    ...points,
    { name: "www.example.org:8443", state: "wrong", handshakes: [refused], problems: refused.problems },
  ],
  failures: [],
};
const good: Verification = {
  ...verification,
  targets: [
    { name: "web:443", point: web, state: "good", handshakes: points[0]?.handshakes.slice(0, 2) ?? [], problems: [] },
  ],
};

test("for people: what is wrong first", () => {
  expect(verificationText(verification).split("\n")).toEqual([
    "3 targets: 0 good, 2 wrong, 1 out of reach, by 6 handshakes",
    "",
    "!! web:443: clients refuse what 192.0.2.2:443 for main.example.gov serves: it does not hold <main> [refused]",
    `!! web:443: 192.0.2.2:443 for main.example.gov serves serial ${shop.serial} (until 2026-07-31), not ${main.arn} (until 2026-07-31) [other-certificate]`,
    "     changes take some minutes; if it stays, see who else answers there",
    " - inside:443: it is internal and cannot be reached from here: run this inside its VPC, or say with --connect-to where it is",
    "!! www.example.org:8443: no handshake with 192.0.2.9:8443 for www.example.org: connect ECONNREFUSED [unreachable]",
    "",
    "TARGET                ASKED FOR         ENDS        ISSUER  CHAIN  ADDRESSES    SERVED",
    "web:443               no name           in 60 days  R10     2      1 address    good",
    "web:443               shop.example.gov  in 60 days  R10     2      1 address    good",
    "web:443               main.example.gov  in 60 days  R10     2      2 addresses  wrong at 1 of 2",
    "inside:443            no name                                      1 address    out of reach",
    "www.example.org:8443  www.example.org                              1 address    not reached",
    "",
  ]);
  expect(verificationText(good).split("\n").slice(0, 3)).toEqual([
    "1 target: 1 good, 0 wrong, by 2 handshakes",
    "",
    "TARGET   ASKED FOR         ENDS        ISSUER  CHAIN  ADDRESSES  SERVED",
  ]);
});

test("as JSON, of the published form", () => {
  const document = toVerificationDocument(verification);
  expect(verificationDocumentShape.parse(document)).toEqual(document);
  expect(document.targets[0]).toMatchObject({ id: web.id, state: "wrong" });
  expect(document.targets[0]?.handshakes[0]).toMatchObject({
    expectedArn: main.arn,
    served: { serial: main.serial, daysLeft: 60, chainLength: 2, names: main.names },
  });
});

test("docs/reference/schemas/verify.schema.json is that form", () => {
  const file = join(__dirname, "../../../../docs/reference/schemas/verify.schema.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(z.toJSONSchema(verificationDocumentShape));
});

test("as JUnit: a case for each target, out of reach is skipped", () => {
  expect(readJunit(toVerificationJunit(verification))).toMatchObject({
    suite: "manage-certs verify",
    cases: [
      {
        ...{ classname: web.id, name: "web:443", result: "failure", type: "refused" },
        message: "clients refuse what 192.0.2.2:443 for main.example.gov serves: it does not hold <main>",
      },
      {
        name: "inside:443",
        result: "skipped",
        message: expect.stringMatching(/^out of reach: it is internal/) as string,
      },
      { classname: "host", name: "www.example.org:8443", result: "failure", type: "unreachable" },
    ],
  });
});

test("as Markdown: a row for each target, what is wrong first", () => {
  const failures = [{ service: "acm", region: "eu-west-1", error: { code: "aws_denied" as const, message: "no" } }];
  const { headings, lines, tables } = readMarkdown(toVerificationMarkdown({ ...verification, failures }));
  expect([headings, lines]).toEqual([
    ["manage-certs verify"],
    ["3 targets, 2 wrong.", "not looked at: eu-west-1 acm: no"],
  ]);
  expect(tables).toEqual([
    [
      ["Target", "State", "Ends", "What is wrong"],
      [
        "web:443",
        "wrong",
        "in 60 days",
        expect.stringContaining("it does not hold <main> (refused); 192.0.2.2:443 for"),
      ],
      ["www.example.org:8443", "wrong", "", expect.stringContaining("ECONNREFUSED (unreachable)")],
      ["inside:443", "out of reach", "", expect.stringMatching(/^it is internal/)],
    ],
  ]);
});

test("exit codes: 1 for what is wrong or could not be looked at", () => {
  expect(exitCodeOfVerification(verification)).toBe(1);
  expect(exitCodeOfVerification(good)).toBe(0);
  expect(exitCodeOfVerification({ ...good, targets: points.slice(1) })).toBe(0);
  const failures = [{ service: "acm", error: { code: "aws_denied" as const, message: "no" } }];
  expect(exitCodeOfVerification({ ...good, failures })).toBe(1);
});
