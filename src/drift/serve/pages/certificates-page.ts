import { html } from "../../../pages/markup";
import { counted } from "../../../platform/words";
import type { Answer } from "../http/answer";
import type { SeenCertificate, StatusView } from "../status-view";
import { certificateTable } from "./certificate-table";
import { framed } from "./frame";
import { paged, pager } from "./paging";

const certificatesAPage = 50;

/** Nobody looks for more. */
const longestSearch = 200;

/** Every certificate seen, by its end; `?q=` looks for words in names, addresses, stacks and owners. */
export function certificatesPage(
  { certificates, now }: Pick<StatusView, "certificates" | "now">,
  query: URLSearchParams,
): Answer {
  const text = (query.get("q") ?? "").slice(0, longestSearch);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = words.length === 0 ? certificates : certificates.filter((each) => isAbout(each, words));
  const part = paged(fitting, query.get("page"), certificatesAPage);
  const link = (page: number) =>
    `/certificates?${new URLSearchParams({ ...(text !== "" && { q: text }), page: `${page}` }).toString()}`;
  const count = counted(certificates.length, "certificate");
  const content = html`<form class="search" method="get" action="/certificates" role="search">
      <label>Search <input type="search" name="q" value="${text}" placeholder="name, address, stack or owner" /></label>
      <button>Search</button>
    </form>
    <p role="status">${words.length === 0 ? count : `${fitting.length} of ${count}`}</p>
    ${part.total === 0 ? undefined : certificateTable(part.items, now)} ${pager(part, link)}`;
  const about = "Certificates of all stacks, as the latest run of each saw them, and of scans.";
  return framed({ path: "/certificates", title: "Certificates", now, about, content });
}

function isAbout({ names, address, stack, owner = "" }: SeenCertificate, words: readonly string[]): boolean {
  const facts = [...names, address, stack, owner].join(" ").toLowerCase();
  return words.every((word) => facts.includes(word));
}
