import { recordChanges } from "../../../src/issuance/record-changes";
import type { LedgerFact } from "../../../src/ledger/recorder";

async function factOf(change: Parameters<ReturnType<typeof recordChanges>>[0]): Promise<LedgerFact | undefined> {
  const facts: LedgerFact[] = [];
  await recordChanges({
    record: (fact) => {
      facts.push(fact);
      return Promise.resolve();
    },
  })(change);
  return facts[0];
}

test("a listener that was given another default", async () => {
  const fact = await factOf({
    ...{ kind: "attached", certificateArn: "arn:c", attachment: "arn:l", role: "default" },
    ...{ action: "elasticloadbalancing:ModifyListener", region: "eu-west-1", outcome: "done", requestId: "r-1" },
  });
  expect(fact).toEqual({
    event: "attachment.changed",
    outcome: "done",
    subject: { certificateArn: "arn:c", attachment: "arn:l", region: "eu-west-1" },
    error: undefined,
    requestIds: { aws: "r-1" },
    facts: { action: "elasticloadbalancing:ModifyListener", change: "attached", role: "default" },
  });
});

test.each([
  ["imported", "certificate.imported"],
  ["deleted", "certificate.deleted"],
  ["detached", "attachment.changed"],
] as const)("%s is %s", async (kind, event) => {
  const fact = await factOf({ kind, action: "acm:X", region: "eu-west-1", outcome: "unknown" });
  expect(fact).toMatchObject({
    event,
    outcome: "unknown",
    subject: { region: "eu-west-1" },
    facts: { action: "acm:X" },
  });
});
