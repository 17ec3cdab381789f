import { defaultFileName } from "../../manage-certs/config/read-config";
import { iamPolicy } from "../../manage-certs/init/iam-policy";
import { githubPipeline, gitlabPipeline, jenkinsPipeline } from "../../manage-certs/init/pipelines";
import { writeStarterConfig } from "../../manage-certs/init/starter-config";
import type { CommandManners } from "../command-manners";

export interface InitFlags {
  readonly config?: string;
  readonly iam?: true;
  readonly github?: true;
  readonly gitlab?: true;
  readonly jenkins?: true;
}

export async function runInit(flags: InitFlags, manners: CommandManners): Promise<void> {
  if (flags.iam) process.stdout.write(`${JSON.stringify(iamPolicy, undefined, 2)}\n`);
  else if (flags.github) process.stdout.write(githubPipeline);
  else if (flags.gitlab) process.stdout.write(gitlabPipeline);
  else if (flags.jenkins) process.stdout.write(jenkinsPipeline);
  else {
    const file = flags.config ?? defaultFileName;
    await writeStarterConfig(file);
    manners.say(`${file} was written: put your zones in, then try manage-certs scan`);
  }
}
