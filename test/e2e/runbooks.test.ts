/**
 * Runs the commands of each runbook in the failure that it is about, or as near to it as a machine can be brought in a
 * second. One stage for all pages: whoever is on call has one estate, too.
 */
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { AwsAccess } from "../../src/aws/aws-access";
import { parseCertificate } from "../../src/certificates/parse-certificate";
import { keyAccess } from "../../src/drill/drills/key-access";
import { RenewalInfoCache } from "../../src/issuance/renewal-info-cache";
import { certIdOf } from "../../src/issuance/cert-id-of";
import { startStateServer, type RunningStateServer } from "../../src/sandbox/state-server/start-state-server";
import { writeQueueState } from "../../src/service-levels/key-access/queue-state";
import { Stage } from "../support/docs-stage";
import { materialOf } from "../support/emulated-aws";
import { createEventQueue } from "../support/examples/made-before";
import { createTestCa } from "../support/test-certificates";

const folder = resolve(__dirname, "../../docs/runbooks");
const pages = readdirSync(folder).flatMap((file) => (file.endsWith(".md") ? [file.replace(/\.md$/, "")] : []));
const dayMs = 86_400_000;
const name = "app.example.gov";

let stage: Stage;
let states: RunningStateServer;

beforeAll(async () => {
  [stage, states] = await Promise.all([Stage.open(), startStateServer()]);
  stage.given.UNEXPIRED_LEDGER = join(stage.folder, "ledger.jsonl");
  await stage.serving(name);
  const config = JSON.parse(readFileSync(join(stage.folder, "manage-certs.yaml"), "utf8")) as {
    readonly issuers: readonly object[];
  };
  const issuers = [...config.issuers, { ...config.issuers[0], name: "backup" }];
  stage.write({ "manage-certs.yaml": JSON.stringify({ ...config, issuers, issuer: "sandbox" }) });
}, 120_000);
afterAll(async () => {
  await stage.run('if [ -e adp.pid ]; then kill "$(cat adp.pid)" || true; fi');
  await states.close();
  await stage.close();
});

/** What the listener serves is of a CA that nobody knows, and ends in so many milliseconds. */
async function ending(page: string, leftMs: number): Promise<void> {
  const { region, endpointUrl, ...credentials } = stage.sandbox.ready.aws;
  const access = new AwsAccess({ region, endpointUrl, credentials });
  try {
    const material = await materialOf(await createTestCa(), {
      // a name of its own, since no CA gives exactly the same names time and again
      names: [name, `${page}.example.gov`],
      key: "RSA_2048",
      // as in what is there: ACM takes no re-import that loses one
      keyUsage: ["digitalSignature", "keyEncipherment"],
      notAfter: new Date(Date.now() + leftMs),
    });
    await access.certificates().reimport(stage.certificateArn, material);
  } finally {
    access.close();
  }
}

/** A renewal has failed, since the CA did that to its requests. Then it is itself again. */
async function refused(page: string, trap: Readonly<Record<string, unknown>>): Promise<void> {
  await ending(page, dayMs);
  const traps = `${stage.sandbox.ready.management.url}/traps`;
  const body = JSON.stringify({ part: "acme", times: 1_000, ...trap });
  const set = await fetch(traps, { method: "POST", headers: { "content-type": "application/json" }, body });
  const { id } = (await set.json()) as { readonly id: string };
  await stage.run(`! manage-certs renew --only ${name} --apply`);
  await fetch(`${traps}/${id}`, { method: "DELETE" });
}

/** A stack with a certificate, in a backend that can be locked. */
async function apply(): Promise<void> {
  const at = join(stage.folder, "stack");
  const { acme, edgeDns, dns } = stage.sandbox.ready;
  const address = states.address("stack");
  mkdirSync(at, { recursive: true });
  stage.write({ "drift-check.yaml": "limits: { lockSeconds: 1 }\n" });
  writeFileSync(
    join(at, "main.tf"),
    `terraform {
  backend "http" {
    address        = "${address}"
    lock_address   = "${address}"
    unlock_address = "${address}"
  }
  required_providers {
    unexpired = { source = "unexpired/unexpired" }
  }
}
provider "unexpired" {
  edge_dns     = { edgerc = "${edgeDns.edgerc}", ca_file = "${edgeDns.caFile}" }
  name_servers = ${JSON.stringify(dns.nameServers)}
}
resource "unexpired_certificate" "web" {
  name         = "stack/web"
  domain_names = ["www.example.gov"]
  issuer       = { directory_url = "${acme.directoryUrl}", ca_file = "${acme.caFile}" }
  zones        = [{ name = "example.gov" }]
}
`,
  );
  await stage.run("cd stack && terraform init && terraform apply");
}

