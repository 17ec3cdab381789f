import { resolve } from "node:path";
import { explanation } from "../../drift/standing/explanation";
import { toStandingDocument } from "../../drift/standing/standing-document";
import { systemClock } from "../../platform/clock";
import { AppError } from "../../platform/errors";
import { didYouMean } from "../../platform/yaml-file/did-you-mean";
import { standings } from "./standings";

export interface ExplainFlags {
  readonly json?: true;
}

/** Errors: `run_not_found`. */
export async function runExplain(stack: string, { json }: ExplainFlags): Promise<void> {
  const all = await standings();
  const found = all.find(({ result }) => result.name === stack || result.folder === resolve(stack));
  if (found === undefined) {
    const names = all.map(({ result }) => result.name);
    throw new AppError("run_not_found", `no run that is kept has looked at ${stack}`, {
      hint: didYouMean(stack, names) ?? `runs have looked at ${names.join(", ")}`,
    });
  }
  const now = systemClock.now();
  const document = () => `${JSON.stringify(toStandingDocument([found], now), undefined, 2)}\n`;
  process.stdout.write(json ? document() : explanation(found, now));
}
