/** A PostgreSQL server of its own for a test file, in a temporary folder, reached by a socket there. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { findProgram } from "../../scripts/parts";

/** Nothing of it must survive a crash of the machine. */
const hasty = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"];

export class PostgresServer {
  private server: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly postgres: string,
    private readonly account: Account,
  ) {}

  static async start(): Promise<PostgresServer> {
    const postgres = findProgram("postgres");
    if (postgres === undefined) throw new Error("there is no PostgreSQL server: apt-get install postgresql");
    const folder = mkdtempSync(join(tmpdir(), "adp-pg-"));
    const account = unprivilegedAccount();
    chownSync(folder, account.uid, account.gid);
    chmodSync(folder, 0o755);
    const flags = ["-D", join(folder, "data"), "-U", "adp", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"];
    const made = spawnSync(join(dirname(postgres), "initdb"), flags, { ...account, cwd: folder, encoding: "utf8" });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
    const server = new PostgresServer(folder, postgres, account);
    await server.resume();
    return server;
  }

  /** The folder of its socket. */
  get socketFolder(): string {
    return this.folder;
  }

  get url(): string {
    return this.urlOf("postgres");
  }

  /** `user` @default the superuser */
  urlOf(database: string, user = "adp", socketFolder = this.folder): string {
    return `postgres://${user}@${encodeURIComponent(socketFolder)}/${database}`;
  }

  /** A database of its own, for tests that must not see what others left. */
  async createDatabase(name: string): Promise<string> {
    await this.run(`CREATE DATABASE ${name}`);
    return this.urlOf(name);
  }

  /** Rows of one statement, sent on a connection beside all others. */
  async run<Row extends object>(statement: string, url = this.url): Promise<Row[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Row>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  /** Resolves when so many connections wait for an advisory lock. */
  async untilWaiting(count: number): Promise<void> {
    const question = "SELECT count(*)::int AS waiting FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    while ((await this.run<{ waiting: number }>(question))[0]?.waiting !== count)
      await new Promise((resolve) => setTimeout(resolve, 10));
  }

  /** Breaks off every connection. */
  async pause(): Promise<void> {
    const ended = this.server && once(this.server, "exit");
    this.server?.kill("SIGINT");
    await ended;
    this.server = undefined;
  }

  /** Runs again on what is there; as a standby, nothing can be written. */
  async resume({ asStandby = false } = {}): Promise<void> {
    const mark = join(this.folder, "data/standby.signal");
    if (asStandby) writeFileSync(mark, "");
    else rmSync(mark, { force: true });
    const settings = [...hasty, "listen_addresses=", `unix_socket_directories=${this.folder}`];
    const flags = ["-D", join(this.folder, "data"), ...settings.flatMap((setting) => ["-c", setting])];
    this.server = spawn(this.postgres, flags, { ...this.account, cwd: this.folder, stdio: "ignore" });
    for (let attempt = 1; ; attempt++) {
      try {
        await this.run("SELECT 1");
        return;
      } catch (error) {
        if (attempt === 200 || this.server.exitCode !== null) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  async stop(): Promise<void> {
    await this.pause();
    rmSync(this.folder, { recursive: true });
  }
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; its package brings an account. */
function unprivilegedAccount(): Account {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  if (uid !== 0) return { uid, gid };
  const [, entryUid, entryGid] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8")) ?? [];
  if (entryUid === undefined) throw new Error("run the tests as a user other than root, or make a user postgres");
  return { uid: Number(entryUid), gid: Number(entryGid) };
}
