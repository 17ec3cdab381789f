import type { StackResult } from "../../history/latest-results";
import type { RunDocument } from "../../report/run-document-shape";
import type { ListenerState, PartialDeployment } from "./partial-deployments";

type Stack = RunDocument["stacks"][number];
type Certificate = NonNullable<Stack["certificates"]>[number];

/** Certificates that clients get at some of their places, and another one at others, as handshakes showed it. */
export function halfServed(stacks: readonly StackResult[]): readonly PartialDeployment[] {
  return stacks.flatMap(({ result }) =>
    (result.certificates ?? []).flatMap((certificate) => {
      const listeners = certificate.sightings.map((sighting) => listenerState(sighting, certificate));
      const isHalf = listeners.some(({ state }) => state === "new") && listeners.some(({ state }) => state === "old");
      const message = `handshakes of drift-check, stack ${result.name}`;
      return isHalf ? [{ names: certificate.names, at: new Date(result.startedAt), message, listeners }] : [];
    }),
  );
}

function listenerState(
  { at, serverName, notAfter, refusal, unseen }: Certificate["sightings"][number],
  certificate: Certificate,
): ListenerState {
  const name = serverName === undefined ? at : `${serverName} at ${at}`;
  if (unseen !== undefined) return { name, state: "unknown" };
  if (refusal !== undefined) return { name, state: "failed" };
  return { name, state: notAfter === certificate.notAfter.state ? "new" : "old" };
}
