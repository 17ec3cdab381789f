/** Thousands of processes, a few to dozens at a time, on whatever connections they take: each write does what it was meant to. */
import { Dice } from "../../../oracle/dice";
import { MergeStorm, type Connections, type Habits } from "../../../oracle/merge-storm";

const calm = { refused: 0, lost: 0, ended: 0 };
const rough = { refused: 0.1, lost: 0.1, ended: 0.1 };
const sizes = [
  { processes: 3, runs: 150 },
  { processes: 10, runs: 40 },
  { processes: 40, runs: 8 },
];

const all =
  (connections: Connections, client = "one") =>
  (): Habits => ({ client, connections });

test.each<[string, (index: number) => Habits]>([
  ["that keep their connection", all("kept")],
  ["with a new connection for each request", all("each")],
  ["with two connections each", all("pool")],
  ["of all kinds, some of which only read", (index) => ({ ...all(kindOf(index))(), onlyReads: index % 4 === 0 })],
  ["of all kinds, beside another token", (index) => all(kindOf(index), `client ${index % 2}`)()],
])("processes %s", (_, habitsOf) => {
  for (const { processes, runs } of sizes)
    for (let seed = 1; seed <= runs; seed++) {
      const storm = new MergeStorm(new Dice(seed), seed % 2 === 0 ? [] : ["x", "y"], seed % 3 === 0 ? calm : rough);
      storm.run(Array.from({ length: processes }, (_, index) => habitsOf(index)));
      expect({ processes, seed, found: storm.found }).toEqual({ processes, seed, found: [] });
    }
});

function kindOf(index: number): Connections {
  return (["kept", "each", "pool"] as const)[index % 3] ?? "kept";
}
