import * as z from "zod/mini";
import { mergeEndpoints, type FindWhose, type Probe, type ProbedEndpoint } from "./probe";

const team = z.optional(z.object({ name: z.string() }));
const part = { accountId: z.string(), region: z.string() };

/** What is read of docs/reference/schemas/scan.schema.json. */
const scanShape = z.object({
  version: z.literal(1),
  scannedAt: z.string(),
  certificates: z.array(
    z.object({
      ...part,
      arn: z.string(),
      names: z.array(z.string()),
      issuer: z.optional(z.string()),
      notBefore: z.optional(z.string()),
      notAfter: z.optional(z.string()),
      inUseBy: z.array(z.string()),
      renewal: z.optional(z.object({ state: z.string() })),
      team,
    }),
  ),
  servingPoints: z.array(
    z.object({
      ...part,
      hostName: z.string(),
      port: z.number(),
      disabled: z.optional(z.boolean()),
      certificates: z.array(z.object({ arn: z.string() })),
      observations: z.array(
        z.object({
          serverName: z.optional(z.string()),
          outcome: z.discriminatedUnion("state", [
            z.object({
              state: z.literal("served"),
              chain: z.array(z.object({ notAfter: z.string() })),
              refusal: z.optional(z.string()),
            }),
            z.object({ state: z.literal("unreachable") }),
          ]),
        }),
      ),
    }),
  ),
});

type Scan = z.infer<typeof scanShape>;
type ServingPoint = Scan["servingPoints"][number];

/**
 * What a scan saw, of its document. Undefined for another document. An endpoint is a name that clients ask for, with its
 * port; it is valid where all that answer to it are. A certificate that nothing uses may end: it is left out.
 */
export function probeOfScan(document: unknown, whose: FindWhose = () => ({})): Probe | undefined {
  const parsed = scanShape.safeParse(document);
  if (!parsed.success) return undefined;
  const { scannedAt, certificates, servingPoints } = parsed.data;
  const attached = new Set(servingPoints.flatMap((point) => point.certificates.map(({ arn }) => arn)));
  const owners = new Map(certificates.map(({ arn, team: own }) => [arn, own?.name]));
  const known = (names: readonly string[], owner: string | undefined) => ({
    owner: owner ?? "",
    tier: "",
    ...whose(names),
  });
  const seen: ProbedEndpoint[] = [];
  for (const point of servingPoints)
    for (const { endpoint, name, isValid, notAfter } of seenAt(point)) {
      const owner = point.certificates.map(({ arn }) => owners.get(arn)).find((each) => each !== undefined);
      seen.push({ endpoint, isValid, notAfter, ...known([name], owner) });
    }
  return {
    source: "scan",
    at: new Date(scannedAt),
    parts: [...new Set([...certificates, ...servingPoints].map(({ accountId, region }) => `${accountId}/${region}`))],
    endpoints: mergeEndpoints(seen),
    certificates: certificates.flatMap(
      ({ arn, region, names, issuer = "", notBefore, notAfter, inUseBy, renewal, team: own }) =>
        notAfter === undefined || (inUseBy.length === 0 && !attached.has(arn))
          ? []
          : [
              {
                ...{ certificate: arn, region, names, issuer, ...known(names, own?.name) },
                ...(notBefore !== undefined && { notBefore: new Date(notBefore) }),
                notAfter: new Date(notAfter),
                ...(renewal !== undefined && { isDue: renewal.state !== "not-due" }),
              },
            ],
    ),
  };
}

/** Handshakes that were answered. Those without a name count where none with one was answered: nobody else goes there. */
function seenAt({ hostName, port, disabled, observations }: ServingPoint) {
  if (disabled === true) return [];
  const answered = observations.flatMap(({ serverName, outcome }) =>
    outcome.state === "served" ? [{ serverName, outcome }] : [],
  );
  const named = answered.filter(({ serverName }) => serverName !== undefined);
  return (named.length > 0 ? named : answered).map(({ serverName, outcome: { chain, refusal } }) => {
    const name = serverName ?? hostName;
    const ends = chain.map(({ notAfter }) => Date.parse(notAfter));
    const notAfter = ends.length === 0 ? undefined : new Date(Math.min(...ends));
    return { endpoint: `${name}:${port}`, name, isValid: refusal === undefined && chain.length > 0, notAfter };
  });
}
