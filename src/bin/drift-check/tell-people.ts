import { join } from "node:path";
import { NoticeFile } from "../../drift/notify/notice-file";
import type { NotifyEntry } from "../../drift/notify/notify-entry";
import { openTargets } from "../../drift/notify/open-targets";
import { tellRun } from "../../drift/notify/tell-run";
import type { DriftRun } from "../../drift/run/run-stacks";
import { sleep, systemClock } from "../../platform/clock";
import { AppError } from "../../platform/errors";

export interface TellPeopleOptions {
  readonly notify: readonly NotifyEntry[];
  readonly environment: NodeJS.ProcessEnv;
  readonly stateFolder: string;
  readonly hideSecrets: (text: string) => string;
  /** Hears of what was not told. */
  readonly onTrouble: (error: AppError) => void;
}

/** Tells those of `notify` what they have to know of a run. Nothing is thrown. */
export async function tellPeople(run: DriftRun, options: TellPeopleOptions): Promise<void> {
  const { notify, environment, stateFolder, hideSecrets, onTrouble } = options;
  if (notify.length === 0) return;
  const opened = openTargets(notify, environment);
  try {
    await tellRun(run, {
      ...{ targets: opened.targets, hideSecrets, clock: systemClock },
      file: new NoticeFile({ folder: join(stateFolder, "drift"), sleep }),
      onFailure: ({ code, message, hint, facts }, target) => {
        const what = target === undefined || message.includes(target) ? message : `${target}: ${message}`;
        onTrouble(new AppError(code, `not everybody was told of the run: ${what} [${code}]`, { hint, facts }));
      },
    });
  } finally {
    await opened.close();
  }
}
