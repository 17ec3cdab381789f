import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { estimateCosts } from "../../../../src/manage-certs/costs/estimate-costs";
import { pricesShape, type Prices } from "../../../../src/manage-certs/costs/prices-shape";
import { readPrices } from "../../../../src/manage-certs/costs/read-prices";
import { toPage } from "../../../../src/manage-certs/report/page/page";
import { scanDocumentShape } from "../../../../src/manage-certs/report/scan-document-shape";
import { toScanDocument } from "../../../../src/manage-certs/report/scan-document";
import { costsText } from "../../../../src/manage-certs/report/costs-text";
import { toText } from "../../../../src/manage-certs/report/text";
import type { ScannedCertificate } from "../../../../src/manage-certs/scan/estate";
import { attach, certificate, estate, inDays, listener } from "../../../support/scanned-estate";

const given = (prices: object): Prices => pricesShape.parse({ currency: "USD", ...prices });
const costsOf = (certificates: readonly ScannedCertificate[], prices: object) =>
  estimateCosts(estate({ certificates: [...certificates] }), given(prices));
const sum = ({ prices, labour, unpriced }: { prices: number; labour: number; unpriced: number }) => [
  prices,
  labour,
  unpriced,
];

/** 73 days: five in a year. */
const short = { notBefore: inDays(-3), notAfter: inDays(70) };

test.each<[string, Partial<ScannedCertificate>, object, number[]]>([
  ["a price of a year", {}, { certificate: 250 }, [250, 0, 0]],
  [
    "of an issuance, as often as its lifetime goes into a year",
    short,
    { certificate: 10, per: "issuance" },
    [50, 0, 0],
  ],
  ["of each name", { names: ["a.test", "b.test"] }, { certificate: 5, name: 40 }, [85, 0, 0]],
  ["of a wildcard", { names: ["a.test", "*.a.test"] }, { name: 40, wildcard: 400 }, [440, 0, 0]],
  ["of a wildcard without a price of its own", { names: ["a.test", "*.a.test"] }, { name: 40 }, [80, 0, 0]],
  ["what is free", {}, { certificate: 0 }, [0, 0, 0]],
])("now: %s", (_, facts, entry, expected) => {
  const { now } = costsOf([certificate("a", { issuer: "R10", ...facts })], { issuers: [{ issuer: "r1*", ...entry }] });
  expect(sum(now)).toEqual(expected);
});

test("an issuer without an entry is counted, named, and in no sum", () => {
  const old = [certificate("a", { issuer: "Old CA G2" }), certificate("b", { issuer: "Old CA G2" })];
  const more = [certificate("c", { issuer: undefined }), certificate("d", { issuer: "R10" })];
  const costs = costsOf([...old, ...more], { issuers: [{ issuer: "R10", certificate: 7 }] });
  expect(sum(costs.now)).toEqual([7, 0, 3]);
  expect(costs.unpricedIssuers).toEqual([
    { issuer: "Old CA G2", certificates: 2 },
    { issuer: "unknown", certificates: 1 },
  ]);
  expect(costsText(costs).join("\n")).toContain("7.00 and 3 unknown");
});

test("labour is for what nobody's program renews, and for nothing once one does", () => {
  const labour = { minutesPerRenewal: 30, hourlyRate: 80 };
  const issuers = [{ issuer: "*", certificate: 0 }];
  const mine = (owner: ScannedCertificate["owner"]) =>
    costsOf([certificate("a", { ...short, owner })], { labour, issuers });
  expect(sum(mine("nobody").now)).toEqual([0, 200, 0]);
  expect(sum(mine("nobody").withAcm)).toEqual([0, 0, 1]);
  expect(sum(mine("nobody").withLetsEncrypt)).toEqual([0, 0, 0]);
  for (const owner of ["acm", "terraform", "unexpired", "acme-client"] as const)
    expect(sum(mine(owner).now)).toEqual([0, 0, 0]);
  expect(costsText(costsOf([], {})).at(-1)).toContain("renewals by hand are not counted");
});

