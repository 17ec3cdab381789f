import { messageOf } from "../../../platform/errors";
import type { GateVerdict } from "../../request-gate";
import type { AcmeCaContext } from "../acme-ca-context";
import { AcmeProblem, problems } from "../problems";
import type { AcmeAnswer, AcmeRequest } from "./acme-message";
import { checkMethod, type Route } from "./routes";

export interface FrontAnswer extends AcmeAnswer {
  /** Whether the answer comes from in front of the CA, which knows no nonces. */
  readonly withoutNonce?: boolean;
}

/** What a request is answered with, faults and problems included; never throws. */
export async function answerRequest(
  context: AcmeCaContext,
  route: Route | undefined,
  request: AcmeRequest,
  verdict: GateVerdict = "serve",
): Promise<FrontAnswer> {
  const { faults, random, settings, closing } = context;
  if (random() < faults.slowAnswerShare) await settings.sleep(faults.slowAnswerMs, closing).catch(() => undefined);
  if (random() < faults.unavailableShare)
    return { ...problemAnswer(problems.serviceBusy(faults.unavailableRetryAfterSeconds)), withoutNonce: true };
  try {
    if (verdict === "throttle") throw problems.rateLimited("too many requests", faults.unavailableRetryAfterSeconds);
    if (verdict === "fail-before") throw problems.serverInternal("the request failed");
    if (route === undefined) throw problems.notFound(`there is nothing at ${request.url}`);
    checkMethod(route, request.method);
    const answer = await route.handle(context, request);
    if (verdict === "fail-after") throw problems.serverInternal("the answer failed");
    return answer;
  } catch (error) {
    return problemAnswer(error instanceof AcmeProblem ? error : problems.serverInternal(messageOf(error)));
  }
}

function problemAnswer({ document, headers }: AcmeProblem): AcmeAnswer {
  return {
    status: document.status,
    headers: { ...headers, "content-type": "application/problem+json" },
    body: document,
  };
}
