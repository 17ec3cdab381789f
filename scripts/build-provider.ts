/** Bundles the Terraform providers into dist/provider; the last step of `npm run build`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleProvider } from "./bundle-provider";

const root = join(__dirname, "../..");

/** Folder below dist/provider → entry point. */
const providers: Readonly<Record<string, string>> = {
  unexpired: "src/bin/terraform-provider-unexpired.ts",
  "aws-sandbox": "src/bin/terraform-provider-aws-sandbox.ts",
};

async function main(): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string };
  await Promise.all(
    Object.entries(providers).map(([name, entry]) =>
      bundleProvider({ entry: join(root, entry), folder: join(root, "dist/provider", name), version }),
    ),
  );
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
