import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { groupOutcomes } from "../../../../src/drift/notify/group-outcomes";
import type { Notice } from "../../../../src/drift/notify/notice";
import { toNoticeDocument } from "../../../../src/drift/notify/notice-document";
import { noticeDocumentShape } from "../../../../src/drift/notify/notice-document-shape";
import { noticeText } from "../../../../src/drift/notify/notice-text";
import { toSlackMessage } from "../../../../src/drift/notify/slack-message";
import { manyOutcomes } from "../../../support/drift/many-outcomes";

const at = manyOutcomes.startedAt;
const notices = groupOutcomes(manyOutcomes, (text) => text);

const waiting: Notice = {
  ...{ kind: "needs-approval", cause: "only-renewals", subjectKind: "aws_lb" },
  title: "60 stacks need approval: only-renewals (aws_lb)",
  stacks: Array.from({ length: 60 }, (_, index) => ({
    name: `web-${index}`,
    subject: "<!channel> *aws_lb.front*",
    message: `a renewal does not change aws_lb & ${"x".repeat(300)}`,
    more: 0,
    checksum: "c1",
    command: `drift-check approve 'web\`<${index}>' --checksum c1`,
  })),
  wayOut: "look at the plan and approve it",
  since: at,
};

test("every notice is as the published form says, and lists 20 stacks at most", () => {
  for (const notice of [...notices, waiting]) {
    const document = toNoticeDocument(notice, at);
    expect(noticeDocumentShape.parse(document)).toEqual(document);
  }
  expect(toNoticeDocument(waiting, at)).toMatchObject({ total: 60, since: "2026-11-22T06:17:00.000Z" });
  expect(toNoticeDocument(waiting, at).stacks).toHaveLength(20);
});

test("docs/reference/schemas/drift-notice.schema.json is that form", () => {
  const file = join(__dirname, "../../../../docs/reference/schemas/drift-notice.schema.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(z.toJSONSchema(noticeDocumentShape));
});

test("the id is the same for the same notice of a run, and another for every other", () => {
  const ids = [...notices, waiting].map((notice) => toNoticeDocument(notice, at).id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(toNoticeDocument(waiting, at).id).toBe(ids.at(-1));
  expect(toNoticeDocument(waiting, new Date(0)).id).not.toBe(ids.at(-1));
});

test("as text: the title, a line for each stack with its command, and what to do", () => {
  const document = toNoticeDocument({ ...waiting, stacks: waiting.stacks.slice(0, 1) }, at);
  const lines = noticeText(document).split("\n");
  expect(lines).toEqual([
    "drift-check: 60 stacks need approval: only-renewals (aws_lb)",
    "since 2026-11-22T06:17:00.000Z",
    "",
    expect.stringMatching(/^- web-0: <!channel> \*aws_lb\.front\*: a renewal does not change aws_lb/) as string,
    "  drift-check approve 'web`<0>' --checksum c1",
    "",
    "look at the plan and approve it",
    "",
  ]);
});

test("Slack takes it: its limits are kept, and nothing of others becomes markup", () => {
  const { text, blocks } = toSlackMessage(toNoticeDocument(waiting, at));
  expect(text).toBe("✋ drift-check: 60 stacks need approval: only-renewals (aws_lb)");
  expect(blocks.length).toBeLessThanOrEqual(50);
  for (const block of blocks) {
    const texts = "text" in block ? [block.text] : block.elements;
    for (const each of texts) {
      expect(each.text.length).toBeLessThanOrEqual(block.type === "header" ? 150 : 3_000);
      // Slack reads <…>, & and backticks in mrkdwn alone
      if (each.type === "mrkdwn") {
        expect(each.text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
        for (const line of each.text.split("\n")) expect(line).toMatch(/^`[^`]+`$/);
      }
    }
  }
  expect(JSON.stringify(blocks)).toContain("and 40 more");
  expect(JSON.stringify(blocks)).toContain("drift-check approve 'web'&lt;0&gt;' --checksum c1");
});
