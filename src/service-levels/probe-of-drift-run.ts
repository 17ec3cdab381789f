import * as z from "zod/mini";
import { mergeEndpoints, type FindWhose, type Probe, type ProbedEndpoint } from "./probe";

/** What is read of docs/reference/schemas/drift-run.schema.json. */
const runShape = z.object({
  version: z.literal(1),
  at: z.string(),
  stacks: z.array(
    z.object({
      certificates: z.optional(
        z.array(
          z.object({
            arn: z.string(),
            names: z.array(z.string()),
            issuer: z.string(),
            notBefore: z.optional(z.string()),
            notAfter: z.object({ state: z.optional(z.string()), acm: z.optional(z.string()) }),
            sightings: z.array(
              z.object({
                at: z.string(),
                serverName: z.optional(z.string()),
                serial: z.optional(z.string()),
                notAfter: z.optional(z.string()),
                refusal: z.optional(z.string()),
              }),
            ),
          }),
        ),
      ),
    }),
  ),
});

/** What a run of drift-check saw, of its document. Undefined for another document. */
export function probeOfDriftRun(document: unknown, whose: FindWhose = () => ({})): Probe | undefined {
  const parsed = runShape.safeParse(document);
  if (!parsed.success) return undefined;
  const { at, stacks } = parsed.data;
  const known = (names: readonly string[]) => ({ owner: "", tier: "", ...whose(names) });
  const seen = stacks.flatMap(({ certificates = [] }) => certificates);
  return {
    source: "drift-check",
    at: new Date(at),
    endpoints: mergeEndpoints(
      seen.flatMap(({ names, sightings }) =>
        sightings.flatMap((sighting): ProbedEndpoint[] => {
          const { serial, serverName, refusal, notAfter } = sighting;
          // nobody could look
          if (serial === undefined) return [];
          const [, host = "", port = ""] = /^(.*?)(:\d+)?$/.exec(sighting.at) ?? [];
          const ends = notAfter === undefined ? {} : { notAfter: new Date(notAfter) };
          const about = known(serverName === undefined ? names : [serverName]);
          return [{ endpoint: `${serverName ?? host}${port}`, isValid: refusal === undefined, ...ends, ...about }];
        }),
      ),
    ),
    certificates: seen.flatMap(({ arn, names, issuer, notBefore, notAfter: { acm, state } }) => {
      const end = acm ?? state;
      if (end === undefined) return [];
      const [, , , region = ""] = arn.split(":");
      // the state's, which is that of another certificate where ACM holds a newer one
      const begin = end === state && notBefore !== undefined ? { notBefore: new Date(notBefore) } : {};
      return [{ certificate: arn, names, region, issuer, ...begin, notAfter: new Date(end), ...known(names) }];
    }),
  };
}
