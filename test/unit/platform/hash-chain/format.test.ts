/** The vectors were made by another program, in another language, from docs/reference/hash-chain.md. */
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { verifyChain } from "../../../../src/platform/hash-chain/verify-chain";
import { ChainFolder } from "../../../support/chain-folder";

const vectors = join(__dirname, "../../../vectors/hash-chain");
const former = join(vectors, "former.jsonl");
const latest = join(vectors, "latest.jsonl");
const head = { seq: 4, hash: "af916db077b7fb0b0f3c2ed41bb849fcca6c7c70112da5e5e87d60b7d369e5c3" };
const work = new ChainFolder();

afterAll(() => work.remove());

test("what is written is the vector, octet for octet", async () => {
  const first = await work.open();
  await first.append({ name: "grün.example.gov", rdata: ['"a \\" b"'], none: null });
  await first.append({});
  await first.close();
  appendFileSync(work.file, '{"seq":3,"time":"2026-01-02T03:04:05.000Z","pr');
  const second = await work.open();
  await second.append({ n: 3 });
  work.moveAway();
  await second.reopen();
  await second.append({ n: 4 });
  await second.close();
  expect(readFileSync(work.former, "utf8")).toBe(readFileSync(former, "utf8"));
  expect(readFileSync(work.file, "utf8")).toBe(readFileSync(latest, "utf8"));
  expect(readFileSync(work.head, "utf8")).toBe(readFileSync(`${latest}.head`, "utf8"));
});

test("the vector is accepted, and what a crash left in it is told", async () => {
  expect(await verifyChain({ files: [former, latest] })).toEqual({
    ok: true,
    entries: 4,
    from: { seq: 0, hash: "0".repeat(64) },
    last: head,
    torn: [{ file: former, line: 3, octets: 47 }],
  });
});

test("the later file alone goes on from where the other ended", async () => {
  expect(await verifyChain({ files: [latest] })).toMatchObject({ ok: true, entries: 1, from: { seq: 3 }, last: head });
});
