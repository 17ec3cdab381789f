/** Debian's nginx as a TLS front end on loopback, as many teams have one in front of, or in place of, a load balancer. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../../src/platform/free-port";
import type { FrontEndAddress } from "../../src/sandbox/load-balancer/front-end-door";
import type { ServedCertificate, ServedListener } from "../../src/sandbox/load-balancer/served-listener";

const polls = 400;
const pollMs = 25;

/** One master process; the default certificate for whoever names no host that it knows. */
export class NginxFrontEnd {
  private constructor(
    readonly address: FrontEndAddress,
    private readonly folder: string,
    private readonly master: ChildProcess,
  ) {}

  static async start(served: ServedListener): Promise<NginxFrontEnd> {
    const folder = mkdtempSync(join(tmpdir(), "nginx-"));
    const address = { host: "127.0.0.1", port: await freePort() };
    writeConfiguration(folder, address, served);
    const master = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf"), "-g", "daemon off;"], {
      stdio: "ignore",
    });
    const frontEnd = new NginxFrontEnd(address, folder, master);
    await frontEnd.untilItAnswers();
    return frontEnd;
  }

  /** In force for new connections once the workers are new, which takes nginx a moment after this. */
  serve(served: ServedListener): void {
    writeConfiguration(this.folder, this.address, served);
    this.master.kill("SIGHUP");
  }

  async close(): Promise<void> {
    if (this.master.exitCode === null) {
      const gone = once(this.master, "exit");
      this.master.kill("SIGTERM");
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async untilItAnswers(): Promise<void> {
    for (let poll = 0; poll < polls; poll++) {
      if (this.master.exitCode !== null) throw new Error(`nginx ended with ${this.master.exitCode}`);
      if (await answers(this.address)) return;
      await pause(pollMs);
    }
    await this.close();
    throw new Error("nginx does not answer");
  }
}

function writeConfiguration(folder: string, { host, port }: FrontEndAddress, served: ServedListener): void {
  const { defaultCertificate, sniCertificates } = served;
  const server = (certificate: ServedCertificate, place: number, name: string, options: string) => {
    const file = join(folder, `certificate-${place}`);
    writeFileSync(`${file}.pem`, `${certificate.certificatePem.trim()}\n${certificate.chainPem}`);
    writeFileSync(`${file}.key`, certificate.privateKeyPem, { mode: 0o600 });
    return `  server {
    listen ${host}:${port} ssl${options};
    server_name ${name};
    ssl_certificate ${file}.pem;
    ssl_certificate_key ${file}.key;
    return 200 "here\\n";
  }`;
  };
  const servers = [
    server(defaultCertificate, 0, "_", " default_server"),
    ...sniCertificates.map((each, index) => server(each, index + 1, each.info.names.join(" "), "")),
  ];
  writeFileSync(
    join(folder, "nginx.conf"),
    `worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events {}
http {
  access_log off;
  ssl_protocols TLSv1.2 TLSv1.3;
${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `  ${name}_temp_path ${folder}/${name};`).join("\n")}
${servers.join("\n")}
}
`,
  );
}

async function answers({ host, port }: FrontEndAddress): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
