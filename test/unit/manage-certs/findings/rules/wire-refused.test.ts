import { wireRefused } from "../../../../../src/manage-certs/findings/rules/wire-refused";
import { missingIntermediate } from "../../../../../src/rollout/look-at-handshake";
import { attach, certificate, found, inDays, listener, observed } from "../../../../support/scanned-estate";

const web = listener("web");
const own = certificate("own");
const refusal = "the chain does not lead to a trusted root";
const told = (...observations: ReturnType<typeof observed>[]) =>
  found(wireRefused, { certificates: [own], attachments: attach(web, own), observations });

test("a root that nobody trusts, once for a listener and a reason", () => {
  expect(
    told(observed(web, own, { refusal }), observed(web, own, { serverName: "own.example.gov", refusal })),
  ).toMatchObject([
    { severity: "critical", message: `clients refuse what it serves: ${refusal} (no name, own.example.gov)` },
  ]);
  expect(told(observed(web, own))).toEqual([]);
});

test("what other rules tell is not told twice: names, intermediates, the known end", () => {
  expect(told(observed(web, own, { serverName: "other.example.gov", refusal: "…" }))).toEqual([]);
  expect(told(observed(web, own, { refusal: missingIntermediate }))).toEqual([]);
  const over = { ...own, notAfter: inDays(0) };
  expect(
    found(wireRefused, {
      certificates: [over],
      observations: [observed(web, over, { refusal: "the certificate has expired" })],
    }),
  ).toEqual([]);
});
