import { generateKeyPairSync } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";
import { formsOf, scanForKeys, type KeyHit } from "./key-scan";

/** Searches every file of folders, those of installed plugins left out. */
export async function scanFolders(
  folders: readonly string[],
  privateKeyPems: readonly string[],
): Promise<{ hits: KeyHit[]; files: number }> {
  const options = { withFileTypes: true, recursive: true } as const;
  const entries = (await Promise.all(folders.map((folder) => readdir(folder, options)))).flat();
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes("/.terraform/"));
  const hits = await Promise.all(paths.map(async (path) => scanForKeys(path, await readFile(path), privateKeyPems)));
  return { hits: hits.flat(), files: paths.length };
}

/** Whether the search finds a key in each form, in JSON, in a PEM block and inside a zip: else finding none means nothing. */
export async function plantedKeyIsFound(parent: string): Promise<boolean> {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const planted = [
    ...formsOf(pem).map(({ text }) => text),
    JSON.stringify({ resources: [{ attributes: { key: pem } }] }),
    `line\n${pem}`,
  ];
  const folder = join(parent, "planted");
  await mkdir(folder, { recursive: true });
  await Promise.all(planted.map((text, index) => writeFile(join(folder, `${index}.txt`), text)));
  await writeFile(join(folder, "plan.zip"), zipSync({ tfstate: Buffer.from(pem) }));
  const { hits } = await scanFolders([folder], [pem]);
  const found = new Set(hits.map(({ place }) => place.replace(/!.*/, "")));
  return found.size === planted.length + 1;
}
