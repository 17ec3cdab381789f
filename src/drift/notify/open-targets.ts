import { parseArn } from "../../aws/arn";
import type * as Access from "../../aws/aws-access";
import { sleep, systemClock } from "../../platform/clock";
import { AppError } from "../../platform/errors";
import { HttpClient } from "../../platform/http";
import { eventBusChannel, topicChannel } from "./aws-channels";
import type { Channel } from "./channel";
import type { NotifyEntry } from "./notify-entry";
import type { NotifyTarget } from "./tell-run";
import { webhookChannel } from "./webhook-channel";

export interface OpenTargets {
  readonly targets: readonly NotifyTarget[];
  close(): Promise<void>;
}

const hourMs = 3_600_000;

/** What one message may wait for; a target as a whole has its own limit. */
const answerMs = 10_000;
const throttledMs = 30_000;

/** Those who are to be told. Nothing is loaded, and no secret is read, before there is something to tell. */
export function openTargets(
  entries: readonly NotifyEntry[],
  environment: Readonly<Record<string, string | undefined>>,
): OpenTargets {
  const http = new HttpClient({ timeoutMs: answerMs, maxBodyBytes: 64 * 1024 });
  const opened = new Map<string, Access.AwsAccess>();
  const access = (region: string) => {
    const { AwsAccess } = module.require("../../aws/aws-access") as typeof Access;
    const parts = { requestTimeoutMs: answerMs, throttleTimeoutMs: throttledMs };
    const made = opened.get(region) ?? new AwsAccess({ region }, parts);
    opened.set(region, made);
    return made;
  };
  const ownRegion = (of: string) => {
    const region = environment.AWS_REGION || environment.AWS_DEFAULT_REGION;
    if (region) return region;
    throw new AppError("invalid_config", `the region of ${of} is not known`, { hint: "name it, or set AWS_REGION" });
  };
  const readAwsSecret = (secretId: string) => {
    const region = secretId.startsWith("arn:") ? parseArn(secretId).region : ownRegion(`the secret ${secretId}`);
    return access(region).secrets().get(secretId);
  };
  const parts = {
    ...{
      secrets: { environment, readAwsSecret },
      send: (request: Parameters<HttpClient["send"]>[0]) => http.send(request),
    },
    ...{ clock: systemClock, sleep, random: Math.random },
  };
  const channelOf = ({ webhook, sns, eventBridge }: NotifyEntry): Channel => {
    if (webhook !== undefined) return webhookChannel(webhook, parts);
    if (sns !== undefined)
      return topicChannel(sns.topicArn, () => {
        const { region } = parseArn(sns.topicArn);
        return access(region).topics(region);
      });
    const { bus = "default", region } = eventBridge ?? {};
    return eventBusChannel({ bus, region }, () => {
      const found = region ?? ownRegion(`the event bus ${bus}`);
      return access(found).events(found);
    });
  };
  return {
    targets: entries.map((entry) => ({
      channel: channelOf(entry),
      on: entry.on,
      repeatMs: entry.repeatHours * hourMs,
    })),
    close: async () => {
      for (const each of opened.values()) each.close();
      await http.close();
    },
  };
}
