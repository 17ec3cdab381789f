import type { Alert } from "./alert";
import { expiryAlerts } from "./expiry-alerts";
import { operationAlerts } from "./operation-alerts";
import { renewalAlerts } from "./renewal-alerts";

/** Every alert, each name once. */
export const allAlerts: readonly Alert[] = [...expiryAlerts, ...renewalAlerts, ...operationAlerts];
