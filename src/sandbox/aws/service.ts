import type { AwsRegion } from "./aws-region";
import type { Input } from "./input";
import type { GeneralCode, Protocol } from "./protocol";
import type { Route } from "./route";

/** Who calls, and where. */
export interface CallContext {
  readonly region: AwsRegion;
  readonly accountId: string;
  readonly callerArn: string;
  /** As GetCallerIdentity tells it: `AIDA…`, or `AROA…:session`. */
  readonly userId: string;
  readonly now: Date;
  /** What the caller reaches AWS by: `http://127.0.0.1:4566`. */
  readonly origin: string;
  /** Aborts when the caller hangs up. */
  readonly gone: AbortSignal;
  /** A page size within AWS's limit and the faults' bound. */
  readonly pageSize: (asked: number | undefined, largest: number) => number;
}

/** One API action. Throws `AwsError` for everything AWS would refuse. */
export interface Operation {
  /** What the request is about, for the gate's history; never a secret. */
  readonly subject?: (input: Input) => string | undefined;
  /** The IAM action that allows it, where that has another name: `DeleteMessage`. @default the API action */
  readonly permission?: string;
  /** Whether it only reads: such requests may meet server errors. @default false */
  readonly reads?: boolean;
  readonly run: (input: Input, context: CallContext) => Output | Promise<Output>;
}

/** Dates are written as the protocol wants them. */
export type Output = Readonly<Record<string, unknown>>;

/** A service of AWS, found by the service name in the request's credential scope. */
export interface Service {
  readonly signingName: string;
  readonly protocol: Protocol;
  /** `Version` of a Query request, where several services share a signing name. @default any */
  readonly version?: string;
  /** How the path of a request begins, where several REST services share a signing name. @default any */
  readonly pathPrefix?: string;
  /** How the header X-Amz-Target begins, where a service speaks JSON beside other protocols. @default any */
  readonly targetPrefix?: string;
  /** Code of an error → name of its shape, of a service that spoke Query alone once. @default it never did */
  readonly errorShapes?: Readonly<Record<string, string>>;
  /** Prefix of IAM actions: `acm`, `elasticloadbalancing`, `tag` … */
  readonly iamPrefix: string;
  /** Where requests to a service without regions must be signed for. @default any */
  readonly signingRegion?: string;
  /** What too many requests are told, where it is not the protocol's own code. */
  readonly throttled?: GeneralCode;
  /** XML name space of answers. */
  readonly namespace?: string;
  /** Where the actions of a REST service are; other protocols name them in the request. */
  readonly routes?: readonly Route[];
  readonly operations: Readonly<Record<string, Operation>>;
}
