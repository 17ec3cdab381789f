/**
 * Edge DNS v2, as far as certificate tooling needs it. Signs at the moment of sending, each try anew. Start here to read
 * or write a whole record set; to add or take away values use `RecordSetEditor`.
 */
import { isSameRecordSet } from "../dns/record-set-algebra";
import type { RecordSet } from "../dns/record-set";
import { systemClock, type Clock, type Sleep } from "../platform/clock";
import { AppError, isAppError } from "../platform/errors";
import type { HttpClient, HttpResponse } from "../platform/http";
import { silentLogger, type Logger } from "../platform/log";
import { retry, type RetryPolicy } from "../platform/retry";
import { allowedRequest, requireAllowed, statusesOfNoProxy, type AllowedQuestion } from "./allowed-messages";
import {
  authoritiesRequest,
  createRecordSetsRequest,
  readAuthorities,
  readRecordSet,
  readRecordSets,
  readZone,
  readZones,
  recordSetRequest,
  recordSetsRequest,
  writeRecordSetRequest,
  zoneRequest,
  zonesRequest,
  type ContractAuthorities,
  type EdgeDnsRequest,
  type EdgeDnsZone,
  type Page,
} from "./edge-dns-messages";
import { problemError } from "./edge-dns-problem";
import { signEdgeGrid, type EdgeGridCredentials } from "./edgegrid-sign";

/** Half a second, doubling up to a minute, which rate limits may ask for; about two minutes in all. */
export const edgeDnsRetryPolicy: RetryPolicy = { attempts: 9, firstDelayMs: 500, maxDelayMs: 60_000 };

export interface EdgeDnsClientOptions {
  readonly credentials: EdgeGridCredentials;
  /** Used from the moment on that the others are not accepted, and the other way round: for a change of credentials. */
  readonly standbyCredentials?: EdgeGridCredentials;
  readonly http: Pick<HttpClient, "send">;
  /** @default edgeDnsRetryPolicy */
  readonly retryPolicy?: RetryPolicy;
  /** Entries asked for at a time in lists. @default 500 */
  readonly pageSize?: number;
  /** Sends plain HTTP, for a host of this machine; the signature says https all the same. @default false */
  readonly plainHttp?: boolean;
  readonly logger?: Logger;
  /** Hears why another try is made. */
  readonly onRetry?: (error: AppError) => void;
  /** @default the system clock */
  readonly clock?: Clock;
  /** @default a random UUID */
  readonly nonce?: () => string;
  readonly sleep?: Sleep;
  readonly random?: () => number;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /**
   * Send one request only and throw what came of it. For callers that must read again before they repeat a write:
   * while they waited, somebody else may have changed the set, and Edge DNS has no precondition for a write.
   * @default false
   */
  readonly once?: boolean;
}

export class EdgeDnsClient {
  private readonly clock: Clock;
  private readonly zonesSeen = new Set<string>();
  /** In use first; the rest stand by. */
  private credentials: readonly EdgeGridCredentials[];

  constructor(private readonly options: EdgeDnsClientOptions) {
    this.clock = options.clock ?? systemClock;
    const { credentials, standbyCredentials } = options;
    this.credentials = standbyCredentials === undefined ? [credentials] : [credentials, standbyCredentials];
  }

  /** Whether the standby credentials are those that Akamai accepts; undefined if there are none. */
  get usesStandby(): boolean | undefined {
    const { standbyCredentials } = this.options;
    return standbyCredentials && this.credentials[0] === standbyCredentials;
  }

  /** The zone, or undefined if there is none by this name. */
  async getZone(zone: string, call: CallOptions = {}): Promise<EdgeDnsZone | undefined> {
    const request = zoneRequest(zone);
    const response = await this.read(request, call);
    return response.status === 404 ? undefined : readZone(response, request.what);
  }

  /** Every zone the credentials may see. */
  async listZones(call: CallOptions = {}): Promise<EdgeDnsZone[]> {
    return this.pages((page, size) => zonesRequest(page, size), readZones, call);
  }

  /** Asks once for as little as can be asked for. Errors: `edge_dns_denied` if the credentials are not accepted. */
  async checkAccess({ signal }: CallOptions = {}): Promise<void> {
    await this.send(zonesRequest(1, 1), [], { signal });
  }

