import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { timed } from "../rounds";

const command = resolve(__dirname, "../../../dist/src/bin/drift-check.js");

/** Of a run that looks at nothing but plans: handshakes and questions to AWS are left out. */
export const withoutProbes = JSON.stringify({ verify: { handshakes: false, acm: false } });

export interface DriftCheckPlace {
  /** Where it is run; drift-check.yaml is written there. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface DriftCheckCost {
  readonly wallMs: number;
  /** Of its terraforms; none of them ran beside another. */
  readonly terraformMs: number;
}

/** `drift-check run` over folders, which must find nothing to do. */
export async function costOfDriftCheck(
  { folder, environment }: DriftCheckPlace,
  stacks: readonly string[],
  options: readonly string[] = [],
): Promise<DriftCheckCost> {
  const notes = join(folder, "terraform-ran.json");
  writeFileSync(join(folder, "drift-check.yaml"), withoutProbes);
  const wallMs = await timed(async () => {
    const preload = ["--require", join(__dirname, "note-children.js")];
    const child = spawn(process.execPath, [...preload, command, "run", ...stacks, ...options], {
      cwd: folder,
      env: { ...environment, NOTE_CHILDREN: notes },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let errors = "";
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    const [code] = (await once(child, "close")) as [number | null];
    if (code !== 0) throw new Error(`drift-check run ended with ${code}: ${errors}`);
  });
  const ran = JSON.parse(readFileSync(notes, "utf8")) as { begin: number; end: number }[];
  return { wallMs, terraformMs: ran.reduce((sum, { begin, end }) => sum + end - begin, 0) };
}
