/** The CA without sockets: requests go straight to its operations, DNS answers come from maps, the clock is ours. */
import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import type { CaaRecord } from "node:dns";
import * as acme from "acme-client";
import type { AcmeCaContext } from "../../../../src/sandbox/acme-ca/acme-ca-context";
import { withDefaults, type AcmeCaOptions } from "../../../../src/sandbox/acme-ca/acme-ca-options";
import { acmeCaManagement, type IssuedCertificate } from "../../../../src/sandbox/acme-ca/acme-ca-management";
import { createAcmeCaContext } from "../../../../src/sandbox/acme-ca/create-context";
import { calm } from "../../../../src/sandbox/acme-ca/faults";
import { noRateLimits } from "../../../../src/sandbox/acme-ca/rate-limits/rate-limits";
import { DnsFailure, type DnsAnswers } from "../../../../src/sandbox/acme-ca/validation/dns-answers";
import { answerRequest, type FrontAnswer } from "../../../../src/sandbox/acme-ca/web-front/answer-request";
import { matchRoute } from "../../../../src/sandbox/acme-ca/web-front/routes";

export type Json = Readonly<Record<string, unknown>>;

/** Records by name; a text instead of records is the reason of a failure. */
export class FakeDns implements DnsAnswers {
  readonly txtRecords = new Map<string, string[] | string>();
  readonly caaRecords = new Map<string, CaaRecord[] | string>();

  async txt(name: string): Promise<string[]> {
    return this.answer(this.txtRecords, "TXT", name);
  }

  async caa(name: string): Promise<CaaRecord[]> {
    return this.answer(this.caaRecords, "CAA", name);
  }

  private answer<T>(records: Map<string, T[] | string>, type: string, name: string): T[] {
    const found = records.get(name) ?? [];
    if (typeof found === "string") throw new DnsFailure(found, `${type} for ${name}`);
    return found;
  }
}

/** A key that signs requests, with the account it stands for once there is one. */
export class Signer {
  readonly privateKey: KeyObject;
  readonly jwk: Json;
  accountUrl?: string;

  constructor(
    readonly alg: "ES256" | "ES384" | "RS256" = "ES256",
    keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } = newKeys(alg),
  ) {
    this.privateKey = keys.privateKey;
    this.jwk = keys.publicKey.export({ format: "jwk" });
  }

  /** @param header members that replace or remove (undefined) those of a good header */
  message(header: Json, payload: unknown): string {
    const identity = this.accountUrl === undefined ? { jwk: this.jwk } : { kid: this.accountUrl };
    const head = encode({ alg: this.alg, ...identity, ...header });
    const body = payload === undefined ? "" : encode(payload);
    const hash = this.alg === "ES384" ? "sha384" : "sha256";
    const key = { key: this.privateKey, dsaEncoding: "ieee-p1363" as const };
    const signature = sign(hash, Buffer.from(`${head}.${body}`), key).toString("base64url");
    return JSON.stringify({ protected: head, payload: body, signature });
  }

  get thumbprint(): string {
    const names = this.jwk.kty === "EC" ? ["crv", "kty", "x", "y"] : ["e", "kty", "n"];
    const ordered = Object.fromEntries(names.map((name) => [name, this.jwk[name]]));
    return createHash("sha256").update(JSON.stringify(ordered)).digest("base64url");
  }
}

export function newKeys(alg: Signer["alg"]): { publicKey: KeyObject; privateKey: KeyObject } {
  if (alg === "RS256") return generateKeyPairSync("rsa", { modulusLength: 2048 });
  return generateKeyPairSync("ec", { namedCurve: alg === "ES256" ? "P-256" : "P-384" });
}

export const start = new Date("2026-11-02T10:00:00Z");

export class CaInMemory {
  readonly dns = new FakeDns();
  readonly context: AcmeCaContext;
  readonly management;
  now = start;

  constructor(options: Partial<AcmeCaOptions> = {}) {
    const settings = withDefaults({
      dnsServer: { host: "192.0.2.1", port: 53 },
      faults: calm,
      rateLimits: noRateLimits,
      clock: { now: () => this.now },
      sleep: async () => undefined,
      ...options,
    });
    const closing = new AbortController().signal;
    const origins = { origin: "https://ca.example", listsOrigin: "http://lists.ca.example" };
    this.context = createAcmeCaContext({ settings, ...origins, dns: this.dns, closing });
    this.management = acmeCaManagement(this.context);
  }

