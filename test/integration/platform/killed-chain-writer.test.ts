/** A hash chain whose writer is killed again and again: what was acknowledged is there, once, and the chain goes on. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { verifyChain } from "../../../src/platform/hash-chain/verify-chain";
import { ChainFolder } from "../../support/chain-folder";
import { unbuilt } from "../../support/unbuilt";

const program = resolve(__dirname, "../../support/chain-writer.ts");
const work = new ChainFolder();

afterAll(() => work.remove());

/** Entries acknowledged until the writer was killed, which is after so many of them. */
async function writeAndKill(from: number, after: number): Promise<number[]> {
  const args = [...unbuilt, program, work.file, String(from)];
  const writer = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  const ended = once(writer, "close");
  writer.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (said.split("\n").length > after) writer.kill("SIGKILL");
  });
  await ended;
  return said.split("\n").slice(0, -1).map(Number);
}

test("kill -9, five times", async () => {
  const acknowledged: number[] = [];
  for (let round = 1; round <= 5; round++) acknowledged.push(...(await writeAndKill(round * 10_000_000, 150 * round)));
  const report = await verifyChain({ files: [work.file] });
  expect(report).toMatchObject({ ok: true });
  const written = work.numbers();
  expect(written).toHaveLength(report.entries);
  const there = new Set(written);
  expect(there.size).toBe(written.length);
  expect(acknowledged.length).toBeGreaterThan(2_000);
  expect(acknowledged.filter((n) => !there.has(n))).toEqual([]);
});
