/** Short runs: what was counted in the ledger reaches Prometheus by a file or a Pushgateway. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { openLedger } from "../../src/ledger/open-ledger";
import { toScanDocument } from "../../src/manage-certs/report/scan-document";
import { levelsDocumentShape } from "../../src/service-levels/levels-document-shape";
import { numberedEntry } from "../support/ledger-entries";
import { commandOf } from "../support/running-sandbox";
import { bigEstate } from "../support/scanned-estate";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unexpired-metrics-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function unexpired(...args: readonly string[]) {
  const [command, ...rest] = commandOf(...args);
  const child = spawn(command, rest, { cwd: folder, env: { PATH: process.env.PATH, HOME: folder } });
  const [output, errors, [code]] = await Promise.all([
    ...[text(child.stdout), text(child.stderr)],
    once(child, "exit") as Promise<[number]>,
  ] as const);
  return { output, errors, code };
}

const renewal = { event: "renewal.ended", facts: { action: "renew", issuer: "le.example" } } as const;

test("a file that its readers see whole, and nothing beside it", async () => {
  const place = join(folder, ".local/state/unexpired/ledger.jsonl");
  await openLedger(place).append([{ ...numberedEntry(1), ...renewal }]);
  writeFileSync(join(folder, "scan.json"), JSON.stringify(toScanDocument(bigEstate, [])));
  const file = join(folder, "unexpired.prom");
  expect(await unexpired("metrics", "--scan", "scan.json", "--file", file)).toEqual({
    output: "",
    errors: "",
    code: 0,
  });
  const lines = readFileSync(file, "utf8").split("\n");
  expect(lines).toContain('unexpired_renewals_total{outcome="done",issuer="le.example"} 1');
  expect(lines.some((line) => line.startsWith("unexpired_endpoint_valid{"))).toBe(true);
  expect(readdirSync(folder).sort()).toEqual([".local", "scan.json", "unexpired.prom"]);
  const slo = await unexpired("slo", "--json", "--scan", "scan.json");
  const { levels } = levelsDocumentShape.parse(JSON.parse(slo.output));
  expect(levels.find(({ sli }) => sli === "renewal")?.windows).toMatchObject({
    "30d": { bad: 0, ratio: 1, burnRate: 0 },
  });
  expect(levels.find(({ sli }) => sli === "key_access")).toEqual({
    ...{ sli: "key_access", target: 1, title: "key accesses that somebody expects" },
  });
});

test("a push; what the gateway does not take is told without the password", async () => {
  const pushes: { readonly line: string; readonly authorization?: string; readonly body: string }[] = [];
  const gateway = createServer((request, response) => {
    void text(request).then((body) => {
      const { method, url, headers } = request;
      pushes.push({ line: `${method} ${url}`, authorization: headers.authorization, body });
      response.writeHead(pushes.length === 1 ? 200 : 401).end();
    });
  }).listen(0, "127.0.0.1");
  await once(gateway, "listening");
  const { port } = gateway.address() as AddressInfo;
  const push = ["metrics", "--push", `http://ci:secret@127.0.0.1:${port}`, "--instance", "build-7"];
  try {
    expect(await unexpired(...push)).toEqual({ output: "", errors: "", code: 0 });
    expect(pushes[0]).toMatchObject({
      line: "PUT /metrics/job/unexpired/instance/build-7",
      authorization: `Basic ${Buffer.from("ci:secret").toString("base64")}`,
      body: expect.stringMatching(/^unexpired_ledger_up 1$/m) as string,
    });
    const refused = await unexpired(...push);
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain("answered 401");
    expect(refused.errors).not.toContain("secret");
  } finally {
    gateway.close();
  }
});

test("a ledger that was changed: told, and the metric says so", async () => {
  const place = join(folder, "ledger.jsonl");
  await openLedger(place).append([1, 2, 3].map(numberedEntry));
  writeFileSync(place, readFileSync(place, "utf8").replace("12 days", "99 days"));
  const { output, errors, code } = await unexpired("metrics", "--ledger", place);
  expect(code).toBe(1);
  expect(errors).toContain("this line is not what was written");
  expect(output).toMatch(/^unexpired_ledger_up 0$/m);
});

test("a ledger that is named and not there: told, and not taken for one without entries", async () => {
  const { output, errors, code } = await unexpired("metrics", "--ledger", join(folder, "no-ledger.jsonl"));
  expect(code).toBe(1);
  expect(errors).toContain("no-ledger.jsonl");
  expect(output).toMatch(/^unexpired_ledger_up 0$/m);
});
