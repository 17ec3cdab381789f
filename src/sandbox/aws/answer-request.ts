import type { GateVerdict, RequestGate } from "../request-gate";
import { accountService } from "./account/account-service";
import { acmService } from "./acm/acm-service";
import { apiGatewayService } from "./apigateway/api-gateway-service";
import { apiGatewayV2Service } from "./apigatewayv2/api-gateway-v2-service";
import { strangerError, type Caller, type Stranger } from "./authenticate";
import type { AwsAccount } from "./aws-account";
import { AwsError } from "./aws-error";
import { cloudFrontService } from "./cloudfront/cloudfront-service";
import { cloudWatchServices } from "./cloudwatch/cloudwatch-services";
import { classicElbService } from "./elb/classic-elb-service";
import { elbService } from "./elbv2/elb-service";
import { eventBridgeService } from "./eventbridge/eventbridge-service";
import { iamService } from "./iam/iam-service";
import { jsonProtocol } from "./json-protocol";
import type { Protocol, Rendered } from "./protocol";
import { queryProtocol } from "./query-protocol";
import { bucketOf, type RateLimits } from "./rate-limits";
import { route53Service } from "./route53/route53-service";
import { secretsService } from "./secrets-manager/secrets-service";
import type { CallContext, Operation, Service } from "./service";
import type { SignableRequest } from "./signature-v4";
import { snsService } from "./sns/sns-service";
import { sqsService } from "./sqs/sqs-service";
import { stsService } from "./sts/sts-service";
import { taggingService } from "./tagging/tagging-service";

const services: readonly Service[] = [
  acmService,
  elbService,
  classicElbService,
  stsService,
  taggingService,
  secretsService,
  route53Service,
  cloudFrontService,
  // version 1 takes every path that is not of version 2
  apiGatewayV2Service,
  apiGatewayService,
  iamService,
  accountService,
  ...cloudWatchServices,
  eventBridgeService,
  snsService,
  sqsService,
];

export interface AnswerContext {
  readonly caller: Caller | Stranger;
  /** The account the server was started for; its faults count, whoever calls. */
  readonly account: AwsAccount;
  readonly gate: RequestGate;
  readonly rates: RateLimits;
  readonly requestId: string;
  /** Aborts when the caller hangs up. */
  readonly gone: AbortSignal;
}

export interface Answer {
  /** Whether to send the answer, or to break the connection instead. */
  readonly verdict: GateVerdict;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Routes by signing name, passes the gate, meets the faults, runs the operation, and writes its protocol. */
export async function answerRequest(request: SignableRequest, context: AnswerContext): Promise<Answer> {
  const { requestId } = context;
  const service = findService(request, context.caller.signingName);
  const protocol = service?.protocol ?? (request.headers["x-amz-target"] === undefined ? queryProtocol : jsonProtocol);
  const answer = ({ status = 200, headers, body }: Rendered, verdict: GateVerdict): Answer => ({
    verdict,
    status,
    headers: { "x-amzn-requestid": requestId, "content-type": protocol.contentType, ...headers },
    body,
  });
  const failure = (error: AwsError, verdict: GateVerdict = "serve"): Answer =>
    answer({ status: error.status, ...protocol.renderError(error, { requestId, service }) }, verdict);
  let verdict: GateVerdict = "serve";
  try {
    if ("problem" in context.caller) throw strangerError(context.caller, protocol.family);
    if (service === undefined)
      throw new AwsError("UnknownService", `no service ${context.caller.signingName} here`, 404);
    checkRegion(service, context.caller.region);
    const { action, input } = protocol.parse(request, service);
    const operation = service.operations[action];
    if (operation === undefined) throw general(protocol, "unknownAction", `no action ${action}`);
    verdict = await context.gate.enter({ part: "aws", operation: action, subject: operation.subject?.(input) });
    if (verdict === "break-before") return failure(new AwsError("Broken", "the connection is broken", 500), verdict);
    if (verdict === "throttle") throw throttled(service);
    if (verdict === "fail-before") throw unavailable(protocol);
    disturb(service, action, operation, context);
    authorize(service, operation.permission ?? action, operation.subject?.(input), context.caller);
    const output = await operation.run(input, callContext(context.caller, request, context));
    if (verdict === "fail-after") throw unavailable(protocol);
    return answer(protocol.render(output, { action, service, requestId }), verdict);
  } catch (error) {
    return failure(error instanceof AwsError ? error : internal(error), verdict);
  }
}

/**
 * Both generations of Elastic Load Balancing sign with one name, those of API Gateway do, and CloudWatch speaks three
 * protocols; the version of the API, the path, or the target tells them apart.
 */
function findService(request: SignableRequest, signingName: string | undefined): Service | undefined {
  const found = services.filter((each) => each.signingName === signingName);
  return found.length < 2 ? found[0] : found.find((each) => isMeant(each, request));
}

function isMeant({ pathPrefix, targetPrefix, version }: Service, { url, headers, body }: SignableRequest): boolean {
  if (pathPrefix !== undefined) return url.startsWith(pathPrefix);
  if (targetPrefix !== undefined) return headers["x-amz-target"]?.startsWith(targetPrefix) ?? false;
  return version === (new URLSearchParams(body).get("Version") ?? undefined);
}

function checkRegion({ signingRegion }: Service, region: string): void {
  if (signingRegion !== undefined && region !== signingRegion)
    throw new AwsError("SignatureDoesNotMatch", `Credential should be scoped to a valid region, not '${region}'.`, 403);
}

function general(protocol: Protocol, kind: keyof Protocol["codes"], message: string): AwsError {
  const { code, status } = protocol.codes[kind];
  return new AwsError(code, message, status);
}

function callContext(
  { account, callerArn, userId, region }: Caller,
  { headers }: SignableRequest,
  { account: host, gone }: AnswerContext,
): CallContext {
  const bound = host.faults.largestPage;
  return {
    region: account.region(region),
    accountId: account.accountId,
    callerArn,
    userId,
    now: account.now(),
    origin: `http://${headers.host}`,
    gone,
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
  const { protocol } = service;
  if (!("region" in context.caller)) return;
  const { region, account } = context.caller;
  if (faults.unavailableRegions.includes(region)) throw unavailable(protocol);
  const where = { accountId: account.accountId, region };
  const tooFast = faults.enforceRates && !context.rates.allows(bucketOf(service, action), where, now());
  if (tooFast || random() < faults.throttledShare) throw throttled(service);
  if (operation.reads && random() < faults.serverErrorShare) throw unavailable(protocol);
}

function throttled({ protocol, throttled: own }: Service): AwsError {
  const { code, status } = own ?? protocol.codes.throttled;
  return new AwsError(code, "Rate exceeded", status);
}

function unavailable(protocol: Protocol): AwsError {
  return general(protocol, "unavailable", "Service is unavailable.");
}

function authorize(
  { protocol, iamPrefix }: Service,
  action: string,
  subject: string | undefined,
  caller: Caller,
): void {
  const name = `${iamPrefix}:${action}`;
  if (!caller.account.deniedActions.has(name)) return;
  const where = `on resource: ${subject ?? "*"}`;
  throw general(protocol, "denied", `User: ${caller.callerArn} is not authorized to perform: ${name} ${where}`);
}

/** A mistake of the sandbox itself. */
function internal(error: unknown): AwsError {
  return new AwsError("SandboxFailure", error instanceof Error ? (error.stack ?? error.message) : String(error), 500);
}
