import type { Dashboard } from "./dashboard";
import { debug } from "./debug";
import { executive } from "./executive";
import { onCall } from "./on-call";

export const allDashboards: readonly Dashboard[] = [executive, onCall, debug];