test("ACM is free where a service of AWS serves it, exported elsewhere; what cannot be replaced stays", () => {
  const web = certificate("web");
  const apart = certificate("apart");
  const stays = certificate("stays", { issuer: "Internal" });
  const amazon = certificate("amazon", { origin: "amazon-issued", issuer: "Amazon", owner: "acm" });
  const ca = certificate("ca", { origin: "private-ca", issuer: "Corporate" });
  const prices = given({
    issuers: [
      { issuer: "Internal", certificate: 3, replaceable: false },
      { issuer: "Corporate", certificate: 9 },
      { issuer: "R10", certificate: 100 },
    ],
    acm: { exportable: { name: 15, per: "year" } },
  });
  const costs = estimateCosts(
    estate({ certificates: [web, apart, stays, amazon, ca], attachments: attach(listener("web"), web) }),
    prices,
  );
  expect([costs.now, costs.withAcm, costs.withLetsEncrypt].map(sum)).toEqual([
    [212, 0, 0],
    [27, 0, 0],
    [12, 0, 0],
  ]);
});

test("what is over, or not issued yet, costs nothing any more or yet", () => {
  const over = certificate("a", { notBefore: inDays(-90), notAfter: inDays(-1) });
  const pending = certificate("b", { notBefore: undefined, notAfter: undefined });
  expect(costsOf([over, pending], {})).toMatchObject({ certificates: 0, teams: [], unpricedIssuers: [] });
});

test("a bill for each team, in every report", () => {
  const payments = { name: "Payments" };
  const certificates = [certificate("b"), certificate("a", { team: payments }), certificate("c", { team: payments })];
  const seen = estate({ certificates });
  const costs = estimateCosts(seen, given({ issuers: [{ issuer: "R10", certificate: 100 }] }));
  expect(costs.teams.map(({ team, certificates: count, now }) => [team, count, now.prices])).toEqual([
    ["Payments", 2, 200],
    [undefined, 1, 100],
  ]);
  expect(toText(seen, [], { costs }).trimEnd().split("\n").slice(-7)).toEqual([
    "costs of a year in USD",
    "TEAM          CERTIFICATES  NOW     WITH ACM            WITH LET'S ENCRYPT",
    "Payments      2             200.00  0.00 and 2 unknown  0.00",
    "nobody named  1             100.00  0.00 and 1 unknown  0.00",
    "all           3             300.00  0.00 and 3 unknown  0.00",
    "with ACM: what nothing of AWS serves would have to be exported, and acm.exportable has no price",
    "renewals by hand are not counted: the prices have no labour",
  ]);
  const document = toScanDocument(seen, [], { costs });
  expect(scanDocumentShape.parse(document).costs).toMatchObject({ currency: "USD", certificates: 3 });
  expect(toPage(seen, [], { costs })).toContain("Costs of a year in USD");
  expect(toPage(seen, [])).not.toContain("Costs of a year");
});

describe("prices.yaml", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "prices-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test.each<[string, string, string]>([
    ["currency: USD\nisuers: []\n", "2:1", 'unknown key "isuers"; did you mean "issuers"?'],
    ["currency: USD\nissuers:\n  - { issuer: A }\n", "3:5", "give at least one of certificate, name and wildcard"],
    ["currency: USD\nissuers:\n  - { issuer: A, name: -1 }\n", "3:24", "issuers[0].name"],
    ["issuers: []\n", "1:1", "currency is missing"],
  ])("%j is refused with its place", (text, place, message) => {
    const file = join(folder, "prices.yaml");
    writeFileSync(file, text);
    expect(() => readPrices(file)).toThrow(expect.objectContaining({ code: "invalid_config" }) as Error);
    expect(() => readPrices(file)).toThrow(`${file}:${place}: `);
    expect(() => readPrices(file)).toThrow(message);
  });

  test("one that is not there is a missing file", () => {
    expect(() => readPrices(join(folder, "none.yaml"))).toThrow(
      expect.objectContaining({ code: "missing_file" }) as Error,
    );
  });
});
