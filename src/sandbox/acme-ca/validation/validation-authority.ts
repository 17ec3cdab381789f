import type { Clock, Sleep } from "../../../platform/clock";
import { messageOf } from "../../../platform/errors";
import { AcmeProblem, problems } from "../problems";
import type { Authorization, Challenge } from "../store/objects";
import { checkCaa } from "./check-caa";
import type { DnsAnswers } from "./dns-answers";
import { validateDns01 } from "./validate-dns01";

export interface ValidationOptions {
  readonly dns: DnsAnswers;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** Aborts waits when the CA closes. */
  readonly signal: AbortSignal;
  readonly caaIdentities: readonly string[];
  /** How long the next validation waits first, in milliseconds. */
  readonly delayMs: () => number;
}

export interface ValidationTask {
  readonly authorization: Authorization;
  readonly challenge: Challenge;
  readonly accountUrl: string;
  readonly thumbprint: string;
  /** How long the authorization lives once it is valid. */
  readonly validForSeconds: number;
  /** Called when control was not proved. */
  readonly onFailure: () => void;
}

/** Proves control over names. Every validation starts when its challenge is answered: there is no queue. */
export class ValidationAuthority {
  constructor(private readonly options: ValidationOptions) {}

  /** Ends with a result in the challenge, whatever happens; never throws. */
  async validate(task: ValidationTask): Promise<void> {
    const { authorization, challenge } = task;
    const { clock } = this.options;
    try {
      await this.prove(task);
      const at = clock.now();
      authorization.expires = new Date(at.getTime() + task.validForSeconds * 1000);
      challenge.result = { at };
    } catch (error) {
      const problem = error instanceof AcmeProblem ? error : problems.serverInternal(messageOf(error));
      challenge.result = { at: clock.now(), error: problem.document };
      task.onFailure();
    }
  }

  /** CAA again, when issuing: an authorization that is used again may be older than the records of today. */
  async checkCaa(authorization: Authorization, accountUrl: string): Promise<void> {
    const { name, wildcard } = authorization;
    const identities = this.options.caaIdentities;
    await checkCaa({ name, wildcard, identities, accountUrl, method: "dns-01" }, this.options.dns);
  }

  private async prove({ authorization, challenge, accountUrl, thumbprint }: ValidationTask): Promise<void> {
    const delay = this.options.delayMs();
    if (delay > 0) await this.options.sleep(delay, this.options.signal);
    const results = await Promise.allSettled([
      validateDns01(authorization.name, `${challenge.token}.${thumbprint}`, this.options.dns),
      this.checkCaa(authorization, accountUrl),
    ]);
    for (const result of results) if (result.status === "rejected") throw result.reason;
  }
}
