/** Pipelines as their runners run them: the shell steps of one job, in order, with their environment and folder. */
import { parse } from "yaml";

type Variables = Readonly<Record<string, string>>;

export interface PipelineStep {
  readonly script: string;
  /** Relative to the repository. */
  readonly folder: string;
  readonly environment: Variables;
}

interface GithubWorkflow {
  readonly env?: Variables;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly env?: Variables;
        readonly steps: readonly {
          readonly uses?: string;
          readonly run?: string;
          readonly if?: string;
          readonly env?: Variables;
          readonly "working-directory"?: string;
        }[];
      }
    >
  >;
}

/** What a job of GitHub Actions would do. */
export interface GithubRun {
  /** The job. */
  readonly job: string;
  /** What each expression stands for: `matrix.stack` → `staging`. */
  readonly expressions: Variables;
  /** Conditions of steps that hold. */
  readonly holds: readonly string[];
}

/** Steps that use an action of somebody else are left out: the runner has done them. */
export function githubSteps(text: string, { job, expressions, holds }: GithubRun): PipelineStep[] {
  const { env: common = {}, jobs } = parse(text) as GithubWorkflow;
  const { env = {}, steps } = jobs[job] ?? { steps: [] };
  const evaluated = (given: string) =>
    given.replace(/\$\{\{ *(.*?) *\}\}/g, (_, expression: string) => {
      const value = expressions[expression];
      if (value === undefined) throw new Error(`the workflow asks for ${expression}, which this test does not know`);
      return value;
    });
  return steps.flatMap(({ run, if: condition, env: own = {}, "working-directory": folder = "." }) =>
    run === undefined || (condition !== undefined && !holds.includes(condition))
      ? []
      : [
          {
            script: evaluated(run),
            folder: evaluated(folder),
            environment: mapped({ ...common, ...env, ...own }, evaluated),
          },
        ],
  );
}

interface GitlabJob {
  readonly extends?: string;
  readonly variables?: Variables;
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
}

/** A job of GitLab CI is one shell, so it is one step. Variables in variables are replaced as GitLab does it. */
export function gitlabSteps(text: string, name: string, given: Variables): PipelineStep[] {
  const file = parse(text) as Readonly<Record<string, GitlabJob>> & { readonly variables?: Variables };
  const job = { ...file[file[name]?.extends ?? ""], ...file[name] };
  const variables = { ...file.variables, ...job.variables };
  const evaluated = (text: string) => text.replace(/\$(\w+)/g, (_, variable: string) => given[variable] ?? "");
  const script = [...(job.before_script ?? []), ...(job.script ?? [])].join("\n");
  return [{ script, folder: ".", environment: { ...mapped(variables, evaluated), ...given } }];
}

function mapped(variables: Variables, change: (text: string) => string): Variables {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, change(value)]));
}
