import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordPolicy, type Judged } from "../../../src/issuance/record-policy";
import type { LedgerFact } from "../../../src/ledger/recorder";
import { parsePolicy } from "../../../src/policy/parse-policy";
import { toldFindings } from "../../../src/policy/told-finding";

let cacheFolder: string;
beforeEach(() => {
  cacheFolder = mkdtempSync(join(tmpdir(), "record-policy-"));
});
afterEach(() => rmSync(cacheFolder, { recursive: true, force: true }));

const policy = parsePolicy("freezes: [{ name: audit, from: 2026-11-01, to: 2026-12-01 }]\n", "policy.yaml");

function judged(urgency: "routine" | "overdue", at: Date, attachment?: string): Judged {
  const names = ["app.example.gov"];
  const findings = toldFindings({ policy }, { kind: "action", action: "renew", names, urgency, at });
  return { subject: { names, ...(attachment !== undefined && { attachment }) }, findings };
}

async function recorded(...all: readonly Judged[]): Promise<LedgerFact[]> {
  const facts: LedgerFact[] = [];
  const recorder = { record: async (...more: readonly LedgerFact[]) => void facts.push(...more) };
  await recordPolicy(all, { recorder, cacheFolder, now: new Date("2026-11-24T12:00:00Z") });
  return facts;
}

test("a denial is entered with rule, value and text, once a day although its value is the moment", async () => {
  const first = new Date("2026-11-24T10:00:00Z");
  expect(await recorded(judged("routine", first))).toMatchObject([
    {
      ...{ event: "policy.denied", outcome: "refused", facts: { value: first.toISOString() } },
      subject: { names: ["app.example.gov"], rule: "policy/frozen" },
      error: { code: "policy_denied", message: expect.stringContaining('within the freeze "audit"') as string },
    },
  ]);
  expect(await recorded(judged("routine", new Date("2026-11-24T11:00:00Z")))).toEqual([]);
});

test("another value is another denial on the same day", async () => {
  const rsa = parsePolicy("certificates: [{ keyAlgorithms: [EC_prime256v1] }]\n", "policy.yaml");
  const asked = (keyAlgorithm: "RSA_2048" | "RSA_4096"): Judged => {
    const names = ["app.example.gov"];
    const at = new Date("2026-11-24T10:00:00Z");
    return {
      subject: { names },
      findings: toldFindings({ policy: rsa }, { kind: "certificate", names, keyAlgorithm, at }),
    };
  };
  const facts = [...(await recorded(asked("RSA_2048"))), ...(await recorded(asked("RSA_4096"), asked("RSA_2048")))];
  expect(facts.map((fact) => fact.facts?.value)).toEqual(["RSA_2048", "RSA_4096"]);
});

test("what is only told is not entered; each place is a denial of its own", async () => {
  const at = new Date("2026-11-24T10:00:00Z");
  expect(judged("overdue", at).findings).toMatchObject([{ effect: "warn" }]);
  expect(await recorded(judged("overdue", at))).toEqual([]);
  const places = [judged("routine", at, "listener/a"), judged("routine", at, "listener/b")];
  expect((await recorded(...places)).map(({ subject }) => subject.attachment)).toEqual(["listener/a", "listener/b"]);
});