let applied: Promise<void> | undefined;
const stack = () => (applied ??= apply());

/** Somebody merged a change of the stack. */
async function changed(): Promise<void> {
  await stack();
  writeFileSync(join(stage.folder, "stack/note.tf"), 'resource "terraform_data" "note" { input = "merged" }\n');
}

/** The CA would like the certificate of the stack to be renewed, as far as this home knows. */
async function due(): Promise<void> {
  const state = JSON.parse(await stage.run("cd stack && terraform show -json")) as {
    values: { root_module: { resources: readonly { type: string; values: Readonly<Record<string, unknown>> }[] } };
  };
  const resource = state.values.root_module.resources.find(({ type }) => type === "unexpired_certificate");
  const certId = certIdOf(parseCertificate(String(resource?.values.certificate_chain))) ?? "";
  const [start, end, askAgainAt] = [-2, -1, 1].map((days) => new Date(Date.now() + days * dayMs));
  if (start && end && askAgainAt)
    await new RenewalInfoCache(join(stage.folder, "home/.cache/unexpired")).put(certId, { start, end, askAgainAt });
}

const dueStack = async () => {
  await stack();
  await due();
};

/** What akamai-dns-proxy needs, and no process. */
async function stoppedProxy(): Promise<void> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  stage.given.PROXY = `https://localhost:${port}`;
  stage.write({
    "adp.yaml": `listen: { host: 127.0.0.1, port: ${port}, tls: { certificateFile: adp.pem, privateKeyFile: adp.key }, names: [localhost] }
upstream: { section: default }
masterKey: { env: ADP_MASTER_KEY }
clients: []
grants: []
audit: { file: audit.jsonl }
`,
  });
  const key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout adp.key";
  const names = "-subj /CN=localhost -addext subjectAltName=DNS:localhost";
  await stage.run(`openssl req -x509 -days 2 ${key} ${names} -out adp.pem`);
}

/** A queue that was read two hours ago, with what came since. */
async function unreadQueue(): Promise<void> {
  const queue = await createEventQueue(stage.sandbox.ready);
  stage.given.QUEUE = queue;
  const readAt = new Date(Date.now() - dayMs / 12);
  const messages = { kept: 1, unreadable: 0 };
  await writeQueueState(join(stage.folder, "key-events"), { queue, readAt, messages });
}

/** The failure; a page that is not here is about one that its commands only look for. */
const failures: Readonly<Record<string, (page: string) => Promise<unknown>>> = {
  "expiry-outage": async (page) => {
    await ending(page, 2_000);
    await pause(2_100);
  },
  "certificate-expiring-soon": (page) => ending(page, 10 * dayMs),
  "renewal-failing": (page) => ending(page, dayMs),
  "partial-deployment": (page) => ending(page, dayMs),
  "ca-rate-limit": (page) => refused(page, { operation: "newOrder", action: "throttle" }),
  "ca-outage": (page) => refused(page, { action: "fail-before" }),
  "dns-challenge-failure": (page) => ending(page, dayMs),
  "zone-lock": (page) => ending(page, dayMs),
  "secrets-access-denied": (page) => ending(page, dayMs),
  "drift-check-missing": dueStack,
  "drift-check-failing": dueStack,
  "drift-needs-approval": changed,
  "lost-state-lock": async () => {
    await dueStack();
    stage.given.LOCK_ID = "5f0f7c0e-6a35-4f7c-9d65-2f6f1a7a0b3d";
    const Created = new Date(Date.now() - dayMs).toISOString();
    states.lock("stack", { ID: stage.given.LOCK_ID, Who: "runner@gone", Operation: "OperationTypeApply", Created });
  },
  "proxy-down": stoppedProxy,
  "key-access-anomaly": () => {
    mkdirSync(join(stage.folder, "trail"));
    stage.write({
      "trail/events.json": JSON.stringify({ Records: [keyAccess("somebody", new Date())] }),
      "key-access.yaml": 'principals: ["*:role/manage-certs"]\n',
    });
    return Promise.resolve();
  },
  "key-events-not-read": unreadQueue,
};

test.each(pages)(
  "%s",
  async (page) => {
    await failures[page]?.(page);
    await stage.runPage(`docs/runbooks/${page}.md`);
  },
  240_000,
);

test("every failure has a page, and every page is one that the table of alerts leads to", () => {
  const runbooks = pages.filter((page) => page !== "README");
  expect(runbooks).toEqual(expect.arrayContaining(Object.keys(failures)));
  const listed = [...readFileSync(join(folder, "README.md"), "utf8").matchAll(/\]\(([a-z-]+)\.md\)/g)];
  expect([...new Set(listed.map(([, page]) => page))].sort()).toEqual(runbooks.sort());
});
