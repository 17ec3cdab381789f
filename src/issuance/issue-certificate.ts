/**
 * From names to a checked certificate with its key, in the order of docs/overview.md, flow (a). The private key exists
 * in what is returned and nowhere else; the caller hands it to ACM and forgets it.
 */
import type { AcmeAccount } from "../acme/account";
import { generateCertificateKey, type CertificateKey } from "../acme/certificate-key";
import { createCertificateRequest } from "../acme/certificate-request";
import { createOrder } from "../acme/create-order";
import { downloadChain } from "../acme/download-chain";
import { finalizeOrder } from "../acme/finalize-order";
import { getAuthorizations } from "../acme/get-authorizations";
import type { AcmeOrder } from "../acme/order";
import { checkIssued, parseCertificateChain, type CertificateChain } from "../certificates/certificate-chain";
import type { DomainName } from "../certificates/domain-name";
import type { IssuableKeyAlgorithm } from "../certificates/key-algorithm";
import type { Recorder } from "../ledger/recorder";
import { systemClock, type Clock } from "../platform/clock";
import { withDeadline } from "../platform/deadline";
import { AppError, isAppError, messageOf, toAppError } from "../platform/errors";
import { KeyedQueue } from "../platform/keyed-queue";
import type { Logger } from "../platform/log";
import { checkCaa } from "../resolver/check-caa";
import type { NameServers } from "../resolver/name-servers";
import { findPlaces, groupChallenges, type ChallengePlace } from "./challenge-places";
import type { ChallengeRecords } from "./challenge-records";
import type { ChallengeZone } from "./challenge-zone";
import type { IssuanceJournal, JournalEntry } from "./journal";
import { proveControl } from "./prove-control";
import { recordIssued, recordNotIssued } from "./record-issuance";
import { findEarlierOrders, removeAbandonedRecords, removeRecords } from "./recover";
import { WaitingTime } from "./waiting-time";

export interface IssueRequest {
  readonly names: readonly DomainName[];
  readonly keyAlgorithm: IssuableKeyAlgorithm;
  /** Zones in which challenge values may be written. */
  readonly zones: readonly ChallengeZone[];
  readonly profile?: string;
  /** Common name of an issuer of the wanted chain. */
  readonly preferredChain?: string;
  /** certID of the certificate that is renewed. */
  readonly replaces?: string;
}

export interface IssueParts {
  /** Of the CA. */
  readonly directoryUrl: string;
  /** Opens the account, or makes it at the first use. */
  readonly account: (signal?: AbortSignal) => Promise<AcmeAccount>;
  readonly records: ChallengeRecords;
  readonly nameServers: NameServers;
  readonly journal: IssuanceJournal;
  readonly log: Logger;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** How long cleaning up may take after a cancellation. @default 60,000 ms */
  readonly cleanUpTimeoutMs?: number;
  /** Gets what was issued, and what was not. @default nobody */
  readonly recorder?: Recorder;
}

export interface IssuedCertificate {
  readonly chain: CertificateChain;
  readonly key: CertificateKey;
  readonly orderUrl: string;
  /** Host of the CA's directory. */
  readonly issuer: string;
  /** How long it took: waiting for name servers and the CA, and all the rest. */
  readonly took: { readonly waitingMs: number; readonly workingMs: number };
  /** What somebody should know all the same. */
  readonly warnings: readonly string[];
}

export interface IssueResult<T> {
  /** What `keep` made of the certificate. */
  readonly kept: T;
  /** What is left behind, and will be removed by the next run. */
  readonly leftovers: readonly string[];
}

/**
 * One at a time for the same names in a process: a CA gives equal orders of an account as one and the same
 * (letsencrypt/boulder does), and the second would find it finalized with another key.
 */
const underWay = new KeyedQueue();

/**
 * Orders a certificate and hands it to `keep` as soon as it is checked; only then does the cleaning up begin, so that
 * nothing stands between the CA and the place where the certificate is kept.
 * Errors: those of every step; nothing is changed anywhere when it throws, or the journal knows what is left.
 */
