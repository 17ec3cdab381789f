/**
 * Looks at everything that holds or serves certificates, in several accounts and regions at once. Reads only. Start
 * reading here; what comes out is in `estate.ts`. A part that fails is named and hides nothing else.
 */
import type { AwsAccess } from "../../aws/aws-access";
import { globalRegion } from "../../aws/global-region";
import type { RenewalPolicy } from "../../certificates/decide-renewal";
import { abortedError, type Clock } from "../../platform/clock";
import type { OwnerEntry } from "../config/config-shape";
import { checkValidationRecords, type LookUpCname } from "./check-validation-records";
import type { Estate } from "./estate";
import { observeWire, type HandshakeOptions } from "./observe-wire";
import { scanAccount } from "./scan-account";
import type { AskRenewalInfo } from "./scan-context";
import { ScanFailures } from "./scan-failures";
import { joined } from "./serving";
import { teamOf } from "./team-of";

/** An account, by what its credentials may see. */
export interface AccountToScan {
  /** For people, until AWS has told the number. */
  readonly name: string;
  readonly access: AwsAccess;
  /** Where the account is asked for its identity and, if it may not list its regions, the one that is scanned. */
  readonly homeRegion: string;
}

/** What has been done so far; for people. */
export interface ScanProgress {
  readonly certificates: number;
  readonly handshakes: { readonly done: number; readonly total: number };
}

export interface ScanOptions {
  readonly accounts: readonly AccountToScan[];
  /** "all" that the account may use, or these. */
  readonly regions: "all" | readonly string[];
  readonly clock: Clock;
  /** @default by the share of the lifetime that is left */
  readonly policy?: RenewalPolicy;
  /** @default the lifetime alone decides */
  readonly askRenewalInfo?: AskRenewalInfo;
  /** @default no handshakes */
  readonly handshakes?: HandshakeOptions;
  /** Where validation records are looked up. @default they are not */
  readonly lookUpCname?: LookUpCname;
  /** Whose certificates are whose. @default nobody's */
  readonly owners?: readonly OwnerEntry[];
  readonly onProgress?: (progress: ScanProgress) => void;
  readonly signal?: AbortSignal;
}

/** Errors: `aborted` alone. */
export async function scanEstate(options: ScanOptions): Promise<Estate> {
  const { accounts, clock, onProgress, handshakes, lookUpCname, owners = [], signal } = options;
  if (signal?.aborted) throw abortedError(signal);
  const failures = new ScanFailures();
  const scannedAt = clock.now();
  let progress: ScanProgress = { certificates: 0, handshakes: { done: 0, total: 0 } };
  const report = (change: Partial<ScanProgress>) => onProgress?.((progress = { ...progress, ...change }));
  const onCertificates = (found: number) => report({ certificates: progress.certificates + found });

  const parts = await Promise.all(
    accounts.map((account) => scanOne(account, { ...options, failures, now: scannedAt, onCertificates })),
  );
  const { points, attachments } = joined(parts.flatMap((part) => (part ? [part.serving] : [])));
  const listed = withUsers(
    parts.flatMap((part) => part?.certificates ?? []),
    attachments,
  );
  const [certificates, observations] = await Promise.all([
    lookUpCname ? checkValidationRecords(listed, { lookUpCname, signal }) : listed,
    handshakes
      ? observeWire({ points, attachments, certificates: listed }, handshakes, {
          onProgress: (done, total) => report({ handshakes: { done, total } }),
          signal,
        })
      : [],
  ]);
  const usage = parts.flatMap((part) => part?.usage ?? []);
  return {
    scannedAt,
    certificates: certificates.map((each) => ({ ...each, team: teamOf(each.names, owners) })),
    servingPoints: points,
    attachments,
    observations,
    usage,
    failures: failures.list(),
  };
}

interface OneAccount extends ScanOptions {
  readonly failures: ScanFailures;
  readonly now: Date;
  readonly onCertificates: (found: number) => void;
}

async function scanOne({ name, access, homeRegion }: AccountToScan, options: OneAccount) {
  const { failures, regions, signal } = options;
  const identity = await failures.attempt({ accountId: name, service: "sts" }, undefined, () =>
    access.identity.get(signal),
  );
  if (identity === undefined) return undefined;
  const { accountId } = identity;
  const chosen =
    regions === "all"
      ? await failures.attempt({ accountId, service: "account" }, [homeRegion], () => access.enabledRegions({ signal }))
      : regions;
  const { now, policy = {}, askRenewalInfo, onCertificates } = options;
  const context = { access, accountId, failures, now, policy, askRenewalInfo, onCertificates, signal };
  return scanAccount(chosen, globalRegion(homeRegion), context);
}

/** IAM does not tell who uses its certificates: there our own attachments do. */
function withUsers(certificates: Estate["certificates"], attachments: Estate["attachments"]): Estate["certificates"] {
  return certificates.map((certificate) => {
    if (certificate.origin !== "iam") return certificate;
    const users = attachments.filter(({ certificateArn }) => certificateArn === certificate.arn);
    return { ...certificate, inUseBy: [...new Set(users.map(({ point }) => point.arn))] };
  });
}
