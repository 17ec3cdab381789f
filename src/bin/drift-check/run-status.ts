import { toStandingDocument } from "../../drift/standing/standing-document";
import { toStandingsText } from "../../drift/standing/standings-text";
import { systemClock } from "../../platform/clock";
import { standings } from "./standings";

export interface StatusFlags {
  readonly json?: true;
}

export async function runStatus({ json }: StatusFlags): Promise<void> {
  const [all, now] = [await standings(), systemClock.now()];
  const document = toStandingDocument(all, now);
  process.stdout.write(json ? `${JSON.stringify(document, undefined, 2)}\n` : toStandingsText(all, now));
  process.exitCode = document.exitCode;
}