  /** The record set, or undefined if there is none. Errors: `dns_zone_not_found` if we see no such zone. */
  async getRecordSet(zone: string, name: string, type: string, call: CallOptions = {}): Promise<RecordSet | undefined> {
    const request = recordSetRequest("GET", zone, name, type);
    const response = await this.read(request, call);
    if (response.status === 404) {
      await this.requireZone(zone, call);
      return undefined;
    }
    this.zonesSeen.add(zone);
    return readRecordSet(response, request.what);
  }

  /** Every record set of a zone. `types` @default all */
  async listRecordSets(zone: string, types: readonly string[] = [], call: CallOptions = {}): Promise<RecordSet[]> {
    return this.pages((page, size) => recordSetsRequest(zone, types, page, size), readRecordSets, call);
  }

  /** Creates a set. Errors: `edge_dns_problem` with status 409 if there is one that differs from it. */
  async createRecordSet(zone: string, set: RecordSet, call: CallOptions = {}): Promise<void> {
    await this.write(writeRecordSetRequest("POST", zone, set), () => this.holds(zone, set, call), call);
  }

  /**
   * Creates sets, all of them or none. Sends once and never reads back: for callers that do that themselves. Errors:
   * `edge_dns_problem` with status 409 if any is there.
   */
  async createRecordSetsOnce(zone: string, sets: readonly RecordSet[], signal?: AbortSignal): Promise<void> {
    await this.send(createRecordSetsRequest(zone, sets), [], { signal });
  }

  /** The name servers that zones of these contracts have. */
  async listAuthorities(contractIds: readonly string[], call: CallOptions = {}): Promise<ContractAuthorities[]> {
    const request = authoritiesRequest(contractIds);
    return readAuthorities(await this.trying(request, call, () => this.send(request, [], call)), request.what);
  }

  /**
   * Replaces the whole set, also one that changed since it was read: for a set with one writer, or with `once`. Errors:
   * `edge_dns_problem` with status 400 if there is none.
   */
  async replaceRecordSet(zone: string, set: RecordSet, call: CallOptions = {}): Promise<void> {
    await this.write(writeRecordSetRequest("PUT", zone, set), () => this.holds(zone, set, call), call);
  }

  /** Deletes the whole set; one that is not there is fine. */
  async deleteRecordSet(zone: string, name: string, type: string, call: CallOptions = {}): Promise<void> {
    const isGone = async () => (await this.getRecordSet(zone, name, type, call)) === undefined;
    await this.write(recordSetRequest("DELETE", zone, name, type), isGone, call);
  }

  /**
   * "Not found" is said of absent sets and of zones alike, the latter also where the credentials have no right to a
   * zone. Only the former means that a record is gone.
   */
  private async requireZone(zone: string, call: CallOptions): Promise<void> {
    if (this.zonesSeen.has(zone)) return;
    if ((await this.getZone(zone, call)) === undefined)
      throw new AppError("dns_zone_not_found", `Edge DNS shows no zone ${zone} to these credentials`, {
        hint: "check the name of the zone, the account of the credentials, and the grants at akamai-dns-proxy",
        facts: { zone },
      });
    this.zonesSeen.add(zone);
  }

  /** Throws `edge_dns_denied` if akamai-dns-proxy says that we may not; Akamai itself cannot tell beforehand. */
  async checkAllowed(question: AllowedQuestion, call: CallOptions = {}): Promise<void> {
    const request = allowedRequest(question);
    requireAllowed(await this.trying(request, call, () => this.send(request, statusesOfNoProxy, call)), question);
  }

  private async holds(zone: string, set: RecordSet, call: CallOptions): Promise<boolean> {
    const current = await this.getRecordSet(zone, set.name, set.type, call);
    return current !== undefined && isSameRecordSet(current, set);
  }

  private read(request: EdgeDnsRequest, call: CallOptions): Promise<HttpResponse> {
    return this.trying(request, call, () => this.send(request, [404], call));
  }

  /**
   * A lost answer leaves open whether the write was done, so the state decides. A POST can also meet its own earlier
   * try as a 409.
   */
  private async write(request: EdgeDnsRequest, isDone: () => Promise<boolean>, call: CallOptions): Promise<void> {
    const fine = request.method === "DELETE" ? [404] : [];
    await this.trying(request, call, async (attempt) => {
      try {
        await this.send(request, fine, call);
      } catch (error) {
        const unclear = isOutcomeUnclear(error) || (attempt > 1 && isDuplicate(error));
        if (call.once || !unclear || call.signal?.aborted || !(await isDone())) throw error;
      }
    });
  }

