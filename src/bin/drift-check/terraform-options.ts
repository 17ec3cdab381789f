import type { Config } from "../../drift/config/config";
import type { RunStackOptions } from "../../drift/run/run-stack";

export interface TerraformRequest {
  readonly config: Pick<Config, "terraform" | "limits">;
  /** Counts more than the configuration's. */
  readonly terraformBin?: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly hideSecrets: (text: string) => string;
}

const minuteMs = 60_000;

/** What was told to stop gets as long as a certificate authority may take for an answer. */
const graceMs = 5 * minuteMs;

/** The terraform of every stack. */
export function terraformOptions(request: TerraformRequest): RunStackOptions["terraform"] {
  const { config, terraformBin, environment, hideSecrets } = request;
  const { lockSeconds, stepMinutes } = config.limits;
  const program = terraformBin ?? config.terraform;
  return { program, environment, lockSeconds, timeoutMs: stepMinutes * minuteMs, graceMs, hideSecrets };
}
