/** The toy provider as a process of its own; bundled and installed by the end-to-end test. */
import { servePlugin } from "../../src/provider/plugin/serve-plugin";
import { toyProvider } from "./toy-provider";

void servePlugin({ address: toyProvider.address, load: () => toyProvider }, process);
