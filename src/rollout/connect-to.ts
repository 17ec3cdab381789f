import { AppError } from "../platform/errors";

/** Where a name's port really is, in the form of curl's `--connect-to` (curl(1)): NAME:PORT:HOST:PORT. */
export interface ConnectTo {
  /** Undefined: any. */
  readonly name?: string;
  /** Undefined: any. */
  readonly port?: number;
  readonly host: string;
  /** Undefined: the port of the name. */
  readonly toPort?: number;
}

/** An empty NAME or PORT stands for any, as in curl. An IPv6 address stands in brackets. Errors: `invalid_argument`. */
export function parseConnectTo(text: string): ConnectTo {
  const [, name = "", port = "", bracketed, plain, toPort = ""] = form.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || [port, toPort].some((each) => each !== "" && !isPort(Number(each))))
    throw new AppError("invalid_argument", `"${text}" does not say where a name is`, {
      hint: "write NAME:PORT:HOST:PORT, such as www.example.gov:443:10.0.0.5:8443",
    });
  return {
    name: name === "" ? undefined : name.toLowerCase(),
    port: port === "" ? undefined : Number(port),
    host,
    toPort: toPort === "" ? undefined : Number(toPort),
  };
}

const form = /^([^:]*):(\d*):(?:\[([0-9a-f:.]+)\]|([^:[\]\s]+)):(\d*)$/i;

function isPort(value: number): boolean {
  return value >= 1 && value <= 65_535;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The addresses that entries give for one of these names; undefined where none speaks of them. */
export function addressesBy(
  entries: readonly ConnectTo[],
  names: readonly string[],
  port: number,
): readonly Address[] | undefined {
  const known = new Set(names.map((name) => name.toLowerCase()));
  const found = entries.filter(
    (entry) => (entry.name === undefined || known.has(entry.name)) && (entry.port ?? port) === port,
  );
  return found.length === 0 ? undefined : found.map(({ host, toPort }) => ({ host, port: toPort ?? port }));
}
