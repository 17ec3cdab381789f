/**
 * Carries out a plan. What is one and the same certificate under several ARNs is replaced under all of them before it is
 * revoked, once; what fails for one certificate stops no other.
 */
import { accountOf } from "../../issuance/acme-accounts";
import { removeAbandonedRecords } from "../../issuance/recover";
import { lookUpRevocation } from "../../acme/look-up-revocation";
import { revokeCertificate } from "../../acme/revoke-certificate";
import { AppError, toAppError } from "../../platform/errors";
import { mapLimited } from "../../platform/map-limited";
import { groupBy } from "../findings/estate-view";
import { recordBegin } from "../renew/record-renewal";
import { issuerOf } from "./leaf-to-revoke";
import { recordRevocation } from "./record-revocation";
import { proveReplaced, replaceFirst, requireUnused, type Replaced } from "./replace-first";
import { isReady, type PlannedRevocation, type ReadyRevocation } from "./revocation-plan";
import type { OnRevocationStep, RevocationOutcome, RevokeParts } from "./revoke-parts";
import { settle } from "./settle";

export interface RevocationReport {
  readonly planned: PlannedRevocation;
  /** Undefined where it failed, or was left alone. */
  readonly outcome?: RevocationOutcome;
  readonly error?: AppError;
}

export interface RunOptions {
  /** Certificates at once. */
  readonly concurrency: number;
  readonly onStep: (planned: PlannedRevocation, ...step: Parameters<OnRevocationStep>) => void;
  readonly onDone: (report: RevocationReport) => void;
}

/** A report for each, in the order of the plan. Throws nothing; what an abort kept from being begun says so. */
export async function runRevocations(
  planned: readonly PlannedRevocation[],
  parts: RevokeParts,
  { concurrency, onStep, onDone }: RunOptions,
): Promise<readonly RevocationReport[]> {
  const { engine, log, signal, clock, journal } = parts;
  const now = clock.now().toISOString();
  const begun = new Map((await journal.list()).map(({ arn, begunAt }) => [arn, begunAt]));
  const record = (report: RevocationReport) =>
    recordRevocation(report, begun.get(report.planned.arn) ?? now, engine.recorder);
  const ready = planned.filter(isReady);
  if (ready.length > 0)
    await removeAbandonedRecords({ journal: engine.journal, records: engine.challengeRecords(), log, signal });
  const groups = groupBy(ready, ({ action }) => action.what.leaf.info.fingerprint);
  const reports = new Map<PlannedRevocation, RevocationReport>();
  await mapLimited([...groups.values()], concurrency, async (group) => {
    for (const report of await runGroup(group, parts, onStep)) {
      await record(report);
      reports.set(report.planned, report);
      onDone(report);
    }
  });
  for (const report of planned.filter((each) => !reports.has(each)).map(untouched)) {
    await record(report);
    reports.set(report.planned, report);
  }
  return planned.flatMap((each) => reports.get(each) ?? []);
}

function untouched(planned: PlannedRevocation): RevocationReport {
  const { action } = planned;
  return action.kind === "blocked"
    ? { planned, error: new AppError(action.code, action.why, { hint: action.hint }) }
    : { planned };
}

/** All of one certificate. */
async function runGroup(
  group: readonly ReadyRevocation[],
  parts: RevokeParts,
  onStep: RunOptions["onStep"],
): Promise<RevocationReport[]> {
  const replaced = new Map<ReadyRevocation, Replaced | undefined>();
  const failures = new Map<ReadyRevocation, AppError>();
  for (const planned of group)
    try {
      parts.signal?.throwIfAborted();
      replaced.set(planned, await makeReady(planned, parts, (...step) => onStep(planned, ...step)));
    } catch (error) {
      failures.set(planned, toAppError(error));
    }
  const [failed] = failures.keys();
  if (failed !== undefined)
    return group.map((planned) => ({ planned, error: failures.get(planned) ?? heldUpBy(failed, planned) }));
  try {
    const [first] = group;
    const revoked = first && (await revoke(first, parts, (...step) => onStep(first, ...step)));
    return await Promise.all(
      group.map(async (planned) => {
        const before = replaced.get(planned);
        const left = await settle(planned, before?.replacement, parts);
        const warnings = [...(before?.warnings ?? []), ...left];
        const outcome = { result: "left" as const, ...revoked, replacement: before?.replacement, warnings };
        return { planned, outcome };
      }),
    );
  } catch (error) {
    return group.map((planned) => ({ planned, error: notRevokedYet(toAppError(error), replaced.get(planned)) }));
  }
}

async function makeReady(
  { action, certificate, attachments }: ReadyRevocation,
  parts: RevokeParts,
  onStep: OnRevocationStep,
): Promise<Replaced | undefined> {
  switch (action.kind) {
    case "replace":
      await recordBegin(action.renewal, parts.engine.recorder, { action: "replace", why: action.why });
      return replaceFirst(action, parts, onStep);
    case "finish":
      return proveReplaced(action, attachments, parts, onStep);
    case "revoke":
      if (certificate?.origin === "imported" && action.isUnused) {
        const store = parts.accessTo(certificate.accountId).certificates(certificate.region);
        await requireUnused(certificate.arn, store, parts);
      }
      return undefined;
  }
}

/** The CA is asked first; its list says whether others can know. */
async function revoke({ action: { what } }: ReadyRevocation, parts: RevokeParts, onStep: OnRevocationStep) {
  const { engine, signal, http, clock } = parts;
  const { leaf, reason, issuer } = what;
  onStep("revoke", issuer.name);
  const result = await revokeCertificate(await accountOf(engine, issuer, signal), leaf.pem, { reason, signal });
  onStep("look up", issuer.name);
  const subject = { leaf: leaf.pem, issuer: issuerOf(leaf), serial: leaf.info.serial };
  return { result, listed: await lookUpRevocation(subject, { http, clock, signal }) };
}

function heldUpBy(failed: ReadyRevocation, { action: { what } }: ReadyRevocation): AppError {
  const { serial } = what.leaf.info;
  return new AppError("aws_in_use", `serial ${serial} was not revoked, since ${failed.arn} still has it`, {
    hint: "see what is said of that one; then run it again",
  });
}

function notRevokedYet(cause: AppError, replaced: Replaced | undefined): AppError {
  if (replaced === undefined) return cause;
  const { code, message, hint, retryable, facts } = cause;
  const { arn, serial } = replaced.replacement;
  return new AppError(code, `${message}; it is replaced (serial ${serial}, ${arn}) and still to be revoked`, {
    hint: [hint, "the same command again revokes it"].filter(Boolean).join("; "),
    ...{ retryable, facts, cause },
  });
}
