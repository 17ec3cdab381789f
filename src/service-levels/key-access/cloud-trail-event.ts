/**
 * What CloudTrail tells of a use of a key or secret (AWS CloudTrail user guide, "CloudTrail record contents"), out of
 * whatever it comes in: a delivered file, lines, an event of EventBridge, messages of a queue that such events go to.
 */
import * as z from "zod/mini";

const eventShape = z.object({
  // a GUID, and remembered
  eventID: z.string().check(z.maxLength(100)),
  eventTime: z.string(),
  eventSource: z.string(),
  eventName: z.string(),
  awsRegion: z.optional(z.string()),
  errorCode: z.optional(z.nullable(z.string())),
  userIdentity: z.optional(
    z.object({
      arn: z.optional(z.nullable(z.string())),
      invokedBy: z.optional(z.nullable(z.string())),
      sessionContext: z.optional(
        z.nullable(
          z.object({ sessionIssuer: z.optional(z.nullable(z.object({ arn: z.optional(z.nullable(z.string())) }))) }),
        ),
      ),
    }),
  ),
  requestParameters: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  resources: z.optional(z.nullable(z.array(z.object({ ARN: z.optional(z.string()) })))),
});

export type CloudTrailEvent = z.infer<typeof eventShape>;

/**
 * What is in whatever it comes in: delivered files (`Records`), events of EventBridge (`detail`), messages of a queue
 * (`Messages`, `Body`) and those that SNS passed on to one (`Message`; SNS developer guide, "Fanout to Amazon SQS queues").
 */
export function unwrapped(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(unwrapped);
  if (typeof value !== "object" || value === null) return [value];
  const { Records, detail, Messages, Body, Type, Message } = value as Readonly<Record<string, unknown>>;
  if (Records !== undefined) return unwrapped(Records);
  if (Messages !== undefined) return unwrapped(Messages);
  if (typeof Body === "string") return unwrapped(JSON.parse(Body));
  if (Type === "Notification" && typeof Message === "string") return unwrapped(JSON.parse(Message));
  return detail === undefined ? [value] : unwrapped(detail);
}

/** Undefined for what is no event. */
export function parseEvent(value: unknown): CloudTrailEvent | undefined {
  const event = eventShape.safeParse(value);
  return event.success && !Number.isNaN(Date.parse(event.data.eventTime)) ? event.data : undefined;
}

/** The events in a JSON value; what is none is left out. */
export function eventsIn(value: unknown): CloudTrailEvent[] {
  return unwrapped(value).flatMap((each) => parseEvent(each) ?? []);
}

/** Uses of keys and secrets, and changes of who may (AWS KMS and Secrets Manager API references). */
const accesses: Readonly<Record<string, ReadonlySet<string>>> = {
  "kms.amazonaws.com": new Set([
    ...["Decrypt", "Encrypt", "ReEncrypt", "Sign", "GenerateMac", "GenerateDataKey", "GenerateDataKeyPair"],
    ...["GenerateDataKeyWithoutPlaintext", "GenerateDataKeyPairWithoutPlaintext"],
    ...["CreateGrant", "PutKeyPolicy", "DisableKey", "ScheduleKeyDeletion"],
  ]),
  "secretsmanager.amazonaws.com": new Set([
    ...["GetSecretValue", "BatchGetSecretValue", "PutSecretValue", "UpdateSecret", "DeleteSecret", "PutResourcePolicy"],
  ]),
};

export function isKeyAccess({ eventSource, eventName }: CloudTrailEvent): boolean {
  return accesses[eventSource]?.has(eventName) ?? false;
}

/** Who did it, by all names that a rule may have them under: session, role, service. */
export function principalsOf({ userIdentity }: CloudTrailEvent): readonly string[] {
  const { arn, invokedBy, sessionContext } = userIdentity ?? {};
  return [arn, sessionContext?.sessionIssuer?.arn, invokedBy].filter((name) => typeof name === "string");
}

/** Which keys or secrets it is about, as far as the event tells. */
export function keysOf({ resources, requestParameters }: CloudTrailEvent): readonly string[] {
  const { keyId, secretId } = requestParameters ?? {};
  return [...(resources ?? []).map(({ ARN }) => ARN), keyId, secretId].filter((name) => typeof name === "string");
}
