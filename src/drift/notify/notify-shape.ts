/** The shape of `notify` in drift-check.yaml; what its words mean is in docs/reference/drift-check.md. */
import { z } from "zod";
import { onePlace } from "../../platform/secret-reference";
import { noticeKinds } from "./notice";

const text = z.string().min(1);

/** Messages never quote what is there: it may be the secret. */
const place = z.strictObject(
  {
    env: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "use the name of an environment variable")
      .optional(),
    file: text.optional(),
    secretsManager: z
      .string()
      .regex(/^[^\s?]+$/, "use the name or the ARN of a secret")
      .optional(),
  },
  {
    error: (issue) =>
      issue.code === "invalid_type" ? "say where it is: { env: NAME }, file or secretsManager" : undefined,
  },
);

const secret = place.transform((given, context) => {
  const named = onePlace(given);
  if (named !== undefined) return named;
  context.addIssue({ code: "custom", message: "it needs one of env, file and secretsManager" });
  return z.NEVER;
});

const webhook = z.strictObject({
  url: secret,
  format: z.enum(["slack", "json"]).default("json"),
  hmac: secret.optional(),
});

const sns = z.strictObject({
  topicArn: z
    .string()
    .regex(/^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w-]+$/, "use the ARN of a topic that is not FIFO, arn:aws:sns:…"),
});

const eventBridge = z.strictObject({ bus: text.default("default"), region: text.optional() });

const entry = z.strictObject({
  webhook: webhook.optional(),
  sns: sns.optional(),
  eventBridge: eventBridge.optional(),
  on: z
    .array(z.enum(noticeKinds))
    .min(1)
    .default([...noticeKinds]),
  repeatHours: z.number().min(1).default(24),
});

export const notifyShape = z.array(
  entry.refine((each) => [each.webhook, each.sns, each.eventBridge].filter((one) => one !== undefined).length === 1, {
    error: "it needs one of webhook, sns and eventBridge",
  }),
);

/** As `knownKeys` of the whole file. */
export const notifyKeys: Readonly<Record<string, readonly string[]>> = {
  notify: Object.keys(entry.shape),
  "notify.webhook": Object.keys(webhook.shape),
  "notify.webhook.url": Object.keys(place.shape),
  "notify.webhook.hmac": Object.keys(place.shape),
  "notify.sns": Object.keys(sns.shape),
  "notify.eventBridge": Object.keys(eventBridge.shape),
};
