import { wireDiffers } from "../../../../../src/manage-certs/findings/rules/wire-differs";
import { attach, certificate, found, listener, observed } from "../../../../support/scanned-estate";

const web = listener("web");
const fallback = certificate("fallback");
const shop = certificate("shop");
const strange = certificate("strange");
const attachments = attach(web, fallback, shop);
const certificates = [fallback, shop];

test("the default without a name, the list by name, the default for other names: no difference", () => {
  const observations = [
    observed(web, fallback),
    observed(web, shop, { serverName: "shop.example.gov" }),
    observed(web, fallback, { serverName: "fallback.example.gov" }),
  ];
  expect(found(wireDiffers, { certificates, attachments, observations })).toEqual([]);
});

test("one lagging address is told, with the name that was sent", () => {
  const observations = [
    observed(web, shop, { serverName: "shop.example.gov" }),
    observed(web, strange, { serverName: "shop.example.gov", address: "192.0.2.2" }),
    observed(web, strange, { serverName: "shop.example.gov", address: "192.0.2.3" }),
  ];
  const [finding, ...others] = found(wireDiffers, { certificates, attachments, observations });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ id: `wire-differs/${web.id}/shop.example.gov`, severity: "critical" });
  expect(finding?.message).toBe(
    `192.0.2.2:443, 192.0.2.3:443 serve the certificate ${strange.serial} of R10 (until 2026-07-31), not ${shop.arn} (until 2026-07-31), to clients that send shop.example.gov`,
  );
});

test("a certificate whose serial is not known, and an address that says nothing, prove nothing", () => {
  const unknown = { ...fallback, serial: undefined };
  expect(
    found(wireDiffers, {
      certificates: [unknown],
      attachments: attach(web, unknown),
      observations: [observed(web, strange)],
    }),
  ).toEqual([]);
  const lost = { point: web, address: "192.0.2.1", port: 443, outcome: { state: "unreachable", why: "x" } } as const;
  expect(found(wireDiffers, { certificates, attachments, observations: [lost] })).toEqual([]);
});
