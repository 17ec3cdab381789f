/** One request from its raw octets to the reply: authenticate, understand, perform, and turn failures into problems. */
import { randomUUID } from "node:crypto";
import { messageOf, toAppError } from "../../platform/errors";
import type { Authenticator, RawRequest, Authentication, AuthenticationRefusal } from "../identity/authenticate";
import { putOnRecord, type Call, type ProxyParts } from "../operations/call";
import { perform } from "../operations/perform";
import { methodNotAllowed, tooManyRequests, unauthenticated, type Problem, type Reply } from "./problem";
import { parseRoute, type Route } from "./route";
import { failureProblem } from "./upstream-failure";

export interface Answer {
  readonly requestId: string;
  readonly reply: Reply | Problem;
  /** What was asked for, once that is understood. */
  readonly operation?: Route["operation"] | "token";
  /** Who asked, once that is known. */
  readonly client?: string;
  /** Why the request was not let in. */
  readonly refusal?: AuthenticationRefusal;
}

export async function answer(
  parts: ProxyParts,
  authenticator: Pick<Authenticator, "authenticate">,
  request: RawRequest & { readonly connection: string },
): Promise<Answer> {
  const requestId = randomUUID();
  let call: Call | undefined;
  let client: string | undefined;
  let operation: Answer["operation"];
  try {
    const authentication = await authenticator.authenticate(request);
    client = authentication.principal?.client;
    if (authentication.kind === "refused") {
      const { reason: refusal } = authentication;
      return { requestId, client, refusal, reply: await refuse(parts, requestId, request, authentication) };
    }
    const { principal } = authentication;
    const { method, target, remoteAddress, connection } = request;
    call = { principal, requestId, remoteAddress, connection, signal: parts.readDeadline.signal() };
    if (!["GET", "POST", "PUT", "DELETE"].includes(method)) {
      await auditUndecided(parts, call, "invalid");
      return { requestId, client, reply: methodNotAllowed(method) };
    }
    const route = parseRoute(method, target);
    operation = route.operation;
    return { requestId, client, operation, reply: await perform(parts, call, route, request.body) };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (call !== undefined) await auditUndecided(parts, call, error.code === "invalid_argument" ? "invalid" : "failed");
    if (error.code !== "invalid_argument")
      parts.logger.log("error", error.message, { requestId, client, operation, code: error.code, error });
    return { requestId, client, operation, reply: failureProblem(error, parts.clock.now()) };
  }
}

/**
 * What ends before anything is decided must not leave the trail without a line. Nothing was done, so a full disk does not
 * change the answer.
 */
async function auditUndecided(parts: ProxyParts, call: Call, reason: "invalid" | "failed"): Promise<void> {
  if (call.isOnRecord === true) return;
  await putOnRecord(parts, call, { event: "refused", reason }).catch((error: unknown) => {
    parts.logger.log("error", messageOf(error), { requestId: call.requestId });
  });
}

/** Without a good signature nobody is known, so only the log hears of it; otherwise it is for the audit trail, too. */
async function refuse(
  { audit, logger, clock }: ProxyParts,
  requestId: string,
  { remoteAddress }: RawRequest,
  { principal, reason, rate }: Extract<Authentication, { kind: "refused" }>,
): Promise<Problem> {
  logger.log("warn", "request refused", { requestId, client: principal?.client, reason, remoteAddress });
  if (principal !== undefined) await audit.write({ event: "refused", requestId, ...principal, remoteAddress, reason });
  if (reason !== "rate") return unauthenticated(reason);
  return tooManyRequests(rate ?? { limit: 0, remaining: 0, next: clock.now() }, clock.now());
}
