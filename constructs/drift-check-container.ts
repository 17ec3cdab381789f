import type { Secret } from "./secret";

export interface DriftCheckContainerOptions {
  readonly image: string;
  readonly apply?: boolean;
  readonly words?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, Secret>>;
  /** Where the state is mounted, if it is. */
  readonly stateFileSystem?: object;
  readonly logGroup: string;
  readonly logRegion: string;
}

const stateFolder = "/var/lib/drift-check";

/** Its one container, as ECS takes it (ECS API reference, ContainerDefinition). */
export function driftCheckContainer(options: DriftCheckContainerOptions): object {
  const { image, apply = true, words = [], environment = {}, secrets, stateFileSystem, logGroup, logRegion } = options;
  const isKept = stateFileSystem !== undefined;
  const variables = { TF_IN_AUTOMATION: "1", ...(isKept && { UNEXPIRED_STATE_DIR: stateFolder }), ...environment };
  return {
    name: "drift-check",
    image,
    essential: true,
    command: ["drift-check", "run", ...(apply ? ["--apply"] : []), ...words],
    environment: sorted(variables).map(([name, value]) => ({ name, value })),
    secrets: sorted(secrets).map(([name, { reference }]) => ({ name, valueFrom: reference })),
    mountPoints: isKept ? [{ sourceVolume: "state", containerPath: stateFolder, readOnly: false }] : [],
    // passes signals on, and takes care of what terraform leaves behind
    linuxParameters: { initProcessEnabled: true },
    // the longest that Fargate gives, for terraform to bring an apply to its end
    stopTimeout: 120,
    logConfiguration: {
      logDriver: "awslogs",
      options: { "awslogs-group": logGroup, "awslogs-region": logRegion, "awslogs-stream-prefix": "run" },
    },
  };
}

/** In the order of names, so that the order in which they are declared changes no plan. */
function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1));
}
