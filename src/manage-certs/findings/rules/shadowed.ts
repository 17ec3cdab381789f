import { chooseByServerName } from "../../../certificates/choose-by-server-name";
import { competitors, type Dated, type EstateView, type Held } from "../estate-view";
import type { FindingFacts, FindingRule } from "../finding";
import { date, nameOfCertificate, ofPoint } from "../words";

/**
 * A listener prefers its list to its default, and the better one of its list (`chooseByServerName`). A default that was
 * replaced stays in the list, and clients that send a name go on getting it.
 */
export const shadowed: FindingRule = {
  id: "shadowed",
  title: "a certificate of a listener that no client sending its names ever gets, because another one comes first",
  severity: "warning; critical if what comes first ends sooner",
  advice: "remove the entry that is not wanted from the listener's list",
  find: (view) => view.held.flatMap((held) => [...shadowedEntries(view, held), ...shadowedDefault(view, held)]),
};

function shadowedEntries(view: EstateView, held: Held): FindingFacts[] {
  return held.sni.flatMap((entry) => {
    const winner = winnerOver(view, held, entry);
    return winner === undefined ? [] : [told(held, entry, winner, "its entry in the list")];
  });
}

/** A default that others of the list stand in for is as it should be, unless what they serve in its place is older. */
function shadowedDefault(view: EstateView, held: Held): FindingFacts[] {
  const { fallback } = held;
  const winner = fallback && winnerOver(view, held, fallback);
  if (fallback === undefined || winner === undefined || winner.notAfter >= fallback.notAfter) return [];
  return [told(held, fallback, winner, "the default")];
}

/** The one that wins every name of a certificate; undefined if some client gets the certificate itself. */
export function winnerOver(view: EstateView, { sni }: Pick<Held, "sni">, certificate: Dated): Dated | undefined {
  const winners = certificate.names.map((name) =>
    chooseByServerName(competitors(sni, certificate), name.replace(/^\*\./, "any."), view.now),
  );
  const [first] = winners;
  const lost = winners.every((winner) => winner !== undefined && winner.arn !== certificate.arn);
  return lost ? first : undefined;
}

function told({ point }: Held, entry: Dated, winner: Dated, what: string): FindingFacts {
  const isWorse = winner.notAfter < entry.notAfter;
  const until = `${nameOfCertificate(winner)} (until ${date(winner.notAfter)})`;
  return {
    ...ofPoint(point),
    part: entry.arn,
    severity: isWorse ? "critical" : "warning",
    message: `clients that send a name of ${nameOfCertificate(entry)} get ${until} instead of ${what} (until ${date(entry.notAfter)})`,
    action: `remove ${isWorse ? winner.arn : entry.arn} from the list of ${point.id}`,
    due: isWorse ? winner.notAfter : undefined,
  };
}
