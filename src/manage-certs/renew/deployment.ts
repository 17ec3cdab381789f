import type { AppError } from "../../platform/errors";

/**
 * What became of a certificate on its way to its listeners: `complete`, it is in all places; `put_back`, the former one is;
 * `partial`, some have the one and some the other, or it could not be proved.
 */
export type Deployment = "complete" | "put_back" | "partial";

/** Undefined where it did not get that far. */
export function deploymentOf({ facts: { deployment } }: AppError): Deployment | undefined {
  return deployment === "put_back" || deployment === "partial" ? deployment : undefined;
}
