/** Standard output that nobody reads any more, or that cannot be written: no stack trace, and the exit code is the work's. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { openLedger } from "../../src/ledger/open-ledger";
import { numberedEntry } from "../support/ledger-entries";
import { commandOf } from "../support/running-sandbox";

/** More than pipes hold. */
const entries = 5_000;

let folder: string;
let ledger: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "output-"));
  ledger = join(folder, "ledger.jsonl");
  await openLedger(ledger).append(Array.from({ length: entries }, (_, at) => numberedEntry(at)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["export", []],
  ["export", ["--follow"]],
  ["show", ["--last", String(entries), "--json"]],
])("a reader of ledger %s %j that has enough", async (words, more) => {
  const [command, ...args] = commandOf("ledger", words, ledger, ...more);
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  const errors = text(child.stderr);
  await once(child.stdout, "data");
  child.stdout.destroy();
  // what follows a ledger sees with the next entry that nobody is there
  const [code] = (await once(child, "exit")) as [number];
  expect([code, await errors]).toEqual([0, ""]);
});

const full = "/dev/full";

test("a full disk behind standard output is told, and fails", () => {
  const output = openSync(full, "w");
  try {
    const [command, ...args] = commandOf("ledger", "show", ledger);
    const { status, stderr } = spawnSync(command, args, { stdio: ["ignore", output, "pipe"], encoding: "utf8" });
    expect(stderr.split("\n")).toEqual([
      "unexpired: cannot write to standard output: ENOSPC: no space left on device, write [store_unwritable]",
      "unexpired: hint: send it where there is room",
      "",
    ]);
    expect(status).toBe(1);
  } finally {
    closeSync(output);
  }
});
