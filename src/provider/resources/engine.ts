import { Engine } from "../../issuance/engine";
import type { ProviderSettings } from "./settings";

const engines = new WeakMap<ProviderSettings, Engine>();

/** The one engine of these settings in this process. */
export function engineOf(settings: ProviderSettings): Engine {
  const engine = engines.get(settings) ?? new Engine(settings);
  engines.set(settings, engine);
  return engine;
}
