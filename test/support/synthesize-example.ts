import { ExampleFolder } from "./examples/example-folder";
import type { SynthesizedStack } from "./synthesize-stack";

/** What the `main.ts` of an example makes in a folder of its own, with the settings as environment. */
export async function synthesizeExample(
  name: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<SynthesizedStack> {
  const example = await ExampleFolder.copy(name);
  try {
    await example.synthesize(settings);
    return JSON.parse(await example.stackText()) as SynthesizedStack;
  } finally {
    await example.remove();
  }
}
