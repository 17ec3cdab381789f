import type { STSClient } from "@aws-sdk/client-sts";
import { AppError } from "../platform/errors";
import type { AwsCaller } from "./aws-caller";
import { sdk } from "./sdk";
import { SharedAnswer } from "./shared-answer";

export interface Identity {
  readonly accountId: string;
  /** Who calls: a user, or a session of a role. */
  readonly arn: string;
}

export interface CallerIdentityOptions {
  readonly region: string;
  readonly caller: AwsCaller;
  readonly client: () => STSClient;
}

/** Whose credentials we hold. Asked once: it does not change while the process lives. */
export class CallerIdentity {
  private readonly answer = new SharedAnswer(() => this.ask());

  constructor(private readonly options: CallerIdentityOptions) {}

  get(signal?: AbortSignal): Promise<Identity> {
    return this.answer.get(signal);
  }

  private async ask(): Promise<Identity> {
    const answer = await this.options.caller.call({
      action: "sts:GetCallerIdentity",
      resource: "*",
      region: this.options.region,
      send: (abortSignal) => this.options.client().send(new (sdk.sts().GetCallerIdentityCommand)({}), { abortSignal }),
    });
    if (answer.Account === undefined || answer.Arn === undefined)
      throw new AppError("aws_request", "sts:GetCallerIdentity answered without an account");
    return { accountId: answer.Account, arn: answer.Arn };
  }
}
