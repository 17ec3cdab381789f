import { messageOf } from "../../../platform/errors";
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
): Promise<FrontAnswer> {
  const { faults, random, settings, closing } = context;
  if (random() < faults.slowAnswerShare) await settings.sleep(faults.slowAnswerMs, closing).catch(() => undefined);
  if (random() < faults.unavailableShare)
    return { ...problemAnswer(problems.serviceBusy(faults.unavailableRetryAfterSeconds)), withoutNonce: true };
  try {
    if (route === undefined) throw problems.notFound(`there is nothing at ${request.url}`);
    checkMethod(route, request.method);
    return await route.handle(context, request);
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
