import type { Clock, Sleep } from "../platform/clock";
import type { Logger } from "../platform/log";
import type { OnCertificateChange } from "./certificate-change";

export interface AssumeRole {
  readonly roleArn: string;
  readonly externalId?: string;
  /** Shows in CloudTrail. @default "unexpired" */
  readonly sessionName?: string;
}

/** Which account and region to work in, and as whom. */
export interface AwsSettings {
  readonly region: string;
  /** Profile of the shared configuration files. @default AWS_PROFILE, as the SDK reads it */
  readonly profile?: string;
  /** Role to take on with the credentials found. @default none */
  readonly assumeRole?: AssumeRole;
  /** @default the SDK's chain: environment, profile, container, instance */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** @default the SDK's: AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_SERVICE, else AWS itself */
  readonly endpointUrl?: string;
}

/** What tests replace, and who hears of changes. */
export interface AwsParts {
  /** @default the system's */
  readonly clock?: Clock;
  /** @default the real one */
  readonly sleep?: Sleep;
  /** @default Math.random */
  readonly random?: () => number;
  /** @default silent */
  readonly logger?: Logger;
  /** @default 30,000 ms */
  readonly requestTimeoutMs?: number;
  /** Of these, until there is a connection; the SDK counts what waits in this process for a free one. @default 5,000 ms */
  readonly connectTimeoutMs?: number;
  /** @default 5 minutes */
  readonly throttleTimeoutMs?: number;
  /** Whether to keep below AWS's published rates. @default true */
  readonly pace?: boolean;
  /** @default nobody */
  readonly onChange?: OnCertificateChange;
}
