import { createHash } from "node:crypto";
import { keyOf, type Notice } from "./notice";
import type { NoticeDocument } from "./notice-document-shape";

/** EventBridge's `source`, and that of every document. */
export const noticeSource = "unexpired.drift-check";

/** More stacks of one notice than this are counted. */
export const mostStacks = 20;

/** A notice of the run that began at `at`, in its published form. */
export function toNoticeDocument(notice: Notice, at: Date): NoticeDocument {
  const { kind, was, cause, subjectKind, title, since, stacks, wayOut } = notice;
  const document = {
    ...{ version: 1, id: idOf(notice, at), source: noticeSource, at, kind, was, cause, subjectKind, title, since },
    ...{ total: stacks.length, stacks: stacks.slice(0, mostStacks), wayOut },
  };
  return JSON.parse(JSON.stringify(document)) as NoticeDocument;
}

function idOf(notice: Notice, at: Date): string {
  const stacks = notice.stacks.map(({ name, checksum }) => [name, checksum]);
  const text = JSON.stringify([keyOf(notice), notice.was, at, stacks]);
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
