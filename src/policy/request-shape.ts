/** Requests as people write them in test files: names as they like, issuers as the policy calls them. */
import { z } from "zod";
import { parseDomainName } from "../certificates/domain-name";
import { keyAlgorithms } from "../certificates/key-algorithm";
import { AppError } from "../platform/errors";
import { didYouMean } from "../platform/yaml-file/did-you-mean";
import { asRequested } from "./known-issuer";
import { acmName, type Policy } from "./policy";
import { actions, servingKinds, urgencies, type PolicyRequest, type RequestedIssuer } from "./request";

const text = z.string().min(1);
const subject = { names: z.array(text).min(1), owner: text.optional(), tier: text.optional() };

const certificate = z.strictObject({
  ...subject,
  issuer: text.optional(),
  profile: text.optional(),
  keyAlgorithm: z.enum(keyAlgorithms).optional(),
  lifetimeDays: z.number().positive().optional(),
});

const attachment = z.strictObject({
  ...subject,
  kind: z.enum(servingKinds),
  account: text.optional(),
  region: text.optional(),
  loadBalancer: text.optional(),
});

const action = z.strictObject({
  ...subject,
  action: z.enum(actions),
  urgency: z.enum(urgencies).default("routine"),
});

/** Exactly one of the three. */
export const requestShapes = {
  certificate: certificate.optional(),
  attachment: attachment.optional(),
  action: action.optional(),
};

export const requestKeys = {
  certificate: Object.keys(certificate.shape),
  attachment: Object.keys(attachment.shape),
  action: Object.keys(action.shape),
};

export interface WrittenRequest {
  readonly certificate?: z.infer<typeof certificate>;
  readonly attachment?: z.infer<typeof attachment>;
  readonly action?: z.infer<typeof action>;
}

/** Errors: `invalid_argument`, `invalid_domain_name`. */
export function requestOf(policy: Policy, written: WrittenRequest, at: Date): PolicyRequest {
  const given = [written.certificate, written.attachment, written.action].filter((each) => each !== undefined);
  const [only] = given;
  if (only === undefined || given.length > 1)
    throw new AppError("invalid_argument", "a request is one of certificate, attachment and action");
  const { owner, tier } = only;
  const asked = { names: only.names.map(parseDomainName), owner, tier, at };
  if (written.attachment !== undefined) {
    const { kind: servingKind, account: accountId, region, loadBalancer } = written.attachment;
    return { ...asked, kind: "attachment", servingKind, accountId, region, loadBalancer };
  }
  if (written.action !== undefined) {
    const { action: what, urgency } = written.action;
    return { ...asked, kind: "action", action: what, urgency };
  }
  const { issuer, profile, keyAlgorithm, lifetimeDays } = written.certificate ?? {};
  return {
    ...asked,
    kind: "certificate",
    issuer: requestedIssuer(policy, issuer, profile),
    keyAlgorithm,
    lifetimeDays,
  };
}

/** An issuer by what the policy calls it, by `acm`, by its directory's URL, or by the ARN of a private CA. Errors: `invalid_argument`. */
export function requestedIssuer(
  { issuers = [] }: Policy,
  called?: string,
  profile?: string,
): RequestedIssuer | undefined {
  if (called === undefined) return undefined;
  if (called === acmName) return { kind: "acm" };
  const known = issuers.find(({ name }) => name === called);
  if (known !== undefined) return asRequested(known, profile);
  if (called.startsWith("arn:")) return { kind: "private-ca", authorityArn: called };
  if (URL.canParse(called)) return { kind: "acme", directoryUrl: called, profile };
  const names = [...issuers.map(({ name }) => name), acmName];
  throw new AppError("invalid_argument", `the policy has no issuer "${called}"`, {
    hint: didYouMean(called, names) ?? "give the URL of its directory",
  });
}
