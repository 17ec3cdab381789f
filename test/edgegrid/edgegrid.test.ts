/** Our verifier and signer against Akamai's Python library, as Debian packages it (python3-edgegrid). */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { signEdgeGrid } from "../../src/akamai/edgegrid-sign";
import { parseEdgeGridTimestamp } from "../../src/akamai/edgegrid-signature";
import { parseEdgeGridAuthorization, verifyEdgeGrid } from "../../src/akamai/edgegrid-verify";
import vectors from "../vectors/edgegrid/signatures.json";

interface Signed {
  readonly target: string;
  readonly authorization: string;
}

const recordSet = "/config-dns/v2/zones/example.test/names/*.example.test/types/TXT";
const requests: readonly { readonly method: string; readonly target: string; readonly body?: string }[] = [
  ...vectors.requests.map(({ method, target, body }) => ({ method, target, body })),
  { method: "GET", target: `${recordSet}?a=b%20c&search=%C3%BC` },
  { method: "POST", target: recordSet, body: '{"rdata":["zürich"]}' },
  { method: "POST", target: recordSet, body: "x".repeat(131_072) },
  { method: "POST", target: recordSet },
  { method: "PUT", target: recordSet, body: "y" },
];

/** Debian installs for its own Python, which need not be the first on the path. */
function signInPython(host: string): Signed[] {
  const { clientToken, clientSecret, accessToken } = vectors.credentials;
  const input = JSON.stringify({ host, clientToken, clientSecret, accessToken, requests });
  const script = join(__dirname, "sign-requests.py");
  const runs = ["/usr/bin/python3", "python3"].map((python) =>
    spawnSync(python, [script], { input, encoding: "utf8" }),
  );
  const good = runs.find(({ status }) => status === 0);
  if (good === undefined)
    throw new Error(`python3-edgegrid did not run: ${runs.map(({ stderr }) => stderr).join("\n")}`);
  return good.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Signed);
}

test.each(["akab-test.luna.example.test", "localhost:18443"])("both sign alike for host %s", (host) => {
  const signed = signInPython(host);
  expect(signed).toHaveLength(requests.length);
  signed.forEach(({ target, authorization }, at) => {
    const { method = "", body } = requests[at] ?? {};
    const sent = parseEdgeGridAuthorization(authorization);
    const signedAt = parseEdgeGridTimestamp(sent?.timestamp ?? "") ?? new Date(0);
    const clock = { now: () => signedAt };
    const credentials = { ...vectors.credentials, host };
    expect(signEdgeGrid(credentials, { method, target, body }, { clock, nonce: () => sent?.nonce ?? "" })).toBe(
      authorization,
    );
    const secretFor = () => credentials.clientSecret;
    expect(verifyEdgeGrid({ method, host, target, body, authorization }, { secretFor, clock }).kind).toBe("verified");
  });
});
