import { findAll } from "../../../../src/manage-certs/findings/find-all";
import { toCsv } from "../../../../src/manage-certs/report/csv";
import { bigEstate, certificate, estate, sharedEstate } from "../../../support/scanned-estate";

test("a header and a line for each certificate, the first to end first", () => {
  const lines = toCsv(bigEstate, findAll(bigEstate)).split("\r\n");
  expect(lines[0]).toBe(
    "arn,account,region,origin,names,issuer,key,serial,not_before,not_after,days_left,status,owner,renewal,renew_at,attached_to,findings,team,team_contact",
  );
  expect(lines).toHaveLength(bigEstate.certificates.length + 2);
  expect(lines[1]).toContain(",over.example.gov,");
  expect(lines[1]).toMatch(/,web:443\(sni\),expired,,$/);
});

test("whose a certificate is, at the end of its line", () => {
  const lines = toCsv(sharedEstate, []).split("\r\n");
  expect(lines[1]).toMatch(/^[^,]*\/over,.*,Payments,pay@example.gov$/);
  expect(lines.filter((line) => line.endsWith(",Web,"))).toHaveLength(2);
});

test("quotes what needs it, and disarms what a spreadsheet would run", () => {
  const text = toCsv(estate({ certificates: [certificate("a", { issuer: '=cmd("x"),y' }), pending] }), []);
  expect(text).toContain(`,"'=cmd(""x""),y",`);
  expect(text.split("\r\n")[2]).toMatch(/PENDING_VALIDATION,nobody,,,,,,$/);
});

const pending = certificate("p", {
  status: "PENDING_VALIDATION",
  notBefore: undefined,
  notAfter: undefined,
  renewal: undefined,
});
