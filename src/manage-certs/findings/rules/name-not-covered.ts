import { groupBy, type EstateView, type Held } from "../estate-view";
import type { FindingFacts, FindingRule } from "../finding";
import { holds } from "../holds";
import { ofPoint } from "../words";

const advice = "attach a certificate that holds the name";

export const nameNotCovered: FindingRule = {
  id: "name-not-covered",
  title: "a name that clients use, and a certificate that does not hold it, attached or on the wire",
  severity: "critical",
  advice,
  find: (view) => [...view.held.flatMap((held) => byApi(held)), ...onTheWire(view)],
};

function byApi({ point, fallback }: Held): FindingFacts[] {
  if (fallback === undefined || point.disabled) return [];
  return point.names
    .filter((name) => !holds(fallback.names, name))
    .map((name) => ({
      ...ofPoint(point),
      part: name,
      severity: "critical",
      message: `its certificate ${fallback.arn} does not hold ${name}`,
      action: `${advice}: ${name}`,
    }));
}

/** Names that the attached certificates hold, and what was served for them does not. */
function onTheWire({ estate, held }: EstateView): FindingFacts[] {
  const uncoveredByApi = new Set(held.flatMap((each) => byApi(each).map(({ subject, part }) => `${subject} ${part}`)));
  const wrong = estate.observations.filter(
    ({ point, serverName, outcome }) =>
      serverName !== undefined &&
      outcome.state === "served" &&
      !uncoveredByApi.has(`${point.id} ${serverName}`) &&
      !holds(outcome.chain[0]?.names ?? [], serverName),
  );
  return [...groupBy(wrong, ({ point, serverName }) => `${point.id} ${serverName}`).values()].flatMap((group) => {
    const [first] = group;
    if (first?.serverName === undefined) return [];
    const where = group.map(({ address, port }) => `${address}:${port}`).join(", ");
    return [
      {
        ...ofPoint(first.point),
        part: first.serverName,
        severity: "critical",
        message: `what is served for ${first.serverName} at ${where} does not hold that name`,
        action: `${advice}: ${first.serverName}`,
      } as const,
    ];
  });
}
