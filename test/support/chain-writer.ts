/** A program of the tests: appends `{ n: 1 }`, `{ n: 2 }` … to a chain until it is killed, and says which are on record. */
import { HashChain } from "../../src/platform/hash-chain/hash-chain";

async function write(file: string, from: number): Promise<void> {
  const chain = await HashChain.open(file);
  for (let n = from; n < from + 1_000_000; n += 10)
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => chain.append({ n: n + index, text: "x".repeat(500) })).map(
        async (done, index) => {
          await done;
          process.stdout.write(`${n + index}\n`);
        },
      ),
    );
}

void write(process.argv[2] ?? "", Number(process.argv[3]));
