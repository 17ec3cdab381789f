import { costsOfEach, estimateCosts } from "../../../../src/manage-certs/costs/estimate-costs";
import { pricesShape } from "../../../../src/manage-certs/costs/prices-shape";
import { findAll } from "../../../../src/manage-certs/findings/find-all";
import { toCsv } from "../../../../src/manage-certs/report/csv";
import { parsePolicy } from "../../../../src/policy/parse-policy";
import { waiversInForce } from "../../../../src/policy/reported-waiver";
import { bigEstate, certificate, estate, inDays, now, sharedEstate } from "../../../support/scanned-estate";

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

/** The cells of one certificate by the names of their columns. */
function cellsOf(text: string, id: string): Record<string, string> {
  const [head = "", ...lines] = text.split("\r\n");
  const line = lines.find((each) => each.includes(`certificate/${id},`)) ?? "";
  const cells = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = ""]) => cell.replace(/^"|"$/g, ""));
  return Object.fromEntries(head.split(",").map((name, at) => [name, cells[at] ?? ""]));
}

test("costs come last, in cents; what is not known, over or not issued has none", () => {
  const prices = pricesShape.parse({
    ...{ currency: "USD", labour: { minutesPerRenewal: 30, hourlyRate: 80 } },
    issuers: [{ issuer: "R10", certificate: 12.345 }],
    acm: { exportable: { name: 15, per: "year" } },
  });
  const ended = certificate("ended", { notBefore: inDays(-90), notAfter: inDays(-1) });
  const year = { notBefore: inDays(-100), notAfter: inDays(265) };
  const seen = estate({
    certificates: [certificate("a", year), certificate("b", { ...year, issuer: "Old, CA" }), ended, pending],
  });
  const plain = toCsv(seen, []);
  const text = toCsv(seen, [], { costs: estimateCosts(seen, prices), costsOfEach: costsOfEach(seen, prices) });
  expect(text.split("\r\n").map((line, at) => line.startsWith(plain.split("\r\n")[at] ?? "?"))).not.toContain(false);
  expect(text.split("\r\n")[0]).toMatch(/,team_contact,cost_currency,cost_now,cost_with_acm,cost_with_lets_encrypt$/);
  expect(cellsOf(text, "a")).toMatchObject({ cost_currency: "USD", cost_now: "52.35", cost_with_acm: "15.00" });
  expect(cellsOf(text, "b")).toMatchObject({ cost_now: "", cost_with_acm: "15.00", cost_with_lets_encrypt: "0.00" });
  for (const id of ["ended", "p"])
    expect(cellsOf(text, id)).toMatchObject({ cost_now: "", cost_with_acm: "", cost_with_lets_encrypt: "" });
});

test("what a policy denies and waives, with the waiver", () => {
  const waiver =
    "{ rule: policy/key-algorithm-not-allowed, names: [a.example.gov], owner: web, reason: old phones, until: 2999-01-01 }";
  const policy = parsePolicy(`certificates: [{ keyAlgorithms: [RSA_2048] }]\nwaivers: [${waiver}]\n`, "policy.yaml");
  const seen = estate({
    certificates: [certificate("a"), certificate("b"), certificate("c", { keyAlgorithm: "RSA_2048" })],
  });
  const text = toCsv(seen, findAll(seen, { policy }), { waivers: waiversInForce(policy, now) });
  const denied = "a key EC_prime256v1 is not allowed, only RSA_2048 (policy/key-algorithm-not-allowed, policy.yaml:1)";
  expect(cellsOf(text, "a").policy).toMatch(/waived until 2999-01-01 by web: old phones \(policy.yaml:2\)$/);
  expect(cellsOf(text, "b").policy).toBe(`${denied}; set the key algorithm to RSA_2048`);
  expect(cellsOf(text, "c").policy).toBe("");
});

const pending = certificate("p", {
  status: "PENDING_VALIDATION",
  notBefore: undefined,
  notAfter: undefined,
  renewal: undefined,
});
