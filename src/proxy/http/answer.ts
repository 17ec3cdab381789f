/** One request from its raw octets to the reply: authenticate, understand, perform, and turn failures into problems. */
import { randomUUID } from "node:crypto";
import { within } from "../../platform/deadline";
import { messageOf, toAppError } from "../../platform/errors";
import type { AuditEntry } from "../audit";
import type { Authenticator, RawRequest, Authentication, AuthenticationRefusal } from "../identity/authenticate";
import type { Call, ProxyParts } from "../operations/call";
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
  let client: string | undefined;
  let operation: Answer["operation"];
  let tellTrail: (reason: "invalid" | "failed") => Promise<void> = async () => undefined;
  try {
    const authentication = await authenticator.authenticate(request);
    client = authentication.principal?.client;
    if (authentication.kind === "refused") {
      const { reason: refusal } = authentication;
      return { requestId, client, refusal, reply: await refuse(parts, requestId, request, authentication) };
    }
    const { principal } = authentication;
    const { remoteAddress, connection } = request;
    const trail = new TrailOfRequest(parts);
    tellTrail = (reason) => trail.refused({ requestId, ...principal, remoteAddress, reason });
    if (!["GET", "POST", "PUT", "DELETE"].includes(request.method)) {
      await tellTrail("invalid");
      return { requestId, client, reply: methodNotAllowed(request.method) };
    }
    const route = parseRoute(request.method, request.target);
    operation = route.operation;
    const reply = await within(undefined, parts.readDeadlineMs, (signal) => {
      const call: Call = { principal, requestId, remoteAddress, connection, signal };
      return perform({ ...parts, audit: trail }, call, route, request.body);
    });
    return { requestId, client, operation, reply };
  } catch (thrown) {
    const error = toAppError(thrown);
    await tellTrail(error.code === "invalid_argument" ? "invalid" : "failed");
    if (error.code !== "invalid_argument")
      parts.logger.log("error", error.message, { requestId, client, operation, code: error.code, error });
    return { requestId, client, operation, reply: failureProblem(error, parts.clock.now()) };
  }
}

/** The audit trail as one request uses it: what ends before anything is decided must not leave it without a line. */
class TrailOfRequest {
  private isOnRecord = false;

  constructor(private readonly parts: Pick<ProxyParts, "audit" | "logger">) {}

  readonly write = async (entry: AuditEntry): Promise<void> => {
    this.isOnRecord = true;
    await this.parts.audit.write(entry);
  };

  /** Nothing was done, so a full disk does not change the answer. */
  async refused(who: Pick<AuditEntry, "requestId" | "client" | "token" | "remoteAddress" | "reason">): Promise<void> {
    if (this.isOnRecord) return;
    const { audit, logger } = this.parts;
    await audit.write({ event: "refused", ...who }).catch((error: unknown) => {
      logger.log("error", messageOf(error), { requestId: who.requestId });
    });
  }
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
