import type { DrillDocument } from "./drill-document-shape";
import type { DrillReport } from "./measure-drill";

/** What came of drills, in the published form. */
export function toDrillDocument(drills: readonly DrillReport[], timeScale: number): DrillDocument {
  return JSON.parse(JSON.stringify({ version: 1, timeScale, drills })) as DrillDocument;
}