  /** Pages may be smaller than asked for, so only the total or an empty page says that a list is complete. */
  private async pages<T>(
    requestFor: (page: number, pageSize: number) => EdgeDnsRequest,
    read: (response: HttpResponse, what: string) => Page<T>,
    call: CallOptions,
  ): Promise<T[]> {
    const all: T[] = [];
    for (let page = 1; ; page++) {
      const request = requestFor(page, this.options.pageSize ?? 500);
      const { entries, total } = read(
        await this.trying(request, call, () => this.send(request, [], call)),
        request.what,
      );
      all.push(...entries);
      if (entries.length === 0 || (total !== undefined && all.length >= total)) return all;
    }
  }

  private trying<T>(
    request: EdgeDnsRequest,
    call: CallOptions,
    operation: (attempt: number) => Promise<T>,
  ): Promise<T> {
    if (call.once) return operation(1);
    const { logger = silentLogger, retryPolicy = edgeDnsRetryPolicy, onRetry, sleep, random } = this.options;
    return retry(operation, {
      policy: retryPolicy,
      signal: call.signal,
      sleep,
      random,
      onRetry: (error, attempt, delayMs) => {
        onRetry?.(error);
        const facts = { request: request.what, code: error.code, attempt, delayMs: Math.round(delayMs) };
        logger.log("debug", "Edge DNS request is tried again", facts);
      },
    });
  }

  /** One request; a status that is neither a success nor in `fine` is thrown. */
  private async send(request: EdgeDnsRequest, fine: readonly number[], call: CallOptions): Promise<HttpResponse> {
    const [used, standby] = this.credentials;
    const first = await this.sendAs(used ?? this.options.credentials, request, call);
    const response = first.status === 401 && standby ? await this.sendAsStandby(standby, request, call) : first;
    if ((response.status >= 200 && response.status < 300) || fine.includes(response.status)) return response;
    throw problemError(response, request.what, this.clock.now());
  }

  /** A 401 comes before anything is done, so the request may be sent again; who is let in is used from now on. */
  private async sendAsStandby(
    standby: EdgeGridCredentials,
    request: EdgeDnsRequest,
    call: CallOptions,
  ): Promise<HttpResponse> {
    const response = await this.sendAs(standby, request, call);
    if (response.status !== 401 && this.credentials[0] !== standby) {
      this.credentials = [standby, ...this.credentials.filter((each) => each !== standby)];
      const { clientToken } = standby;
      this.options.logger?.log("warn", "Akamai refused the credentials: the standby ones are used", { clientToken });
    }
    return response;
  }

  private sendAs(credentials: EdgeGridCredentials, request: EdgeDnsRequest, call: CallOptions): Promise<HttpResponse> {
    const { http, nonce, plainHttp = false } = this.options;
    const { method, body } = request;
    const target = withAccount(request.target, credentials.accountSwitchKey);
    const authorization = signEdgeGrid(credentials, { method, target, body }, { clock: this.clock, nonce });
    const accept = "application/json";
    return http.send({
      method,
      url: `${plainHttp ? "http" : "https"}://${credentials.host}${target}`,
      headers: body === undefined ? { authorization, accept } : { authorization, accept, "content-type": accept },
      body,
      signal: call.signal,
    });
  }
}

/** Whether a failed write may have been done all the same: no answer came, or the server failed in the middle. */
export function isOutcomeUnclear(error: unknown): error is AppError {
  if (!isAppError(error)) return false;
  return error.code === "network" || error.code === "timeout" || Number(error.facts.status ?? 0) >= 500;
}

/** A POST found a set. */
export function isDuplicate(error: unknown): boolean {
  return isAppError(error, "edge_dns_problem") && error.facts.status === 409;
}

function withAccount(target: string, accountSwitchKey: string | undefined): string {
  if (accountSwitchKey === undefined) return target;
  return `${target}${target.includes("?") ? "&" : "?"}accountSwitchKey=${encodeURIComponent(accountSwitchKey)}`;
}
