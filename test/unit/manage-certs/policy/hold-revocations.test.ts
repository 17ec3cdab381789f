import type { RevocationReason } from "../../../../src/acme/revocation-reason";
import { holdRevocations } from "../../../../src/manage-certs/policy/hold-revocations";
import { toRevocationsDocument, type RevocationsRun } from "../../../../src/manage-certs/report/revocations-document";
import { revocationsDocumentShape } from "../../../../src/manage-certs/report/revocations-document-shape";
import { toRevocationsJunit } from "../../../../src/manage-certs/report/revocations-junit";
import { toRevocationsMarkdown } from "../../../../src/manage-certs/report/revocations-markdown";
import { appliedRevocationsText, plannedRevocationsText } from "../../../../src/manage-certs/report/revocations-text";
import { readLeaf } from "../../../../src/manage-certs/revoke/leaf-to-revoke";
import type { PlannedRevocation } from "../../../../src/manage-certs/revoke/revocation-plan";
import { parsePolicy } from "../../../../src/policy/parse-policy";
import { waiversInForce } from "../../../../src/policy/reported-waiver";
import { certificate, now } from "../../../support/scanned-estate";
import { createTestCa } from "../../../support/test-certificates";

const policyOf = (text: string) => ({ policy: parsePolicy(text, "policy.yaml") });
const issuer = { name: "le", directoryUrl: "https://ca.test/directory" };

let leaf: ReturnType<typeof readLeaf>;
beforeAll(async () => {
  const { leafPem, chainPem } = await (await createTestCa()).leaf();
  leaf = readLeaf(leafPem, chainPem);
});

function replacing(reason: RevocationReason): PlannedRevocation {
  const held = certificate("web");
  const order = { kind: "renew", why: "", issuer, keyAlgorithm: "EC_prime256v1" } as const;
  const renewal = { certificate: held, attachments: [], action: order };
  return {
    ...{ arn: held.arn, names: held.names, attachments: [], sameKey: [] },
    action: { kind: "replace", why: "asked for", what: { leaf, reason, issuer }, renewal },
  };
}

test("a replacement is judged as a certificate, unless the key is in wrong hands", () => {
  const enforced = policyOf("certificates: [{ keyAlgorithms: [RSA_2048] }]\n");
  const [denied] = holdRevocations([replacing("superseded")], enforced, now);
  expect(denied?.action).toMatchObject({
    ...{ kind: "blocked", code: "policy_denied" },
    why: "a key EC_prime256v1 is not allowed, only RSA_2048 (policy/key-algorithm-not-allowed, policy.yaml:1); set the key algorithm to RSA_2048",
  });
  const [urgent] = holdRevocations([replacing("keyCompromise")], enforced, now);
  expect(urgent).toEqual(replacing("keyCompromise"));
});

test("what a waiver lets pass is told in every report, as are the waivers in force", () => {
  const waiver = "{ rule: policy/frozen, names: [web.example.gov], owner: web, reason: the audit, until: 2027-01-01 }";
  const freeze = "{ name: summer, from: 2026-05-01, to: 2026-09-01 }";
  const enforced = policyOf(`freezes: [${freeze}]\nwaivers: [${waiver}]\n`);
  const [held] = holdRevocations([replacing("superseded")], enforced, now);
  if (held === undefined) throw new Error("nothing was held");
  expect([held.action.kind, held.findings?.map(({ effect }) => effect)]).toEqual(["replace", ["waive", "waive"]]);
  const run: RevocationsRun = {
    ...{ applied: false, reason: "superseded", estate: { scannedAt: now, failures: [] }, stillToDo: [] },
    reports: [{ planned: held }],
    waivers: waiversInForce(enforced.policy, now),
  };
  const told = "waived until 2027-01-01 by web: the audit (policy.yaml:2)";
  const reports = [plannedRevocationsText, appliedRevocationsText, toRevocationsMarkdown, toRevocationsJunit];
  for (const report of reports) expect(report(run)).toContain(told);
  const document = revocationsDocumentShape.parse(toRevocationsDocument(run));
  expect([document.certificates[0]?.policy?.length, document.waivers]).toEqual([2, run.waivers]);
});
