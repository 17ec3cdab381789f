import { duplicate } from "../../../../../src/manage-certs/findings/rules/duplicate";
import { certificate, found, inDays } from "../../../../support/scanned-estate";

const names = ["a.example.gov", "b.example.gov"];
const one = certificate("one", { names });

test("the same names in any order and the same key: keep the one that is valid for longest", () => {
  const other = certificate("other", { names: [...names].reverse(), notAfter: inDays(70) });
  expect(found(duplicate, { certificates: [one, other] })).toMatchObject([
    {
      id: `duplicate/${other.arn}`,
      severity: "notice",
      message: `1 other certificate with the same names and key: ${one.arn}`,
    },
  ]);
});

test.each([
  ["another name", { names: ["a.example.gov"] }],
  ["another key", { names, keyAlgorithm: "RSA_2048" as const }],
  ["another region", { names, region: "eu-west-1" }],
  ["another account", { names, accountId: "999988887777" }],
  ["its end", { names, notAfter: inDays(0) }],
  ["a key at an ACME client", { names, origin: "acme-endpoint" as const }],
])("%s makes it none", (_, facts) => {
  expect(found(duplicate, { certificates: [one, certificate("other", facts)] })).toEqual([]);
});
