import { runProgram, type ProgramResult } from "../platform/run-program";

export type OwnProgram = "manage-certs" | "drift-check" | "unexpired" | "akamai-dns-proxy";

export interface ProgramPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Our programs as their users run them: each in a process of its own. */
export class OwnPrograms {
  /** `folder`: of the built entry points. */
  constructor(
    private readonly folder: string,
    private readonly signal?: AbortSignal,
  ) {}

  /** Its built entry point. */
  file(program: OwnProgram): string {
    return `${this.folder}/${program}.js`;
  }

  run(program: OwnProgram, args: readonly string[], place: ProgramPlace): Promise<ProgramResult> {
    return runProgram(process.execPath, [this.file(program), ...args], { ...place, signal: this.signal });
  }
}
