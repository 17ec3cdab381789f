/**
 * What `cdktf get` does for TypeScript: asks terraform for the schema of a provider and writes classes for it. Without
 * cdktf-cli, of which it is a part. Arguments: the provider as cdktf.json names it, and a folder.
 */
import { ConstructsMakerProviderTarget, Language, TerraformProviderConstraint } from "@cdktf/commons";
import { TerraformProviderGenerator } from "@cdktf/provider-generator/lib/get/generator/provider-generator";
import { readSchema } from "@cdktf/provider-schema";
import { CodeMaker } from "codemaker";

const [provider = "", folder = ""] = process.argv.slice(2);

async function main(): Promise<void> {
  const constraint = new TerraformProviderConstraint(provider);
  const { providerSchema } = await readSchema([constraint]);
  if (providerSchema === undefined) throw new Error(`terraform tells no schema of ${provider}`);
  const code = new CodeMaker();
  new TerraformProviderGenerator(code, providerSchema).generate(
    ConstructsMakerProviderTarget.from(constraint, Language.TYPESCRIPT),
  );
  await code.save(folder);
}

void main();
