/** Programs of a bench that run in a process of their own, and answer questions from the runner over node's IPC. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { messageOf } from "../../../src/platform/errors";

/** Name → operation; arguments and results must survive JSON. */
export type Operations = Readonly<Record<string, (argument: never) => unknown>>;

interface Question {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly failure?: string;
}

/** In the child: answers until the runner goes away. */
export function serveOperations(operations: Operations): void {
  process.on("message", ({ id, name, argument }: Question) => {
    const operation = operations[name] as ((argument: unknown) => unknown) | undefined;
    void Promise.resolve()
      .then(() => operation?.(argument))
      .then(
        (value): Answer => ({ id, value }),
        (error: unknown): Answer => ({ id, failure: messageOf(error) }),
      )
      .then((answer) => process.send?.(answer));
  });
  process.on("disconnect", () => process.exit(0));
}

/** In the runner. */
export class ChildProgram<O extends Operations> {
  private questions = 0;

  private constructor(private readonly child: ChildProcess) {}

  /** Of a TypeScript file that calls `serveOperations`. */
  static start<O extends Operations>(file: string, ...args: readonly string[]): ChildProgram<O> {
    const child = fork(file, args, { execArgv: ["--require", require.resolve("ts-node/register")] });
    return new ChildProgram<O>(child);
  }

  ask<N extends keyof O & string>(name: N, ...[argument]: Parameters<O[N]>): Promise<Awaited<ReturnType<O[N]>>> {
    const id = this.questions++;
    return new Promise((resolve, reject) => {
      const end = () => settle(() => reject(new Error(`the program ended before it answered ${name}`)));
      const hear = (answer: Answer) => {
        if (answer.id !== id) return;
        settle(() =>
          answer.failure === undefined
            ? resolve(answer.value as Awaited<ReturnType<O[N]>>)
            : reject(new Error(`${name}: ${answer.failure}`)),
        );
      };
      const settle = (finish: () => void) => {
        this.child.off("message", hear).off("exit", end);
        finish();
      };
      this.child.on("message", hear).on("exit", end);
      this.child.send({ id, name, argument } satisfies Question);
    });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = once(this.child, "exit");
    this.child.disconnect();
    await gone;
  }
}
