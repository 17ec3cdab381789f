import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, messageOf } from "../../platform/errors";

/**
 * The versions of providers that `terraform init` chose for a folder: its dependency lock file, which terraform writes in
 * a form of its own (Terraform, "Dependency Lock File"). Empty where there is none.
 */
export async function providerVersions(folder: string): Promise<Record<string, string>> {
  const path = join(folder, ".terraform.lock.hcl");
  try {
    const text = await readFile(path, "utf8");
    const blocks = [...text.matchAll(/^provider "([^"]+)" \{\n[^}]*?^ +version += "([^"]+)"$/gm)];
    return Object.fromEntries(blocks.map(([, name = "", version = ""]) => [name, version]));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new AppError("store_unreadable", `cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}
