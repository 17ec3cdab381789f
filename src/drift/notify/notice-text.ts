import type { NoticeDocument } from "./notice-document-shape";

/** A notice for people, as lines: the title, a line or two for each stack, and what to do. */
export function noticeText({ title, stacks, total, since, wayOut }: NoticeDocument): string {
  const rest = total - stacks.length;
  return [
    `drift-check: ${title}`,
    ...(since === undefined ? [] : [`since ${since}`]),
    "",
    ...stacks.flatMap((stack) => [
      `- ${stackLine(stack)}`,
      ...(stack.command === undefined ? [] : [`  ${stack.command}`]),
    ]),
    ...(rest > 0 ? [`and ${rest} more`] : []),
    ...(wayOut === undefined ? [] : ["", wayOut]),
    "",
  ].join("\n");
}

/** `web: aws_lb.front: a renewal does not change aws_lb (and 2 more)`. */
export function stackLine({ name, subject, message, more }: NoticeDocument["stacks"][number]): string {
  return `${name}: ${subject}: ${message}${more > 0 ? ` (and ${more} more)` : ""}`;
}
