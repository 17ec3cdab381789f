import { AppError } from "../platform/errors";

/** Where a queue of Amazon SQS is. */
export interface QueuePlace {
  /** Without what may stand around it. */
  readonly url: string;
  readonly region: string;
}

/**
 * Where the names of SQS have the region: `sqs.REGION.amazonaws.com`, `REGION.queue.amazonaws.com` of old, and endpoints in
 * a VPC, `vpce-….sqs.REGION.vpce.amazonaws.com` (AWS General Reference, "Amazon SQS endpoints and quotas").
 */
const regional = [
  /^(?:vpce-[\w-]+\.)?sqs(?:-fips)?\.([a-z]{2,}(?:-[a-z]+)+-\d+)\.(?:vpce\.)?(?:amazonaws\.com(?:\.cn)?|api\.aws)$/,
  /^([a-z]{2,}(?:-[a-z]+)+-\d+)\.queue\.amazonaws\.com(?:\.cn)?$/,
];

/** A queue's URL, `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`. `ownRegion` counts where it names none. Errors: `invalid_argument`. */
export function parseQueueUrl(text: string, ownRegion: string | undefined): QueuePlace {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isQueue = url !== undefined && /^https?:$/.test(url.protocol) && /\/\d{12}\/[\w.-]+$/.test(url.pathname);
  if (!isQueue || url.username !== "" || url.search !== "" || url.hash !== "")
    throw new AppError("invalid_argument", "that is not the URL of a queue of Amazon SQS", {
      hint: "write https://sqs.REGION.amazonaws.com/ACCOUNT/NAME, as aws sqs get-queue-url prints it",
    });
  const named = url.hostname === "queue.amazonaws.com" ? "us-east-1" : regionOf(url.hostname);
  const region = named ?? ownRegion;
  if (!region)
    throw new AppError("invalid_argument", `the region of ${url.href} is not known`, { hint: "set AWS_REGION" });
  return { url: url.href, region };
}

function regionOf(host: string): string | undefined {
  return regional.map((pattern) => pattern.exec(host)?.[1]).find((region) => region !== undefined);
}
