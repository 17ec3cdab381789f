/** What people are told of a run: one notice for each cause, with the stacks that it concerns. */

export const noticeKinds = ["failed", "forbidden", "needs-approval", "safe", "applied", "resolved"] as const;

/** `safe`: a renewal waits for `--apply`. `resolved`: what was told before is no more. */
export type NoticeKind = (typeof noticeKinds)[number];

/** A stack in a notice. It holds no value of a resource. */
export interface NoticeStack {
  readonly name: string;
  /** Address of a resource, `output NAME`, the step that failed, or what else is to blame. */
  readonly subject: string;
  /** A sentence without a stop. */
  readonly message: string;
  /** Further findings, or changes, of the stack that are not told. */
  readonly more: number;
  readonly checksum?: string;
  /** What settles it for this stack, as a shell takes it. */
  readonly command?: string;
}

export interface Notice {
  readonly kind: NoticeKind;
  /** Of a guard, or of an error; `renewal` or `approval` of what is safe or applied. */
  readonly cause: string;
  /** Type of the resources to blame, or the step that failed: the same cause elsewhere is another notice. */
  readonly subjectKind: string;
  /** One line. */
  readonly title: string;
  /** Sorted by name. */
  readonly stacks: readonly NoticeStack[];
  /** What to do. */
  readonly wayOut?: string;
  /** What is resolved. */
  readonly was?: NoticeKind;
  /** When it was first told, of what is told again or is resolved. */
  readonly since?: Date;
}

/** The same cause has the same key in every run. */
export function keyOf({ kind, cause, subjectKind }: Pick<Notice, "kind" | "cause" | "subjectKind">): string {
  return `${kind} ${cause} ${subjectKind}`;
}
