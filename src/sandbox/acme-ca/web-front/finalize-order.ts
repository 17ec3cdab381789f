import { profileNamed, type AcmeCaContext } from "../acme-ca-context";
import { messageOf } from "../../../platform/errors";
import { parseSigningRequest, type SigningRequest } from "../issuing/certificate-signing-request";
import { issueCertificate } from "../issuing/issue-certificate";
import { issueByMistake } from "../issuing/issuing-mistakes";
import { AcmeProblem, problems } from "../problems";
import { registeredDomain } from "../rate-limits/registered-domain";
import { nameSetKey } from "../store/memory-store";
import { orderStatus } from "../store/object-status";
import type { Account, Order } from "../store/objects";
import type { AcmeAnswer, AcmeRequest } from "./acme-message";
import { authenticateAccount } from "./authenticate";
import { checkKeyStrength, keyFingerprint } from "./json-web-key";
import { decode, jsonPayload, textMember } from "./json-web-signature";
import { orderAnswer, ownOrder } from "./order";

/** RFC 8555 7.4: checks the request now, issues later unless the faults say otherwise. */
export async function finalizeOrder(context: AcmeCaContext, request: AcmeRequest): Promise<AcmeAnswer> {
  const { account, message } = authenticateAccount(context, request);
  const order = ownOrder(context, request, account);
  const csr = decode(textMember(jsonPayload(message), "csr"), "csr");
  const status = orderStatus(order, context.settings.clock.now());
  if (status !== "ready") throw problems.orderNotReady(status);
  const signingRequest = parseSigningRequest(csr);
  checkSigningRequest(context, account, order, signingRequest);
  order.finalizedAt = context.settings.clock.now();
  const issuing = issue(context, account, order, signingRequest);
  if (!context.faults.asynchronousFinalize) await issuing;
  return orderAnswer(context, order);
}

/** RFC 8555 7.4: exactly the names of the order; and a key that is nobody's account key and not known as stolen. */
function checkSigningRequest(context: AcmeCaContext, account: Account, order: Order, request: SigningRequest): void {
  const { commonName, names, publicKey, subjectPublicKeyInfo } = request;
  const requested = new Set(commonName === undefined ? names : [...names, commonName]);
  if (nameSetKey([...requested]) !== nameSetKey(order.names))
    throw problems.badCsr(
      `the request is for ${[...requested].join(", ") || "no name"}, the order for ${order.names.join(", ")}`,
    );
  checkKeyStrength(publicKey, (detail) => problems.badCsr(detail));
  if (publicKey.equals(account.key.key)) throw problems.badCsr("the key of the certificate must not be the account's");
  if (context.store.compromisedKeys.has(keyFingerprint(subjectPublicKeyInfo)))
    throw problems.badCsr("the key was revoked as compromised");
}

/** Ends with a certificate or an error in the order; never throws. */
async function issue(context: AcmeCaContext, account: Account, order: Order, request: SigningRequest): Promise<void> {
  const { settings, faults, random, hierarchy, store, mistake } = context;
  try {
    const delay = random() * faults.issuanceDelayMs;
    if (delay > 0) await settings.sleep(delay, context.closing);
    await recheckOldCaa(context, account, order);
    const number = random() < 0.5 ? 0 : 1;
    const intermediate = hierarchy.intermediates[number];
    const revocationListUrl = context.urls.revocationList(number);
    const profile = profileNamed(context, order.profile);
    const names = order.names;
    const now = settings.clock.now();
    const wanted = { request, names, profile, intermediate, revocationListUrl, now };
    const signed = mistake === undefined ? issueCertificate(wanted) : issueByMistake(mistake, wanted);
    spendLimits(context, order);
    order.certificate = {
      ...signed,
      certId: `${intermediate.keyId.toString("base64url")}.${Buffer.from(signed.serial, "hex").toString("base64url")}`,
      accountId: account.id,
      names,
      profile: order.profile,
      replaces: order.replaces,
      publicKey: request.publicKey,
      keyFingerprint: keyFingerprint(request.subjectPublicKeyInfo),
    };
    store.addCertificate(order.certificate);
  } catch (error) {
    const problem = error instanceof AcmeProblem ? error : problems.serverInternal(messageOf(error));
    order.error = problem.document;
  }
}

/** CAA counts for 8 hours (Baseline Requirements 3.2.2.8). */
const caaLifetimeMs = 8 * 3600 * 1000;

async function recheckOldCaa(context: AcmeCaContext, account: Account, order: Order): Promise<void> {
  const oldest = context.settings.clock.now().getTime() - caaLifetimeMs;
  const old = order.authorizations.filter(({ challenges }) =>
    challenges.some(({ result }) => result && result.at.getTime() < oldest),
  );
  const accountUrl = context.urls.account(account.id);
  await Promise.all(old.map((authorization) => context.validation.checkCaa(authorization, accountUrl)));
}

/** Certificates count when they are issued; a renewal of the same names counts against its exact set alone. */
function spendLimits({ limiter, store }: AcmeCaContext, order: Order): void {
  if (order.replaces !== undefined) return;
  limiter.spend("certificatesPerExactNameSet", nameSetKey(order.names));
  if (store.hasIssued(order.names)) return;
  for (const domain of new Set(order.names.map(registeredDomain)))
    limiter.spend("certificatesPerRegisteredDomain", domain);
}
