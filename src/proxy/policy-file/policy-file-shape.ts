/** The shape of the policy file; what its words mean is in docs/reference/akamai-dns-proxy.md. */
import { z } from "zod";
import { actions } from "../policy/policy";

const text = z.string().min(1);
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, "use letters, digits, dot, hyphen, underscore");
const ttl = z.int().min(0).max(2_147_483_647);

const listen = z.strictObject({
  host: text.default("127.0.0.1"),
  port: z.int().min(0).max(65535),
  tls: z.strictObject({ certificateFile: text, privateKeyFile: text }).optional(),
  insecurePlainHttp: z.boolean().optional(),
  names: z.array(text).min(1),
});

const upstream = z.strictObject({
  edgerc: text.optional(),
  section: text.optional(),
  standbySection: text.optional(),
  caFile: text.optional(),
  insecurePlainHttp: z.boolean().optional(),
});

const keyPlace = { env: text.optional(), file: text.optional(), secretsManager: text.optional() };
const masterKey = z.strictObject({ ...keyPlace, previous: z.strictObject(keyPlace).optional() });

const coordination = z.strictObject({ postgres: text.optional(), postgresEnv: text.optional() });

const oidcIssuer = z.strictObject({
  issuer: text,
  audience: text,
  jwksUri: text.optional(),
  caFile: text.optional(),
});

const claim = z.union([text.transform((one) => [one]), z.array(text).min(1)]);
const oidcRule = z.strictObject({ issuer: text, claims: z.record(text, claim) });

const client = z.strictObject({
  name,
  tokens: z.array(text).default([]),
  cidrs: z.array(text).min(1).optional(),
  expires: text.optional(),
  requestsPerMinute: z.int().min(1).default(600),
  oidc: z.array(oidcRule).default([]),
});

const grant = z.strictObject({
  client: text,
  zone: text,
  allow: z.enum(["acme-challenge", "acm-validation"]).optional(),
  names: z.array(text).min(1),
  types: z.array(text).min(1).optional(),
  actions: z.array(z.enum(actions)).min(1).optional(),
  values: text.optional(),
  ttlSeconds: z.strictObject({ min: ttl.default(0), max: ttl.default(2_147_483_647) }).optional(),
  merge: z.boolean().optional(),
});

const metrics = z.strictObject({ cidrs: z.array(text).min(1) });

const janitor = z.strictObject({ afterSeconds: z.int().min(60).max(86_400).default(3600) });

export const policyFileShape = z.strictObject({
  listen,
  upstream: upstream.default({}),
  masterKey,
  coordination: coordination.optional(),
  oidcIssuers: z.array(oidcIssuer).default([]),
  clients: z.array(client).default([]),
  grants: z.array(grant).default([]),
  audit: z.strictObject({ file: text }),
  metrics: metrics.optional(),
  janitor: z.union([z.literal(false), janitor]).default({ afterSeconds: 3600 }),
});

export type PolicyFile = z.infer<typeof policyFileShape>;
export type ClientEntry = PolicyFile["clients"][number];
export type GrantEntry = PolicyFile["grants"][number];

/** The keys each mapping of the file knows, by the path to it with list positions left out; for suggestions. */
export const knownKeys: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(policyFileShape.shape),
  listen: Object.keys(listen.shape),
  "listen.tls": ["certificateFile", "privateKeyFile"],
  upstream: Object.keys(upstream.shape),
  masterKey: Object.keys(masterKey.shape),
  "masterKey.previous": Object.keys(keyPlace),
  coordination: Object.keys(coordination.shape),
  oidcIssuers: Object.keys(oidcIssuer.shape),
  clients: Object.keys(client.shape),
  "clients.oidc": Object.keys(oidcRule.shape),
  grants: Object.keys(grant.shape),
  "grants.ttlSeconds": ["min", "max"],
  audit: ["file"],
  metrics: ["cidrs"],
  janitor: ["afterSeconds"],
};
