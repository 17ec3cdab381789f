import { S3Backend, type TerraformStack } from "cdktf";

/**
 * Where terraform keeps a stack's state: in the bucket that STATE_BUCKET names, locked there; without it, for the first
 * try, in a file beside main.ts.
 */
export function keepState(stack: TerraformStack): void {
  const { STATE_BUCKET: bucket = "", STATE_REGION: region = "us-east-1" } = process.env;
  if (bucket === "") return;
  new S3Backend(stack, { bucket, region, key: `infra/${stack.node.id}.tfstate`, encrypt: true });
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}