export async function issueCertificate<T>(
  request: IssueRequest,
  parts: IssueParts,
  keep: (issued: IssuedCertificate) => Promise<T>,
): Promise<IssueResult<T>> {
  let issued: IssuedCertificate | undefined;
  const keepIt = async (certificate: IssuedCertificate) => {
    issued = certificate;
    await recordIssued(request.names, certificate, parts.recorder);
    return keep(certificate);
  };
  try {
    return await underWay.run([...request.names].sort().join(), () => issueAlone(request, parts, keepIt));
  } catch (thrown) {
    const error = toAppError(thrown);
    if (issued === undefined) await recordNotIssued(request.names, hostOf(parts.directoryUrl), error, parts.recorder);
    throw error;
  }
}

async function issueAlone<T>(
  request: IssueRequest,
  parts: IssueParts,
  keep: (issued: IssuedCertificate) => Promise<T>,
): Promise<IssueResult<T>> {
  const { directoryUrl, records, nameServers, journal, log, signal, clock = systemClock } = parts;
  const begunAt = clock.now();
  const waiting = new WaitingTime(clock);
  const places = await findPlaces(request.names, request.zones, nameServers, signal);
  await removeAbandonedRecords({ journal, records, log, signal });
  await checkBeforeOrder(request, places, parts);
  const account = await parts.account(signal);
  await checkCaaOfAll(request, account, parts);

  const known = journal.takeOrders({ directoryUrl, ...request });
  const earlier = await findEarlierOrders(account, known, signal).catch((error: unknown) => {
    known.forEach((entry) => journal.keepOrder(entry));
    throw error;
  });
  const order = earlier.usable ?? (await orderAnew(account, request, parts));
  log.log("info", earlier.usable ? "going on with the order of an earlier run" : "order created", { order: order.url });
  // before anything else can fail, so that the next run goes on with it
  const entry = await journal.begin({
    directoryUrl,
    names: [...request.names],
    profile: request.profile,
    orderUrl: order.url,
    orderExpires: order.expires?.toISOString(),
    records: [],
  });
  for (const each of known) await each.letGoOfOrder();
  let isOver = false;
  let kept: T;
  try {
    const issued = await obtain(account, order, { ...parts, request, places, entry, waiting });
    isOver = true;
    const waitingMs = waiting.milliseconds;
    const took = { waitingMs, workingMs: clock.now().getTime() - begunAt.getTime() - waitingMs };
    const issuer = hostOf(directoryUrl);
    kept = await keep({ ...issued, issuer, took, warnings: [...earlier.wasted.map(wastedText), ...issued.warnings] });
  } catch (error) {
    throw withLeftovers(toAppError(error), await cleanUp(entry, isOver || isEndOfOrder(error), parts));
  }
  return { kept, leftovers: await cleanUp(entry, true, parts) };
}

interface ObtainParts extends IssueParts {
  readonly request: IssueRequest;
  readonly places: ReadonlyMap<string, ChallengePlace>;
  readonly entry: JournalEntry;
  readonly waiting: WaitingTime;
}

/** From an order to its certificate; what is written for it is in the entry before. */
async function obtain(
  account: AcmeAccount,
  order: AcmeOrder,
  parts: ObtainParts,
): Promise<Omit<IssuedCertificate, "issuer" | "took">> {
  const { request, places, entry, records, nameServers, log, signal, waiting } = parts;
  const authorizations = await getAuthorizations(account, order, { signal });
  const challenges = groupChallenges(authorizations, places);
  const written = challenges.map(({ zone, name, challenges: own }) => ({
    zone,
    name,
    values: own.map((each) => each.value),
  }));
  await entry.change((facts) => ({ ...facts, records: written }));
  const [ready, key] = await Promise.all([
    proveControl({ account, order, authorizations, challenges, records, nameServers, log, signal, waiting }),
    generateCertificateKey(request.keyAlgorithm),
  ]);
  const { chain, warnings } = await collect(account, ready, key, request, parts);
  return { chain, key, orderUrl: order.url, warnings };
}

/** The CA takes nothing more for an order that failed (RFC 8555 7.1.6). */
function isEndOfOrder(error: unknown): boolean {
  return isAppError(error, "acme_challenge_failed") || isAppError(error, "acme_order_invalid");
}

function withLeftovers(error: AppError, leftovers: readonly string[]): AppError {
  if (leftovers.length === 0) return error;
  const { code, message, hint, retryable, retryAfterMs, facts } = error;
  const text = [message, ...leftovers].join("; ");
  return new AppError(code, text, { hint, retryable, retryAfterMs, facts, cause: error });
}

