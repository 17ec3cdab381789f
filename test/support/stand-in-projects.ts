/** Terraform projects with the stand-in for hashicorp/aws, which runs in the process of the test. */
import { serveReattach } from "../../src/provider/plugin/serve-reattach";
import { createAwsStandIn } from "../../src/sandbox/aws-provider/aws-stand-in";
import type { EmulatedAws } from "./emulated-aws";
import { TerraformProject } from "./terraform";

export interface StandInProjects {
  /** Beside the provider block. */
  open(hcl: string): Promise<TerraformProject>;
  /** What `main.tf` has to hold, for changing it. */
  mainFile(hcl: string): { readonly "main.tf": string };
  close(): Promise<void>;
}

export function standInProjects({ aws }: EmulatedAws): StandInProjects {
  const cleanups: (() => Promise<void>)[] = [];
  const mainFile = (hcl: string) => ({
    "main.tf": `
provider "aws" {
  region     = "${aws.region}"
  access_key = "${aws.accessKeyId}"
  secret_key = "${aws.secretAccessKey}"
}
${hcl}`,
  });
  return {
    mainFile,
    open: async (hcl) => {
      const provider = await serveReattach(createAwsStandIn({ AWS_ENDPOINT_URL: aws.endpointUrl }));
      cleanups.push(() => provider.close());
      const project = await TerraformProject.create({ files: mainFile(hcl), reattach: provider.reattach });
      cleanups.push(() => project.remove());
      return project;
    },
    close: async () => {
      for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
    },
  };
}
