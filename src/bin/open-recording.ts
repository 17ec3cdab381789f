import { homedir } from "node:os";
import type { Recorder } from "../ledger/recorder";
import { usualRecorder } from "../ledger/usual-recorder";
import type { CommandManners } from "./command-manners";
import { ownBuild } from "./own-build";

export interface Recording {
  readonly recorder: Recorder;
  /** What is done and not on record makes a run that succeeded one that failed. */
  close(): Promise<void>;
}

/** The usual ledger, for a command: what it does not take is said. */
export function openRecording(program: string, manners: CommandManners): Recording {
  let isComplete = true;
  const recorder = usualRecorder({
    ...{ environment: process.env, homeFolder: homedir() },
    program: `${program} ${ownBuild().version}`,
    onFailure: ({ message, hint }) => {
      isComplete = false;
      manners.say(`what was done is not in the ledger: ${message}${hint === undefined ? "" : `; ${hint}`}`);
    },
  });
  return {
    recorder,
    close: async () => {
      await recorder.close();
      if (!isComplete && process.exitCode === 0) process.exitCode = 1;
    },
  };
}
