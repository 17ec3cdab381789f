import { baselineLifetimes, lifetimesAhead, type LifetimeRule } from "./lifetimes";

/** What a profile of Let's Encrypt fixes (letsencrypt.org, documentation, "Profiles"). */
export interface ProfileLimits {
  readonly maxNames: number;
  readonly lifetimeDays: number;
  /** What takes its place, and when (Let's Encrypt, "From 90 to 45", 2025-12-02). */
  readonly shorterFrom?: readonly LifetimeRule[];
  /** Whether RSA certificates carry the keyEncipherment key usage. */
  readonly keyEncipherment: boolean;
}

const profiles: ReadonlyMap<string, ProfileLimits> = new Map([
  [
    "classic",
    {
      maxNames: 100,
      lifetimeDays: 90,
      keyEncipherment: true,
      shorterFrom: [
        { from: "2027-02-10", days: 64 },
        { from: "2028-02-16", days: 45 },
      ],
    },
  ],
  ["tlsserver", { maxNames: 25, lifetimeDays: 45, keyEncipherment: false }],
  ["shortlived", { maxNames: 25, lifetimeDays: 160 / 24, keyEncipherment: false }],
]);

/** Names of all profiles. */
export const knownProfiles: readonly string[] = [...profiles.keys()];

export const profilesPage = "Let's Encrypt documentation, profiles";

const productionHost = "acme-v02.api.letsencrypt.org";
const stagingHost = "acme-staging-v02.api.letsencrypt.org";

/** Whether a directory is one of Let's Encrypt's, production or staging, however its URL is written. */
export function isLetsEncrypt(directoryUrl: string): boolean {
  return isLetsEncryptProduction(directoryUrl) || hostOf(directoryUrl) === stagingHost;
}

/** Whether it issues what browsers trust. */
export function isLetsEncryptProduction(directoryUrl: string): boolean {
  return hostOf(directoryUrl) === productionHost;
}

/** Without a final dot, which reaches the same host. */
function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, "") : undefined;
}

/** The limits that hold for an issuer; undefined where they are the CA's own or not known at synthesis. */
export function profileLimits(issuer: { readonly directoryUrl: string; readonly profile?: string }) {
  return isLetsEncrypt(issuer.directoryUrl) ? profiles.get(issuer.profile ?? "classic") : undefined;
}

/** How long certificates of an issuer live, now and as announced: those of the CA, or the most that any public CA may give. */
export function lifetimesOf(issuer: { readonly directoryUrl: string; readonly profile?: string }, now: Date) {
  const limits = profileLimits(issuer);
  if (limits === undefined) return lifetimesAhead(baselineLifetimes, now);
  const { lifetimeDays, shorterFrom = [] } = limits;
  return lifetimesAhead([{ from: "2015-12-03", days: lifetimeDays }, ...shorterFrom], now);
}
