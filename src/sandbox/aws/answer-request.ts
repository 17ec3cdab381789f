import type { GateVerdict, RequestGate } from "../request-gate";
import { acmService } from "./acm/acm-service";
import { strangerError, type Caller, type Stranger } from "./authenticate";
import type { AwsAccount } from "./aws-account";
import { AwsError } from "./aws-error";
import { elbService } from "./elbv2/elb-service";
import { parseJsonRequest, renderJson, renderJsonError } from "./json-protocol";
import { parseQueryRequest, renderQuery, renderQueryError } from "./query-protocol";
import type { RateLimits } from "./rate-limits";
import { secretsService } from "./secrets-manager/secrets-service";
import type { CallContext, Operation, Output, Service } from "./service";
import type { SignableRequest } from "./signature-v4";
import { stsService } from "./sts/sts-service";
import { taggingService } from "./tagging/tagging-service";

const services: readonly Service[] = [acmService, elbService, stsService, taggingService, secretsService];

export interface AnswerContext {
  readonly caller: Caller | Stranger;
  /** The account the server was started for; its faults count, whoever calls. */
  readonly account: AwsAccount;
  readonly gate: RequestGate;
  readonly rates: RateLimits;
  readonly requestId: string;
}

export interface Answer {
  /** Whether to send the answer, or to break the connection instead. */
  readonly verdict: GateVerdict;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Routes by signing name, passes the gate, meets the faults, runs the operation, and writes its protocol. */
export async function answerRequest(request: SignableRequest, context: AnswerContext): Promise<Answer> {
  const service = services.find((each) => each.signingName === context.caller.signingName);
  const protocol = service?.protocol ?? (request.headers["x-amz-target"] === undefined ? "query" : "json");
  const headers = {
    "x-amzn-requestid": context.requestId,
    "content-type": protocol === "json" ? "application/x-amz-json-1.1" : "text/xml",
  };
  const failure = (error: AwsError, verdict: GateVerdict = "serve"): Answer => ({
    verdict,
    status: error.status,
    headers,
    body: protocol === "json" ? renderJsonError(error) : renderQueryError(error, context.requestId),
  });
  let verdict: GateVerdict = "serve";
  try {
    if ("problem" in context.caller) throw strangerError(context.caller, protocol);
    if (service === undefined)
      throw new AwsError("UnknownService", `no service ${context.caller.signingName} here`, 404);
    const { action, input } =
      protocol === "json"
        ? parseJsonRequest(request.headers["x-amz-target"], request.body)
        : parseQueryRequest(request.body);
    const operation = service.operations[action];
    if (operation === undefined)
      throw new AwsError(protocol === "json" ? "UnknownOperationException" : "InvalidAction", `no action ${action}`);
    verdict = await context.gate.enter({ part: "aws", operation: action, subject: operation.subject?.(input) });
    if (verdict === "break-before") return failure(new AwsError("Broken", "the connection is broken", 500), verdict);
    disturb(service, action, operation, context);
    authorize(service, action, operation.subject?.(input), context.caller);
    const output = await operation.run(input, callContext(context.caller, context.account));
    return { verdict, status: 200, headers, body: render(service, action, output, context.requestId) };
  } catch (error) {
    return failure(error instanceof AwsError ? error : internal(error), verdict);
  }
}

function render(service: Service, action: string, output: Output, requestId: string): string {
  return service.protocol === "json"
    ? renderJson(output)
    : renderQuery(output, { action, namespace: service.namespace ?? "", requestId });
}

function callContext({ account, callerArn, region }: Caller, host: AwsAccount): CallContext {
  const bound = host.faults.largestPage;
  return {
    region: account.region(region),
    accountId: account.accountId,
    callerArn,
    now: account.now(),
    pageSize: (asked, largest) => {
      if (asked !== undefined && !(asked >= 1 && asked <= largest))
        throw new AwsError("ValidationException", `the page size must be between 1 and ${largest}`);
      return Math.min(asked ?? largest, bound === 0 ? largest : bound);
    },
  };
}

/** Throttles and internal errors come before anything is done. */
function disturb(service: Service, action: string, operation: Operation, context: AnswerContext): void {
  const { faults, random, now } = context.account;
  const region = "region" in context.caller ? context.caller.region : "";
  const tooFast = faults.enforceRates && !context.rates.allows(region, action, now());
  if (tooFast || random() < faults.throttledShare)
    throw service.protocol === "json"
      ? new AwsError("ThrottlingException", "Rate exceeded")
      : new AwsError("Throttling", "Rate exceeded");
  if (operation.reads && random() < faults.serverErrorShare)
    throw new AwsError(service.protocol === "json" ? "InternalFailure" : "ServiceUnavailable", "try again", 500);
}

function authorize(service: Service, action: string, subject: string | undefined, caller: Caller): void {
  const name = `${service.iamPrefix}:${action}`;
  if (!caller.account.deniedActions.has(name)) return;
  const message = `User: ${caller.callerArn} is not authorized to perform: ${name} on resource: ${subject ?? "*"}`;
  throw service.protocol === "json"
    ? new AwsError("AccessDeniedException", message)
    : new AwsError("AccessDenied", message, 403);
}

/** A mistake of the sandbox itself. */
function internal(error: unknown): AwsError {
  return new AwsError("SandboxFailure", error instanceof Error ? (error.stack ?? error.message) : String(error), 500);
}
