/** Paths and bodies that are signed well and meant badly. */
import type { Dice } from "../../oracle/dice";

const root = "/config-dns/v2/zones";

export function hostileTarget(dice: Dice, zone: string): string {
  const name = `${dice.pick(["a", "b", "*", "_x"])}.${dice.pick(["granted", "merged"])}.${zone}`;
  const record = `${root}/${zone}/names/${dice.chance(0.1) ? `slow.${zone}` : name}/types/${dice.pick(["TXT", "A", "CNAME", "MX"])}`;
  if (dice.chance(0.65)) return record;
  const lists = [`${root}/${zone}/recordsets`, root, `${root}/${zone}/names`, "/unexpired/v1/allowed"];
  const target = dice.pick([record, ...lists, `${root}/${zone}`]);
  return dice.pick([
    () => target,
    () =>
      `${target}?${dice.pick(["page=1e9", "page=-1", "pageSize=999999999999", "sortBy=__proto__", "types=__proto__", "search=%00"])}`,
    () =>
      `${target}?${dice.pick(["__proto__=1", "constructor=1", "a=1&a=2", "zone=a&zone=b", "=", "&&&", "%zz=%zz", "action=__proto__"])}`,
    () =>
      `${target}?zone=${zone}&name=${dice.pick(["__proto__", "%00", "*", name])}&type=${dice.pick(["TXT", "__proto__"])}&action=read`,
    () =>
      target.replace(
        zone,
        dice.pick(["__proto__", "constructor", "%2e%2e", "..", `${"a.".repeat(200)}test`, "%E2%98%83.test"]),
      ),
    () => target.slice(0, dice.below(target.length) + 1),
    () => target.replace(/\/(?=[^/]*$)/, dice.pick(["//", "/./", "/../", "%2f", "/%00", "/%5c", ";/", "\\"])),
    () => target + dice.pick(["/", "//", "/x", "%", "%0", "%0d%0a", "?accountSwitchKey=1", "#x", "?#"]),
  ])();
}

export function hostileBody(dice: Dice, target: string): Buffer {
  const [, name = "a.granted.example.test", type = "TXT"] = /names\/([^/?]*)\/types\/([^/?]*)/.exec(target) ?? [];
  const set = { name, type, ttl: 60, rdata: ['"x"'] };
  const json = JSON.stringify(set);
  const text = (value: unknown) => Buffer.from(JSON.stringify(value));
  const rdata = (...values: unknown[]) => text({ ...set, rdata: values });
  const many = (count: number) => rdata(...Array.from({ length: count }, (_, index) => `"v${index}"`));
  return dice.pick([
    () => text(set),
    () => text({ recordsets: [set, { ...set, name: `b.${name}` }] }),
    () => text({ recordsets: Array.from({ length: 800 }, (_, index) => ({ ...set, name: `n${index}.${name}` })) }),
    () => text({ recordsets: [set, set] }),
    () => Buffer.from(dice.pick(["[", '{"a":', '{"rdata":[', '[{"x":']).repeat(20_000)),
    () => Buffer.from("[".repeat(60_000) + "]".repeat(60_000)),
    () => Buffer.from(json.replace('["', `${"[".repeat(50_000)}"`).replace('"]}', `"${"]".repeat(50_000)}}`)),
    () => Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('"}')]),
    () =>
      Buffer.from(
        json.replace("60", dice.pick(["1e999", "-0", "1e-9", "9".repeat(5_000), "2147483648", "0x10", "NaN"])),
      ),
    () => Buffer.from(json.replace("{", `{"__proto__":{"type":"TXT"},"constructor":{"prototype":{"x":1}},`)),
    () => Buffer.from(json.replace("{", `{"toString":1,"rdata":["a"],"rdata":["b"],`)),
    () =>
      text({ ...set, name: dice.pick([null, 5, ["x"], { toString: 1 }, "__proto__", "\ud800", "a".repeat(1_000)]) }),
    () =>
      text({
        ...set,
        rdata: dice.pick([null, {}, "x", [null], [[]], [{}], [""], [" "], ['"'], ["\\"], ["\\999"], ["\0"]]),
      }),
    () => many(dice.pick([300, 3_000, 9_000])),
    () => rdata(`"${"a".repeat(50_000)}"`, `"${"\\255".repeat(10_000)}"`),
    () => rdata("a".repeat(30) + "!"),
    () => rdata("a".repeat(50_000) + "!"),
    () => rdata("(".repeat(1_000), ";".repeat(1_000), `"${'\\"'.repeat(20_000)}"`),
    () => rdata(",".repeat(30_000), "x,".repeat(20_000)),
    () => rdata("\ud83d\ude00".repeat(10_000), "\ud800", "\u202e"),
    () => rdata("127.0.0.1", "::1", "10 mail.example.test.", "a".repeat(300)),
    () => Buffer.from(Array.from({ length: dice.below(3_000) }, () => dice.below(256))),
    () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(json)]),
    () => Buffer.from(json, "utf16le"),
    () => Buffer.alloc(0),
    () => Buffer.alloc(131_072, " "),
    () => Buffer.from(json + json),
  ])();
}
