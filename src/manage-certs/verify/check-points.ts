/** What was observed at serving points against what AWS says is attached there. Pure. */
import { EstateView, groupBy, type Held } from "../findings/estate-view";
import { apply } from "../findings/find-all";
import type { Finding } from "../findings/finding";
import { shadowed } from "../findings/rules/shadowed";
import type { Estate, ServingPoint, WireObservation } from "../scan/estate";
import { checkHandshake } from "./check-handshake";
import type { Problem, VerifiedHandshake, VerifiedTarget } from "./verification";

/** @param isPlaced whether the user told where it is, so that it should be reached */
export function checkPoints(
  points: readonly ServingPoint[],
  estate: Estate,
  isPlaced: (point: ServingPoint) => boolean,
): VerifiedTarget[] {
  const view = new EstateView({ ...estate, servingPoints: points });
  const observed = groupBy(estate.observations, ({ point }) => point.id);
  const hidden = groupBy(apply(shadowed, view), ({ subject }) => subject);
  return view.held.map((held) => {
    const { point } = held;
    const handshakes = check(held, observed.get(point.id) ?? [], view);
    return target(point, handshakes, hidden.get(point.id) ?? [], isPlaced(point));
  });
}

function check(held: Held, observations: readonly WireObservation[], view: EstateView): VerifiedHandshake[] {
  return observations.map((each) => checkHandshake(each, view.expected(held, each.serverName)));
}

function target(
  point: ServingPoint,
  handshakes: readonly VerifiedHandshake[],
  hidden: readonly Finding[],
  isPlaced: boolean,
): VerifiedTarget {
  const { name } = point;
  const entries = hidden.map(({ message, action }): Problem => ({ kind: "shadowed", message, hint: action }));
  const why = isPlaced ? undefined : whyUnseen(point, handshakes);
  if (why !== undefined) {
    const state = entries.length > 0 ? "wrong" : "out of reach";
    return { name, point, state, why, handshakes, problems: entries };
  }
  const problems = [...handshakes.flatMap((each) => each.problems), ...entries];
  return { name, point, state: problems.length > 0 ? "wrong" : "good", handshakes, problems };
}

/** Undefined where something should have been seen, or was. */
function whyUnseen({ disabled, internal }: ServingPoint, handshakes: readonly VerifiedHandshake[]): string | undefined {
  if (disabled === true) return "it is disabled and serves nothing";
  const isSeen = handshakes.some(({ outcome }) => outcome.state === "served");
  if (internal !== true || isSeen) return undefined;
  return "it is internal and cannot be reached from here: run this inside its VPC, or say with --connect-to where it is";
}