  get urls(): AcmeCaContext["urls"] {
    return this.context.urls;
  }

  async send(method: string, url: string, body = "", contentType = "application/jose+json"): Promise<FrontAnswer> {
    const { pathname, searchParams } = new URL(url);
    const match = matchRoute(pathname);
    const answer = await answerRequest(this.context, match?.route, {
      method,
      url,
      parameters: match?.parameters ?? [],
      query: searchParams,
      contentType,
      body: Buffer.from(body),
      address: "192.0.2.7",
    });
    await settled();
    return answer;
  }

  /** A good request, except for what `header` changes. */
  post(signer: Signer, url: string, payload?: unknown, header: Json = {}): Promise<FrontAnswer> {
    return this.send("POST", url, signer.message({ nonce: this.context.nonces.issue(), url, ...header }, payload));
  }

  async account(signer = new Signer()): Promise<Signer> {
    const answer = await this.post(signer, this.urls.newAccount, { termsOfServiceAgreed: true });
    signer.accountUrl = answer.headers?.location as string;
    return signer;
  }

  order(signer: Signer, names: readonly string[], fields: Json = {}): Promise<FrontAnswer> {
    return this.post(signer, this.urls.newOrder, { identifiers: identifiers(names), ...fields });
  }

  /** Puts the right TXT values there and answers the dns-01 challenges of an order. */
  async prove(signer: Signer, order: FrontAnswer): Promise<void> {
    for (const url of (order.body as { authorizations: string[] }).authorizations) {
      const { identifier, challenges } = body(await this.post(signer, url)) as unknown as AuthorizationBody;
      const challenge = challenges.find(({ type }) => type === "dns-01");
      if (challenge === undefined) throw new Error("no dns-01 challenge");
      const value = createHash("sha256").update(`${challenge.token}.${signer.thumbprint}`).digest("base64url");
      const name = `_acme-challenge.${identifier.value}`;
      const present = this.dns.txtRecords.get(name) ?? [];
      if (typeof present !== "string") this.dns.txtRecords.set(name, [...present, value]);
      await this.post(signer, challenge.url, {});
    }
  }

  async finalize(signer: Signer, order: FrontAnswer, csr: string): Promise<FrontAnswer> {
    return this.post(signer, (order.body as { finalize: string }).finalize, { csr });
  }

  /** A certificate, the whole way. */
  async obtain(signer: Signer, names: readonly string[], fields: Json = {}): Promise<IssuedCertificate> {
    const order = await this.order(signer, names, fields);
    if (order.status !== 201) throw new Error(JSON.stringify(order.body));
    await this.prove(signer, order);
    await this.finalize(signer, order, await csrFor(names));
    const issued = this.management.certificates().at(-1);
    if (issued === undefined) throw new Error(JSON.stringify(this.management.orders()));
    return issued;
  }
}

interface AuthorizationBody {
  readonly identifier: { readonly value: string };
  readonly challenges: readonly { readonly type: string; readonly url: string; readonly token: string }[];
}

/** DER in base64url, as finalize wants it. */
export async function csrFor(names: readonly string[], key?: Buffer, commonName?: string): Promise<string> {
  const [, csr] = await acme.crypto.createCsr(
    { altNames: [...names], ...(commonName === undefined ? {} : { commonName }) },
    key ?? (await acme.crypto.createPrivateEcdsaKey()),
  );
  return acme.crypto.getPemBodyAsB64u(csr);
}

export function identifiers(names: readonly string[]): Json[] {
  return names.map((value) => ({ type: "dns", value }));
}

export function body(answer: FrontAnswer): Json {
  return answer.body as Json;
}

/** `[status, type]` of a problem, the type without its prefix. */
export function problemOf(answer: FrontAnswer): [number, string] {
  return [answer.status, String(body(answer).type).replace("urn:ietf:params:acme:error:", "")];
}

export function encode(value: unknown): string {
  return Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
}

/** Lets validations and issuances that wait for nothing real come to their end. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
