import type { Answer, Send } from "../running-proxy";

/** A tool that proves the control of names, in the middle of its work: it adds one value, and takes it away again. */
export interface StormClient {
  /** For messages. */
  readonly kind: string;
  /** Resolves when the tool is content. Rejects as the tool would end with an error. */
  add(): Promise<void>;
  remove(): Promise<void>;
}

export interface StormPlace {
  readonly zone: string;
  readonly name: string;
  /** 43 characters. */
  readonly value: string;
}

export const targetOf = ({ zone, name }: StormPlace): string => `/config-dns/v2/zones/${zone}/names/${name}/types/TXT`;

export const rdataOf = (answer: Answer): string[] => (answer.json as { rdata: string[] }).rdata;

/** Sends, and takes every status but these for the end. */
export async function must(send: Send, statuses: readonly number[], ...request: Parameters<Send>): Promise<Answer> {
  const answer = await send(...request);
  if (statuses.includes(answer.status)) return answer;
  throw new ToolError(`${request[0]} ${request[1]}: ${answer.status} ${answer.text}`, answer.status);
}

/** An answer that the tool does not know what to do with. */
export class ToolError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}
