/** What a profile of Let's Encrypt fixes (letsencrypt.org, documentation, "Profiles"). */
export interface ProfileLimits {
  readonly maxNames: number;
  readonly lifetimeDays: number;
  /** Whether RSA certificates carry the keyEncipherment key usage. */
  readonly keyEncipherment: boolean;
}

const profiles: ReadonlyMap<string, ProfileLimits> = new Map([
  ["classic", { maxNames: 100, lifetimeDays: 90, keyEncipherment: true }],
  ["tlsserver", { maxNames: 25, lifetimeDays: 45, keyEncipherment: false }],
  ["shortlived", { maxNames: 25, lifetimeDays: 160 / 24, keyEncipherment: false }],
]);

export const profilesPage = "Let's Encrypt documentation, profiles";

/** Whether a directory is one of Let's Encrypt's, production or staging. */
export function isLetsEncrypt(directoryUrl: string): boolean {
  return /^https:\/\/acme(?:-staging)?-v02\.api\.letsencrypt\.org\//.test(directoryUrl);
}

/** The limits that hold for an issuer; undefined where they are the CA's own or not known at synthesis. */
export function profileLimits(issuer: { readonly directoryUrl: string; readonly profile?: string }) {
  return isLetsEncrypt(issuer.directoryUrl) ? profiles.get(issuer.profile ?? "classic") : undefined;
}
