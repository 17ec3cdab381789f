/** The one place that says what a renewal is in a plan, and what may follow from it. */
import { isOurProvider, renewedType } from "../plan/certificate-types";
import { changedPlaces, type ChangedPlace } from "../plan/changed-places";
import type { OutputChange, ResourceChange } from "../plan/plan";

/**
 * What a renewal makes anew (`certificateSchema`): all that the certificate itself determines, and when and why. The ARN
 * and everything the user decides stay, so that nothing that refers to the certificate changes.
 */
export const renewedAttributes: ReadonlySet<string> = new Set([
  "certificate_chain",
  "fingerprint",
  "not_after",
  "not_before",
  "renew_at",
  "renewal_reason",
  "serial",
]);

/** Allow-list of type × action × attribute for what follows from a renewal; the user's own. */
export type Followers = Readonly<Record<string, readonly string[]>>;

export function isRenewal(resource: ResourceChange): boolean {
  return resource.type === renewedType && isOurProvider(resource.provider) && whyNoRenewal(resource) === undefined;
}

/** Undefined for a renewal, for what follows from one, and for what reads data. */
export function whyNotAllowed(resource: ResourceChange, followers: Followers): Reason | undefined {
  const { type, mode, actions, provider } = resource;
  if (mode === "data" && actions.join() === "read") return undefined;
  if (mode !== "managed") return { value: mode, message: `${mode} is not what a renewal does` };
  if (type === renewedType && isOurProvider(provider)) return whyNoRenewal(resource);
  const attributes = Object.hasOwn(followers, type) ? followers[type] : undefined;
  if (attributes !== undefined) return whyNoFollower(resource, attributes);
  return whyNotInPlace(resource) ?? { value: actions.join(" then "), message: `a renewal does not change ${type}` };
}

/** Outputs follow where they are known after apply only: by nothing but a renewal in a plan without other changes. */
export function whyOutputNotAllowed({ actions, change }: OutputChange): Reason | undefined {
  if (actions.join() !== "update") return { value: actions.join(" then "), message: "an output comes or goes" };
  return whyKnown(changedPlaces(change), () => true);
}

interface Reason {
  readonly value: string;
  readonly message: string;
}

function whyNoRenewal(resource: ResourceChange): Reason | undefined {
  const places = changedPlaces(resource.change);
  const wrong = whyNotInPlace(resource) ?? whyKnown(places, (path) => renewedAttributes.has(path));
  if (wrong !== undefined) return wrong;
  if (places.some(({ path }) => path === "serial")) return undefined;
  return { value: "update", message: "it is changed, but no certificate is issued" };
}

function whyNoFollower(resource: ResourceChange, attributes: readonly string[]): Reason | undefined {
  const isListed = (path: string) => attributes.some((name) => path === name || path.startsWith(`${name}.`));
  return whyNotInPlace(resource) ?? whyKnown(changedPlaces(resource.change), isListed);
}

function whyNotInPlace({ actions, previousAddress, importId, isDeposed }: ResourceChange): Reason | undefined {
  if (previousAddress !== undefined) return { value: "moved", message: `it is moved from ${previousAddress}` };
  if (importId !== undefined) return { value: "import", message: "it is imported into terraform" };
  if (isDeposed) return { value: "deposed", message: "it is what an earlier replacement left" };
  if (actions.join() === "update") return undefined;
  const value = actions.join(" then ");
  return { value, message: `the plan is to ${value} it; a renewal is an update in place` };
}

/** All places must be allowed to change, and to what is known after apply only. Undefined if they are, and there are any. */
function whyKnown(places: readonly ChangedPlace[], isAllowed: (path: string) => boolean): Reason | undefined {
  const other = places.find(({ path }) => !isAllowed(path));
  if (other !== undefined) return { value: other.path || "value", message: `${other.path || "its value"} changes` };
  const known = places.find(({ isKnown }) => isKnown);
  if (known !== undefined)
    return { value: known.path || "value", message: `${known.path || "its value"} changes to what is known already` };
  if (places.length === 0) return { value: "marks", message: "nothing but marks on its values changes" };
  return undefined;
}
