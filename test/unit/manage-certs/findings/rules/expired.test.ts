import { expired } from "../../../../../src/manage-certs/findings/rules/expired";
import { attach, certificate, found, inDays, listener, now } from "../../../../support/scanned-estate";

const at = (notAfter: Date) => certificate("a", { notBefore: inDays(-90), notAfter });
const used = (each: ReturnType<typeof at>) =>
  found(expired, { certificates: [each], attachments: attach(listener("web"), each) });

test("a certificate in use is over in the moment of its end, and not before", () => {
  expect(used(at(now))).toEqual([
    expect.objectContaining({
      id: `expired/${at(now).arn}`,
      severity: "critical",
      name: "a.example.gov",
      message: "it ended less than an hour ago and is still in use",
      action: expect.stringMatching(/^renew it: manage-certs renew --only arn:.* --apply$/) as string,
      due: now,
    }),
  ]);
  expect(used(at(new Date(now.getTime() + 1)))).toEqual([]);
  expect(used(at(inDays(-3)))[0]?.message).toContain("3 days ago");
});

test("one that nothing uses is not urgent; use by what the scan does not list counts", () => {
  expect(found(expired, { certificates: [at(now)] })).toEqual([]);
  expect(found(expired, { certificates: [{ ...at(now), inUseBy: ["arn:aws:cognito-idp:…"] }] })).toHaveLength(1);
});
