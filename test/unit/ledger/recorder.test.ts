import type { Ledger } from "../../../src/ledger/ledger";
import type { LedgerEntry } from "../../../src/ledger/ledger-entry";
import { LedgerRecorder } from "../../../src/ledger/recorder";
import { AppError } from "../../../src/platform/errors";

const actor = { who: "alice@build-7", program: "p 1", run: "r" };

function recorderOf(append: Ledger["append"]) {
  const failures: AppError[] = [];
  let opened = 0;
  const recorder = new LedgerRecorder(
    () => {
      opened++;
      return { append, close: () => Promise.resolve() };
    },
    { actor, onFailure: (error) => failures.push(error), newId: () => "id-1" },
  );
  return { recorder, failures, opened: () => opened };
}

test("an entry has the actor, an id, and no secret that a text quotes", async () => {
  const written: LedgerEntry[] = [];
  const { recorder, opened } = recorderOf((entries) => {
    written.push(...entries);
    return Promise.resolve();
  });
  expect(opened()).toBe(0);
  const error = new AppError("aws_request", "no: client_secret=hunter2hunter2", { facts: { never: "shown" } });
  await recorder.record({ event: "certificate.imported", outcome: "failed", subject: { region: "r-1" }, error });
  await recorder.record({ event: "certificate.deleted", outcome: "done", subject: {}, why: "Bearer abcdefghijkl" });
  expect(opened()).toBe(1);
  expect(written).toEqual([
    {
      ...{ id: "id-1", event: "certificate.imported", outcome: "failed", actor, subject: { region: "r-1" } },
      error: { code: "aws_request", message: "no: client_secret=[redacted]" },
    },
    { id: "id-1", event: "certificate.deleted", outcome: "done", actor, subject: {}, why: "Bearer [redacted]" },
  ]);
});

test("no secret in any text: subjects, facts, request ids, who and where", async () => {
  const written: LedgerEntry[] = [];
  const append = async (entries: readonly LedgerEntry[]) => void written.push(...entries);
  const open = () => ({ append, close: () => Promise.resolve() });
  const url = "https://bob:planted-secret@ca.test/order/1?access_token=planted-secret";
  const secretive = { who: `ci ${url}`, program: "p 1", run: "r", runUrl: url };
  const recorder = new LedgerRecorder(open, { actor: secretive, onFailure: (error) => expect(error).toBeUndefined() });
  await recorder.record({
    ...{ event: "certificate.issued", outcome: "failed", why: url },
    subject: { names: ["app.example.gov"], attachment: url, certificateArn: "arn:aws:acm:r:1:certificate/0f" },
    ...{ requestIds: { order: url }, facts: { value: url, listeners: 2, partial: false } },
    error: new AppError("aws_request", url),
  });
  expect(JSON.stringify(written)).not.toContain("planted-secret");
  expect(written).toMatchObject([
    {
      subject: { names: ["app.example.gov"], certificateArn: "arn:aws:acm:r:1:certificate/0f" },
      facts: { listeners: 2, partial: false },
    },
  ]);
});

test("what cannot be put on record is told, and stops nobody", async () => {
  const { recorder, failures } = recorderOf(() => Promise.reject(new AppError("store_unwritable", "full")));
  await recorder.record({ event: "drift.checked", outcome: "done", subject: {} });
  expect(failures).toMatchObject([{ code: "store_unwritable" }]);
  const broken = new LedgerRecorder(
    () => {
      throw new AppError("invalid_config", "no such place");
    },
    { actor, onFailure: (error) => failures.push(error) },
  );
  await broken.record({ event: "drift.checked", outcome: "done", subject: {} });
  expect(failures).toHaveLength(2);
  await broken.close();
});
