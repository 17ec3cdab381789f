import { unreachable } from "../../../../../src/manage-certs/findings/rules/unreachable";
import { found, listener } from "../../../../support/scanned-estate";

test("addresses without a handshake, once for a listener", () => {
  const web = listener("web");
  const lost = (address: string) =>
    ({ point: web, address, port: 443, outcome: { state: "unreachable", why: "no answer within 5 s" } }) as const;
  expect(found(unreachable, { observations: [lost("192.0.2.1"), lost("192.0.2.2")] })).toMatchObject([
    {
      severity: "notice",
      message: "no handshake with 192.0.2.1:443 (no answer within 5 s), 192.0.2.2:443 (no answer within 5 s)",
    },
  ]);
});
