import { quotaClose } from "../../../../../src/manage-certs/findings/rules/quota-close";
import type { QuotaUsage } from "../../../../../src/manage-certs/scan/estate";
import { attach, certificate, found, listener } from "../../../../support/scanned-estate";

const place = { accountId: "111122223333", region: "us-east-1" };
const certificates = (used: number): QuotaUsage => ({ ...place, quota: "certificates", used, limit: 2500 });

test("eighty per cent of the certificates of a region", () => {
  expect(found(quotaClose, { usage: [certificates(1999)] })).toEqual([]);
  expect(found(quotaClose, { usage: [certificates(2000)] })).toMatchObject([
    {
      id: "quota-close/111122223333/us-east-1/certificates",
      severity: "warning",
      message: "2000 certificates, where AWS allows 2500 by default",
    },
  ]);
});

test("the list of a listener, by its name", () => {
  const web = listener("web");
  const usage: QuotaUsage[] = [{ ...place, quota: "SNI certificates", subject: web.id, used: 20, limit: 25 }];
  expect(found(quotaClose, { attachments: attach(web, certificate("a")), usage })).toMatchObject([
    { subject: web.id, name: "web:443", message: "20 SNI certificates, where AWS allows 25 by default" },
  ]);
});
