import { checkValidationRecords } from "../../../../src/manage-certs/scan/check-validation-records";
import type { ScannedCertificate } from "../../../../src/manage-certs/scan/estate";
import { certificate } from "../../../support/scanned-estate";

const withRecord = (id: string, name: string, facts: Partial<ScannedCertificate> = {}) => {
  const record = { name: `${name}.`, type: "CNAME", value: "_y.acm-validations.aws." };
  return certificate(id, { validation: [{ domainName: `${id}.gov`, status: "SUCCESS", record }], ...facts });
};

test("present in any spelling, gone, another one, no answer; a shared name is asked for once", async () => {
  const asked: string[] = [];
  const answers: Record<string, string | undefined> = {
    "_a.": "_Y.acm-validations.AWS",
    "_c.": "_z.acm-validations.aws",
  };
  const checked = await checkValidationRecords(
    [
      withRecord("a", "_a"),
      withRecord("a2", "_a"),
      withRecord("b", "_b"),
      withRecord("c", "_c"),
      withRecord("d", "_d"),
    ],
    {
      lookUpCname: (name) => {
        asked.push(name);
        return name === "_d." ? Promise.reject(new Error("no answer")) : Promise.resolve(answers[name]);
      },
    },
  );
  expect(checked.map(({ validation: [entry] }) => entry?.inDns)).toEqual([
    "present",
    "present",
    "gone",
    "different",
    "unknown",
  ]);
  expect(asked).toEqual(["_a.", "_b.", "_c.", "_d."]);
});

test("nobody is asked about certificates that are over, or records that are not there yet", async () => {
  const lookUpCname = jest.fn();
  const pending = certificate("p", { validation: [{ domainName: "p.gov", status: "PENDING_VALIDATION" }] });
  const over = withRecord("o", "_o", { status: "EXPIRED" });
  expect(await checkValidationRecords([pending, over], { lookUpCname })).toEqual([pending, over]);
  expect(lookUpCname).not.toHaveBeenCalled();
});
