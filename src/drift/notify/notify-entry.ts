import type { NoticeKind } from "./notice";
import type { WebhookSettings } from "./webhook-channel";

/** Somebody who is to be told, as drift-check.yaml says it: one of webhook, sns and eventBridge. It holds no secret. */
export interface NotifyEntry {
  readonly webhook?: WebhookSettings;
  readonly sns?: { readonly topicArn: string };
  /** Region: that of the environment where it is not said. */
  readonly eventBridge?: { readonly bus: string; readonly region?: string };
  readonly on: readonly NoticeKind[];
  /** What stands is said again after so long. */
  readonly repeatHours: number;
}

/** Variables of the environment that hold a secret of one of them. */
export function secretVariablesOf(entries: readonly NotifyEntry[]): string[] {
  const references = entries.flatMap(({ webhook }) => (webhook === undefined ? [] : [webhook.url, webhook.hmac]));
  return references.flatMap((each) => (each?.kind === "environment" ? [each.variable] : []));
}
