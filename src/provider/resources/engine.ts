import { Engine } from "../../issuance/engine";
import { usualRecorder } from "../../ledger/usual-recorder";
import type { AppError } from "../../platform/errors";
import type { Diagnostics } from "../schema/diagnostics";
import type { ProviderSettings } from "./settings";

interface KnownEngine {
  readonly engine: Engine;
  /** What the ledger did not take since it was told last. */
  readonly unrecorded: AppError[];
}

const engines = new WeakMap<ProviderSettings, KnownEngine>();

/** The one engine of these settings in this process. */
export function engineOf(settings: ProviderSettings): Engine {
  return known(settings).engine;
}

/** What was done and is not on record is worth a warning, not an error: it is done. */
export function warnOfLedger(settings: ProviderSettings, diagnostics: Pick<Diagnostics, "warning">): void {
  for (const { message, hint } of known(settings).unrecorded.splice(0))
    diagnostics.warning("what was done is not in the ledger", {
      detail: hint === undefined ? message : `${message}; ${hint}`,
    });
}

function known(settings: ProviderSettings): KnownEngine {
  const found = engines.get(settings);
  if (found !== undefined) return found;
  const unrecorded: AppError[] = [];
  const recorder = usualRecorder({
    ...{ environment: settings.environment, homeFolder: settings.homeFolder },
    program: `terraform-provider-unexpired ${settings.version ?? ""}`.trimEnd(),
    onFailure: (error) => unrecorded.push(error),
  });
  const made = { engine: new Engine(settings, { recorder }), unrecorded };
  engines.set(settings, made);
  return made;
}
