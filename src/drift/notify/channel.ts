import type { NoticeDocument } from "./notice-document-shape";

/** Somebody who is told. */
export interface Channel {
  /** For people, and stable: what was told is kept by it. It MUST hold no secret. */
  readonly name: string;
  /**
   * Resolves once the other side has taken the notice; a notice may arrive twice. MUST end soon after the signal.
   * Rejects with an AppError that holds no secret: `notification_failed`, those of AWS, those of a missing secret.
   */
  send(notice: NoticeDocument, signal: AbortSignal): Promise<void>;
}
