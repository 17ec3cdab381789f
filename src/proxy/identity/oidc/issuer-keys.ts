import { isDeepStrictEqual } from "node:util";
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import type { Clock } from "../../../platform/clock";
import { AppError, messageOf } from "../../../platform/errors";
import { HttpClient } from "../../../platform/http";
import type { Logger } from "../../../platform/log";
import type { TrustedIssuer } from "./trusted-issuer";

/** Keys are asked for again after this, in milliseconds; what was there is used if that fails. */
const keepMs = 10 * 60_000;
/** At most this often: tokens with made-up key ids must not make us flood an issuer. */
const restMs = 30_000;

/** OpenID Connect Discovery 1.0, section 3, as far as keys are concerned. */
const discovery = z.object({ issuer: z.string(), jwks_uri: z.string() });
/** RFC 7517, section 5. */
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

interface Fetched {
  readonly keys: JWTVerifyGetKey;
  readonly at: number;
}

export interface IssuerKeysParts {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The public keys of one issuer, fetched when needed and kept. */
export class IssuerKeys {
  private fetched: Fetched | undefined;
  private lastTry = -Infinity;
  private fetching: Promise<Fetched> | undefined;

  constructor(
    private readonly issuer: TrustedIssuer,
    private readonly parts: IssuerKeysParts,
  ) {}

  /** The key of a token's header. Errors: those of jose, and `network` if no keys could ever be had. */
  readonly keyFor: JWTVerifyGetKey = async (header, token) => {
    const known = await this.current();
    try {
      return await known.keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      const newer = await this.refreshed(known);
      if (newer === known) throw error;
      return newer.keys(header, token);
    }
  };

  private async current(): Promise<Fetched> {
    if (this.fetched === undefined) return this.fetch();
    return this.now() - this.fetched.at < keepMs ? this.fetched : this.refreshed(this.fetched);
  }

  /** Newer keys where they can be had, else those that are known. */
  private async refreshed(known: Fetched): Promise<Fetched> {
    if (this.fetching === undefined && this.now() - this.lastTry < restMs) return known;
    try {
      return await this.fetch();
    } catch (error) {
      this.parts.logger.log("warn", "the keys of an issuer cannot be renewed", {
        issuer: this.issuer.issuer,
        error: messageOf(error),
      });
      return known;
    }
  }

  private fetch(): Promise<Fetched> {
    this.lastTry = this.now();
    this.fetching ??= this.download().finally(() => (this.fetching = undefined));
    return this.fetching;
  }

  private async download(): Promise<Fetched> {
    const { issuer, jwksUri } = this.issuer;
    const url = jwksUri ?? (await this.discover());
    const keys = parse(keySet, await this.get(url), `the keys of ${issuer}`);
    this.fetched = { keys: createLocalJWKSet(keys as JSONWebKeySet), at: this.now() };
    return this.fetched;
  }

  private async discover(): Promise<string> {
    const { issuer } = this.issuer;
    const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const document = parse(discovery, await this.get(url), `the discovery document of ${issuer}`);
    if (document.issuer !== issuer || !document.jwks_uri.startsWith("https://"))
      throw unusable(`the discovery document of ${issuer} is about ${document.issuer}, or has no https jwks_uri`);
    return document.jwks_uri;
  }

  private async get(url: string): Promise<string> {
    const { status, body } = await this.parts.http.send({
      method: "GET",
      url,
      headers: { accept: "application/json" },
    });
    if (status !== 200) throw unusable(`${url} answered ${status}`);
    return body;
  }

  private now(): number {
    return this.parts.clock.now().getTime();
  }
}

/** Of every issuer its keys, kept over reloads of the policy as long as nothing about the issuer changes. */
export class KeysOfIssuers {
  private readonly known: { readonly issuer: TrustedIssuer; readonly keys: IssuerKeys; readonly http: HttpClient }[] =
    [];

  constructor(private readonly parts: Omit<IssuerKeysParts, "http">) {}

  readonly of = (issuer: TrustedIssuer): JWTVerifyGetKey => {
    const known = this.known.find((each) => isDeepStrictEqual(each.issuer, issuer));
    if (known !== undefined) return known.keys.keyFor;
    const http = new HttpClient({ ca: issuer.ca, timeoutMs: 10_000, maxBodyBytes: 1024 * 1024 });
    const keys = new IssuerKeys(issuer, { ...this.parts, http });
    this.known.push({ issuer, keys, http });
    return keys.keyFor;
  };

  async close(): Promise<void> {
    for (const { http } of this.known) await http.close();
  }
}

function parse<T>(shape: z.ZodType<T>, body: string, what: string): T {
  try {
    return shape.parse(JSON.parse(body));
  } catch (error) {
    throw unusable(`${what} cannot be read`, error);
  }
}

function unusable(message: string, cause?: unknown): AppError {
  return new AppError("network", message, { retryable: true, cause });
}
