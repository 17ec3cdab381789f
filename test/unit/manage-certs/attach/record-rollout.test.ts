import type { LedgerFact } from "../../../../src/ledger/recorder";
import { recordRollout } from "../../../../src/manage-certs/attach/record-rollout";
import type { AttachmentReport } from "../../../../src/manage-certs/attach/run-attachments";
import type { PlannedAttachment } from "../../../../src/manage-certs/attach/attachment-plan";
import { AppError } from "../../../../src/platform/errors";
import { certificate, listener } from "../../../support/scanned-estate";

const web = certificate("web");
const isMeant = () => true;
const on = (name: string, kind: "attach" | "left" = "attach"): PlannedAttachment => ({
  ...{ point: listener(name), role: "sni", notes: [] },
  action: kind === "attach" ? { kind, why: "asked for", detaches: false, isMeant } : { kind, why: "there", isMeant },
});
const attached = { result: "attached", warnings: [] } as const;
const failed = (deployment?: string) => new AppError("handshake_failed", "not served", { facts: { deployment } });

async function recorded(...reports: readonly AttachmentReport[]): Promise<LedgerFact | undefined> {
  const facts: LedgerFact[] = [];
  await recordRollout(web, reports, { record: async (...more) => void facts.push(...more) });
  return facts[0];
}

test.each<[string, AttachmentReport[], object]>([
  [
    "all listeners have it",
    [
      { planned: on("a"), outcome: attached },
      { planned: on("b"), outcome: attached },
    ],
    { outcome: "done", facts: { listeners: 2, attached: 2, deployment: "complete" } },
  ],
  [
    "the first has it, the second was put back",
    [
      { planned: on("a"), outcome: attached },
      { planned: on("b"), error: failed("put_back") },
    ],
    { outcome: "failed", facts: { attached: 1, deployment: "partial" } },
  ],
  [
    "the only one was put back",
    [{ planned: on("a"), error: failed("put_back") }],
    { outcome: "failed", facts: { deployment: "put_back" } },
  ],
  [
    "the only one could not be put back",
    [{ planned: on("a"), error: failed("partial") }],
    { outcome: "failed", facts: { deployment: "partial" } },
  ],
  ["nothing was begun", [{ planned: on("a"), error: failed() }, { planned: on("b") }], { outcome: "refused" }],
])("%s", async (_, reports, fact) => {
  expect(await recorded(...reports)).toMatchObject({ event: "rollout.ended", ...fact });
});

test("where the certificate was there already there is no news", async () => {
  expect(await recorded({ planned: on("a", "left"), outcome: { result: "left", warnings: [] } })).toBeUndefined();
});
