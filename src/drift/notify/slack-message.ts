import type { NoticeDocument } from "./notice-document-shape";
import { stackLine } from "./notice-text";

/** What Slack's incoming webhooks take, and those who took over their form (Mattermost, Rocket.Chat, Teams by a flow). */
export interface SlackMessage {
  /** For notifications, and where blocks are not shown. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

export type SlackBlock =
  | { readonly type: "header" | "section"; readonly text: SlackText }
  | { readonly type: "context"; readonly elements: readonly SlackText[] };

interface SlackText {
  readonly type: "plain_text" | "mrkdwn";
  readonly text: string;
}

/** Slack, "Block Kit", reference of header and of section blocks. */
const longestHeader = 150;
const longestSection = 3_000;

const signs: Readonly<Record<string, string>> = {
  failed: "❌",
  forbidden: "⛔",
  "needs-approval": "✋",
  safe: "⏳",
  applied: "✅",
  resolved: "✅",
};

/** Nothing of others' text becomes markup: it is plain text, but for commands, which are code. */
export function toSlackMessage(document: NoticeDocument): SlackMessage {
  const { kind, title, stacks, total, since, cause, wayOut } = document;
  const rest = total - stacks.length;
  const lines = [...stacks.map((stack) => `• ${stackLine(stack)}`), ...(rest > 0 ? [`and ${rest} more`] : [])];
  const commands = stacks.flatMap(({ command }) => command ?? []);
  const context = [`drift-check · ${cause}`, ...(since === undefined ? [] : [`since ${since}`])].join(" · ");
  return {
    text: escaped(`${signs[kind] ?? ""} drift-check: ${title}`),
    blocks: [
      { type: "header", text: plain(cut(`${signs[kind] ?? ""} ${title}`, longestHeader)) },
      ...inSections(lines).map((text) => section(plain(text))),
      ...(wayOut === undefined ? [] : [section(plain(`What to do: ${wayOut}`))]),
      ...inSections(commands.map(code)).map((text) => section({ type: "mrkdwn", text })),
      { type: "context", elements: [plain(context)] },
    ],
  };
}

function section(text: SlackText): SlackBlock {
  return { type: "section", text };
}

function plain(text: string): SlackText {
  return { type: "plain_text", text };
}

/** As many lines in a section as it holds. */
function inSections(lines: readonly string[]): string[] {
  const sections: string[] = [];
  for (const line of lines.map((each) => cut(each, longestSection))) {
    const last = sections.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= longestSection)
      sections[sections.length - 1] = `${last}\n${line}`;
    else sections.push(line);
  }
  return sections;
}

/** A code span ends at the next backtick, and has no escape for one. */
function code(command: string): string {
  return `\`${escaped(command.replaceAll("`", "'"))}\``;
}

/** Slack, "Formatting text for app surfaces": these three alone. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
