import { randomUUID } from "node:crypto";
import type { AwsAccess } from "../../aws/aws-access";
import { Engine } from "../../issuance/engine";
import type { Recorder } from "../../ledger/recorder";
import { sleep, systemClock } from "../../platform/clock";
import { AppError } from "../../platform/errors";
import type { Logger } from "../../platform/log";
import type { Config } from "../config/config";
import { isCalled } from "../scan/points-called";
import type { PreparedScan } from "../scan/prepare-scan";
import { OrderPace } from "./order-pace";
import type { RenewParts } from "./renew-parts";

export interface RenewChoices {
  /** ARN of a listener, or the name a scan gives it. */
  readonly canary?: string;
  readonly unproved?: boolean;
  /** Gets what is issued and how renewals end; changes in AWS are those of the scan's accesses. @default nobody */
  readonly recorder?: Recorder;
  readonly log: Logger;
  readonly signal?: AbortSignal;
}

/** What renewals work with, made from the configuration and from what was scanned. Errors: `invalid_config`. */
export async function prepareRenewals(
  config: Config,
  { options }: PreparedScan,
  { canary, unproved = false, recorder, log, signal }: RenewChoices,
): Promise<RenewParts> {
  const accesses = new Map<string, AwsAccess>();
  for (const { access } of options.accounts) accesses.set((await access.identity.get(signal)).accountId, access);
  const [first] = options.accounts;
  const { ordersPerHour, graceHours } = config.limits;
  return {
    ...{ clock: systemClock, sleep, unproved, log, signal, newGeneration: randomUUID },
    zones: config.zones,
    engine: new Engine({ ...config.engine, region: config.engine.region ?? first?.homeRegion }, { recorder }),
    handshakes: options.handshakes ?? {},
    waitMs: config.verify.waitSeconds * 1000,
    pace: new OrderPace({ ordersPerHour, clock: systemClock, sleep }),
    graceMs: graceHours * 3_600_000,
    isCanary: (point) => canary !== undefined && isCalled(point, canary),
    accessTo: (accountId) => {
      const access = accesses.get(accountId);
      if (access === undefined) throw new AppError("internal", `account ${accountId} was not scanned`);
      return access;
    },
  };
}
