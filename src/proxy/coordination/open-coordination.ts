import { systemClock, type Clock, type Sleep } from "../../platform/clock";
import { AppError, messageOf, toAppError } from "../../platform/errors";
import { silentLogger, type Logger } from "../../platform/log";
import { isMistake } from "../../platform/postgres/postgres-error";
import { isPostgresUrl } from "../policy-file/coordination-problems";
import type { PolicyFile } from "../policy-file/policy-file-shape";
import type { Coordination } from "./coordination";
import { localCoordination } from "./local-coordination";
import { postgresCoordination } from "./postgres/postgres-coordination";

export interface CoordinationOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly logger?: Logger;
  /** Of what is kept in memory. @default the system clock */
  readonly clock?: Clock;
  /** @default the real one */
  readonly sleep?: Sleep;
}

/**
 * What the policy file says under `coordination`; without it everything is in memory. A database that is down does not
 * keep the proxy from starting, because it may come back. Errors: `invalid_config` for what waiting does not mend.
 */
export async function openCoordination(
  config: PolicyFile["coordination"],
  { environment, logger = silentLogger, clock = systemClock, sleep }: CoordinationOptions,
): Promise<Coordination> {
  if (config === undefined) return localCoordination(clock);
  const coordination = openPostgres(postgresUrl(config, environment), { logger, sleep });
  try {
    await coordination.check();
  } catch (thrown) {
    const error = toAppError(thrown);
    if (isMistake(error)) {
      await coordination.close();
      throw new AppError("invalid_config", `coordination: ${error.message}`, { hint: error.hint, cause: error });
    }
    logger.log("error", "started without PostgreSQL: until it is there, writes are refused", { reason: error.message });
  }
  return coordination;
}

function openPostgres(url: string, options: { logger: Logger; sleep?: Sleep }): Coordination {
  try {
    return postgresCoordination({ ...options, url });
  } catch (error) {
    // a file that the URL names, say sslrootcert
    throw new AppError("invalid_config", `coordination: ${messageOf(error)}`, { cause: error });
  }
}

/** The password comes from the environment; where it has none, `pg` looks into ~/.pgpass. */
function postgresUrl(
  { postgres, postgresEnv = "" }: NonNullable<PolicyFile["coordination"]>,
  environment: CoordinationOptions["environment"],
): string {
  const text = postgres ?? environment[postgresEnv];
  if (text === undefined || text === "")
    throw new AppError(
      "invalid_config",
      `the environment variable ${postgresEnv} of coordination.postgresEnv is not set`,
    );
  if (!isPostgresUrl(text))
    throw new AppError("invalid_config", `the environment variable ${postgresEnv} holds no URL of PostgreSQL`, {
      hint: "write postgres://USER:PASSWORD@HOST/DATABASE",
    });
  const url = new URL(text);
  if (url.password === "" && environment.PGPASSWORD !== undefined) url.password = environment.PGPASSWORD;
  return url.href;
}
