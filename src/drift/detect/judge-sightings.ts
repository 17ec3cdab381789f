import { counted, date } from "../../platform/words";
import type { Evidence } from "./judge-certificate";
import type { CertificateFinding, SeenOnWire, Sighting } from "./watched-certificate";

type Judged = Pick<Evidence, "certificate" | "acm" | "sightings" | "now" | "settleMs">;

/**
 * What clients get against what the state says they should. A listener may serve certificates of others as well, and one
 * of them may be the better match for a name: so another one is an error where it is the default, where it is an older
 * one for the same names, or where ours is served nowhere at all.
 */
export function judgeSightings(evidence: Judged): CertificateFinding[] {
  const { sightings = [], now } = evidence;
  const served = sightings.flatMap(({ outcome, ...sighting }) =>
    outcome.state === "served" ? [{ ...sighting, ...outcome }] : [],
  );
  const others = served.filter((each) => !isExpected(each, evidence));
  const isNowhere = served.length > 0 && others.length === served.length;
  const isWrong = (each: Served) => isNowhere || each.serverName === undefined || isOlder(each, evidence);
  const level = isSettling(evidence) ? "warning" : "error";
  const refused = served.filter(({ refusal, notAfter }) => refusal !== undefined && notAfter > now);
  return [
    ...told(others.filter(isWrong), (where, first) => differs(where, first, level)),
    ...told(
      others.filter((each) => !isWrong(each)),
      (where, first) => differs(where, first, "warning"),
    ),
    ...told(refused, (where, { refusal = "" }) => ({
      rule: "wire-refused",
      level: "warning",
      message: `clients refuse what they get from ${where}: ${refusal}`,
      wayOut: "import the whole chain; if clients are fine, say under verify.roots what they trust",
    })),
    ...sightings.flatMap(notSeen),
  ];
}

type Served = Omit<Sighting, "outcome"> & SeenOnWire;

/** One finding for each resource that serves, about the first of its handshakes. */
function told(
  served: readonly Served[],
  finding: (where: string, first: Served) => CertificateFinding,
): CertificateFinding[] {
  return [...new Set(served.map(({ servedBy }) => servedBy))].flatMap((servedBy) => {
    const [first, ...more] = served.filter((each) => each.servedBy === servedBy);
    if (first === undefined) return [];
    const name = first.serverName === undefined ? "without a name" : `for ${first.serverName}`;
    const others = more.length === 0 ? "" : ` (and in ${counted(more.length, "more handshake")})`;
    return [finding(`${servedBy} at ${first.at} ${name}${others}`, first)];
  });
}

function differs(where: string, { serial, notAfter }: Served, level: "error" | "warning"): CertificateFinding {
  return {
    rule: "wire-differs",
    level,
    message: `clients get another certificate from ${where}: serial ${serial}, until ${date(notAfter)}`,
    wayOut:
      "changes take some minutes; if it stays, see what is attached there, and whether another certificate has its names",
  };
}

function notSeen({ servedBy, at, outcome }: Sighting): CertificateFinding[] {
  if (outcome.state === "served") return [];
  const where = at === servedBy ? servedBy : `${servedBy} at ${at}`;
  return [
    {
      rule: "not-seen",
      level: "unseen",
      message: `${where} was not seen: ${outcome.why}`,
      wayOut: "run drift-check where clients are, or say under verify.connectTo where listeners are",
    },
  ];
}

/** By serial; by its end where no serial is known, as of a certificate that ACM issued. */
function isExpected({ serial, notAfter }: SeenOnWire, { certificate, acm }: Judged): boolean {
  const known = acm?.state === "seen" ? acm.certificate : undefined;
  const serials = [certificate.serial, known?.serial].filter((each) => each !== undefined);
  if (serials.length > 0) return serials.includes(serial);
  return [certificate.notAfter, known?.notAfter].some((end) => end?.getTime() === notAfter.getTime());
}

function isOlder({ names, notAfter }: SeenOnWire, { certificate }: Judged): boolean {
  const text = (all: readonly string[]) =>
    all
      .map((name) => name.toLowerCase())
      .sort()
      .join();
  return (
    text(names) === text(certificate.names) && certificate.notAfter !== undefined && notAfter < certificate.notAfter
  );
}

/** What was just imported takes a while to every address. */
function isSettling({ acm, now, settleMs }: Judged): boolean {
  const importedAt = acm?.state === "seen" ? acm.certificate.importedAt : undefined;
  return importedAt !== undefined && now.getTime() - importedAt.getTime() < settleMs;
}
