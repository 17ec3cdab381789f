import { join } from "node:path";
import { ChildProgram } from "./child-program";
import type { SandboxOperations, SandboxPlaces } from "./sandbox-program";

export interface BenchSandbox {
  readonly program: ChildProgram<SandboxOperations>;
  readonly places: SandboxPlaces;
}

/** Runs `use` with a sandbox in a process of its own, and ends that. */
export async function withSandbox<T>(use: (sandbox: BenchSandbox) => Promise<T>): Promise<T> {
  const program = ChildProgram.start<SandboxOperations>(join(__dirname, "sandbox-program.ts"));
  try {
    return await use({ program, places: await program.ask("places") });
  } finally {
    await program.stop();
  }
}
