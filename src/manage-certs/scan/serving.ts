import type { Attachment, ServingPoint } from "./estate";

/** What serves certificates, as far as one service of one place tells. */
export interface Serving {
  readonly points: readonly ServingPoint[];
  readonly attachments: readonly Attachment[];
}

export const nothing: Serving = { points: [], attachments: [] };

export function joined(parts: readonly Serving[]): Serving {
  return { points: parts.flatMap(({ points }) => points), attachments: parts.flatMap((part) => part.attachments) };
}

/** A point with its certificates. */
export function served(point: ServingPoint, defaultArn: string | undefined, sniArns: readonly string[] = []): Serving {
  const fallback = defaultArn ? [{ point, role: "default", certificateArn: defaultArn } as const] : [];
  const bySni = sniArns.map((certificateArn) => ({ point, role: "sni", certificateArn }) as const);
  return { points: [point], attachments: [...fallback, ...bySni] };
}
