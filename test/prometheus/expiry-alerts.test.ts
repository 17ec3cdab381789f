/** Alerts about certificates and endpoints: when they fire, and that nothing else does. Times are minutes from 0. */
import { firing, series, type Expected, type Series } from "../support/promtool";

const day = 24 * 3600;
const ledger = series("unexpired_ledger_up", {}, 1);
const arn = "arn:aws:acm:eu-west-1:111122223333:certificate/1";
const own = { certificate: arn, names: "a.example.gov", region: "eu-west-1", owner: "web", tier: "critical" };
const identity = "certificate=" + arn + " names=a.example.gov region=eu-west-1 owner=web tier=critical";

const ends = (at: string | number, instance?: string) =>
  series("unexpired_certificate_not_after_timestamp_seconds", { ...own, issuer: "CN=R10" }, at, instance);
const begins = (at: number, instance?: string) =>
  series("unexpired_certificate_not_before_timestamp_seconds", { certificate: arn }, at, instance);
const scanned = (used: boolean, at: number) =>
  series(
    "manage_certs_certificate_not_after_seconds",
    { arn, account: "111122223333", region: "eu-west-1", name: "a.example.gov", owner: "nobody", used: String(used) },
    at,
  );
const valid = (value: string | number, instance?: string) =>
  series(
    "unexpired_endpoint_valid",
    { endpoint: "a.example.gov:443", owner: "web", tier: "critical" },
    value,
    instance,
  );
const burn = (window: string, rate: number) => series("unexpired_burn_rate", { sli: "valid", window }, rate);

/** A certificate that lives for so many days, of which so many are left after an hour. */
const withLeft = (lifeDays: number, daysLeft: number) => [
  begins(3600 + (daysLeft - lifeDays) * day),
  ends(3600 + daysLeft * day),
];

const about = `CertificateAboutToExpire ${identity}`;
const soon = `CertificateExpiringSoon ${identity}`;
const expired = `CertificateExpired ${identity}`;

const cases: readonly (readonly [string, readonly Series[], Expected])[] = [
  ["90 days: at its renewal", withLeft(90, 30), { 60: [] }],
  ["90 days: a quarter left", withLeft(90, 22), { 60: [soon] }],
  ["90 days: a tenth left, and more than three days", withLeft(90, 8), { 60: [soon] }],
  ["90 days: less than three days left", withLeft(90, 2.9), { 60: [soon, about] }],
  ["six days: at its renewal", withLeft(6.67, 3.3), { 60: [] }],
  ["six days: a quarter left", withLeft(6.67, 1.6), { 60: [soon] }],
  ["six days: a tenth left", withLeft(6.67, 0.6), { 60: [soon, about] }],
  ["its life is not known: four days left", [ends(3600 + 4 * day)], { 60: [] }],
  ["its life is not known: two days left", [ends(3600 + 2 * day)], { 60: [soon] }],
  ["its life is not known: half a day left", [ends(3600 + day / 2)], { 60: [soon, about] }],
  ["at its end, at once", [begins(-90 * day), ends(3600)], { 59: [soon, about], 60: [expired] }],
  ["it was renewed", [begins(-90 * day), ends(`1800x40 ${90 * day}x60`)], { 31: [expired], 41: [] }],
  [
    "two tell of it, and a scan: one alert",
    [begins(-90 * day), ends(600), begins(-90 * day, "b"), ends(600, "b"), scanned(true, 600)],
    { 10: [expired] },
  ],
  ["one of two has seen its successor", [ends(600), ends(90 * day, "b"), begins(0, "b")], { 20: [] }],
  [
    "only a scan tells of it",
    [scanned(true, 600)],
    { 10: [`CertificateExpired certificate=${arn} names=a.example.gov region=eu-west-1`] },
  ],
  ["nothing uses it", [scanned(false, 600)], { 60: [] }],
  ["an endpoint is valid", [valid(1)], { 60: [] }],
  [
    "an endpoint is not, for two minutes",
    [valid("1x9 0x30 1x10")],
    { 11: [], 12: ["EndpointNotValid endpoint=a.example.gov:443 owner=web tier=critical"], 41: [] },
  ],
  [
    "two have seen that an endpoint is not: one alert",
    [valid(0), valid(0, "b")],
    { 5: ["EndpointNotValid endpoint=a.example.gov:443 owner=web tier=critical"] },
  ],
  [
    "the budget burns in an hour and still does",
    [burn("1h", 20), burn("5m", 20)],
    { 5: ["ValidErrorBudgetBurn sli=valid"] },
  ],
  ["the budget burnt in an hour and no longer does", [burn("1h", 20), burn("5m", 0)], { 5: [] }],
  ["the budget burns in five minutes alone", [burn("1h", 10), burn("5m", 100)], { 5: [] }],
  ["the budget burns for six hours", [burn("6h", 7), burn("30m", 7)], { 5: ["ValidErrorBudgetBurn sli=valid"] }],
  ["the budget burns for three days", [burn("3d", 1.5), burn("6h", 2)], { 5: ["ValidErrorBudgetBurnSlow sli=valid"] }],
  ["nothing is known", [], { 60: [] }],
];

test.each(cases)("%s", (_, input, expected) => {
  expect(firing([ledger, ...input], expected)).toBe("");
});
