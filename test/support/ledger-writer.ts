/** A program of the tests: appends batches of numbered entries to a ledger until it is killed, and says which are on record. */
import { openLedger } from "../../src/ledger/open-ledger";
import { numberedEntry } from "./ledger-entries";

async function write(place: string, from: number): Promise<void> {
  const ledger = openLedger(place);
  for (let n = from; n < from + 10_000; n += 5) {
    const numbers = [n, n + 1, n + 2, n + 3, n + 4];
    await ledger.append(numbers.map(numberedEntry));
    process.stdout.write(numbers.join(" ") + "\n");
  }
}

void write(process.argv[2] ?? "", Number(process.argv[3]));