function wastedText(orderUrl: string): string {
  return `the key of order ${orderUrl} is gone with an earlier run: its certificate is lost, and counts for the CA's limits`;
}

/** Also after a cancellation, so with a time limit of its own and not the caller's signal. Says what is left; never throws. */
async function cleanUp(
  entry: JournalEntry,
  isOver: boolean,
  { journal, records, log, cleanUpTimeoutMs = 60_000 }: IssueParts,
): Promise<string[]> {
  try {
    if (isOver) await entry.letGoOfOrder();
    else journal.keepOrder(entry);
    const left = await removeRecords(entry, { records, log, signal: withDeadline(undefined, cleanUpTimeoutMs) });
    return left.map((what) => `challenge values are left behind and will be removed by the next run: ${what}`);
  } catch (error) {
    return [`the journal of this order cannot be written: ${messageOf(error)}`];
  }
}

/** What a CA is called where its certificates are counted. */
function hostOf(directoryUrl: string): string {
  return new URL(directoryUrl).host;
}

async function checkBeforeOrder(
  request: IssueRequest,
  places: ReadonlyMap<string, ChallengePlace>,
  { records, signal }: IssueParts,
): Promise<void> {
  const distinct = new Map([...places.values()].map((place) => [place.name, place]));
  await Promise.all([...distinct.values()].map(({ zone, name }) => records.checkAllowed(zone, name, signal)));
}

/** A refusal is known before an order is spent. Where CAA cannot be read, the CA will decide, and its answer counts. */
async function checkCaaOfAll(request: IssueRequest, account: AcmeAccount, parts: IssueParts): Promise<void> {
  const { nameServers, log, signal } = parts;
  const { caaIdentities } = await account.connection.directory(signal);
  const check = (name: DomainName) =>
    checkCaa(name, caaIdentities, nameServers, signal).catch((error: unknown) => {
      if (!isAppError(error, "dns_lookup")) throw error;
      log.log("warn", "CAA cannot be read; the CA will decide", { name, why: error.message });
    });
  await Promise.all(request.names.map(check));
}

/** That the CA will not count this as the renewal of a certificate is no reason not to renew it (RFC 9773 5). */
async function orderAnew(account: AcmeAccount, request: IssueRequest, { log, signal }: IssueParts): Promise<AcmeOrder> {
  const { names, profile, replaces } = request;
  try {
    return await createOrder(account, { names, profile, replaces, signal });
  } catch (error) {
    if (replaces === undefined || !isRefusedPredecessor(error)) throw error;
    log.log("warn", "the CA takes no order that replaces the certificate", { replaces, why: messageOf(error) });
    return createOrder(account, { names, profile, signal });
  }
}

/**
 * Replaced by another order already; or not issued by this CA (malformed), or to another account (unauthorized), as
 * after a change of the CA, a new account key, or an import by hand.
 */
function isRefusedPredecessor(error: unknown): boolean {
  if (isAppError(error, "acme_already_replaced")) return true;
  return isAppError(error, "acme_problem") && (error.facts.type === "malformed" || error.facts.type === "unauthorized");
}

async function collect(
  account: AcmeAccount,
  order: AcmeOrder,
  key: CertificateKey,
  { names, preferredChain }: IssueRequest,
  { log, signal, clock = systemClock, waiting }: ObtainParts,
): Promise<{ chain: CertificateChain; warnings: string[] }> {
  const request = createCertificateRequest(key, names);
  const valid = await waiting.during(finalizeOrder(account, order, request, { signal }));
  const downloaded = await downloadChain(account, valid, { preferredChain, signal });
  const chain = parseCertificateChain(downloaded.pem);
  key.use((privateKey) => checkIssued(chain, { names, privateKey, now: clock.now() }));
  log.log("info", "certificate issued", { serial: chain.leaf.serial, notAfter: chain.leaf.notAfter.toISOString() });
  const warnings = downloaded.isPreferred
    ? []
    : [
        `the CA offers no chain issued by "${preferredChain ?? ""}"; its default is used, issued by ${chain.leaf.issuer}`,
      ];
  return { chain, warnings };
}
