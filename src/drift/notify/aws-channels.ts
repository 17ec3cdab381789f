import type { EventToPut } from "../../aws/event-bus";
import type { TopicMessage } from "../../aws/topics";
import type { Channel } from "./channel";
import { noticeSource } from "./notice-document";
import type { NoticeDocument } from "./notice-document-shape";
import { noticeText } from "./notice-text";

/** What is needed of a topic. */
export interface Topic {
  publish(topicArn: string, message: TopicMessage, options: { readonly signal: AbortSignal }): Promise<void>;
}

/** What is needed of an event bus. */
export interface EventBus {
  put(events: readonly EventToPut[], options: { readonly signal: AbortSignal }): Promise<void>;
}

/** Writes notices to a topic of SNS, as text; `kind` and `cause` are attributes, for filters of subscriptions. */
export function topicChannel(topicArn: string, topic: () => Topic): Channel {
  return {
    name: topicArn,
    send: (document, signal) =>
      topic().publish(
        topicArn,
        {
          subject: `drift-check: ${document.title}`,
          message: noticeText(document),
          attributes: { kind: document.kind, cause: document.cause },
        },
        { signal },
      ),
  };
}

export interface EventBusPlace {
  /** Name or ARN. */
  readonly bus: string;
  /** Undefined: that of the environment. */
  readonly region?: string;
}

const detailTypes: Readonly<Record<NoticeDocument["kind"], string>> = {
  failed: "Drift Check Failed",
  forbidden: "Drift Check Forbidden",
  "needs-approval": "Drift Check Needs Approval",
  safe: "Drift Check Renewal Due",
  applied: "Drift Check Applied",
  resolved: "Drift Check Resolved",
};

/** Puts notices on a bus of EventBridge, each as the detail of an event. */
export function eventBusChannel({ bus, region }: EventBusPlace, events: () => EventBus): Channel {
  return {
    name: `event bus ${bus}${region === undefined ? "" : ` in ${region}`}`,
    send: (document, signal) =>
      events().put(
        [
          {
            source: noticeSource,
            detailType: detailTypes[document.kind],
            detail: JSON.stringify(document),
            bus,
            time: new Date(document.at),
          },
        ],
        { signal },
      ),
  };
}
