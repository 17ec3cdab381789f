import { missingIntermediate } from "../../../rollout/look-at-handshake";
import { groupBy, type EstateView } from "../estate-view";
import type { FindingFacts, FindingRule } from "../finding";
import { ofCertificate, ofPoint } from "../words";

const advice = "import it again with the intermediates that its CA publishes";

export const incompleteChain: FindingRule = {
  id: "incomplete-chain",
  title: "a chain that does not lead from the certificate to a root, as stored or as served",
  severity: "critical; warning if nothing uses it",
  advice,
  find: (view) => [...stored(view), ...served(view)],
};

function stored(view: EstateView): FindingFacts[] {
  return view.certificates.flatMap((certificate) => {
    const { chain } = certificate;
    if (chain?.broken === undefined || view.isOver(certificate)) return [];
    return [
      {
        ...ofCertificate(certificate),
        severity: view.isUsed(certificate) ? "critical" : "warning",
        message: `its stored chain is not complete: ${chain.broken}`,
        action: advice,
        due: undefined,
      } as const,
    ];
  });
}

/** What is served of a stored chain that is complete; of others the finding above speaks. */
function served(view: EstateView): FindingFacts[] {
  const broken = new Set(view.certificates.flatMap(({ chain, serial = "" }) => (chain?.broken ? [serial] : [])));
  const bare = view.estate.observations.filter(
    ({ outcome }) =>
      outcome.state === "served" &&
      outcome.refusal === missingIntermediate &&
      !broken.has(outcome.chain[0]?.serial ?? ""),
  );
  return [...groupBy(bare, ({ point }) => point.id).values()].flatMap(([first, ...more]) =>
    first === undefined
      ? []
      : [
          {
            ...ofPoint(first.point),
            severity: "critical",
            message: `it serves a chain without its intermediate (${[first, ...more].map((each) => each.serverName ?? "no name").join(", ")})`,
            action: advice,
          } as const,
        ],
  );
}
