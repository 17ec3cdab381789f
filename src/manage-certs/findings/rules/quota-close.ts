import type { FindingRule } from "../finding";

const share = 0.8;

export const quotaClose: FindingRule = {
  id: "quota-close",
  title: "80 % of a quota is used, by AWS's default limits",
  severity: "warning",
  advice: "delete what nothing uses, or ask for more in Service Quotas",
  find: (view) =>
    view.estate.usage
      .filter(({ used, limit }) => used >= share * limit)
      .map(({ accountId, region, quota, subject, used, limit }) => ({
        ...{ accountId, region, severity: "warning" as const },
        subject: subject ?? `${accountId}/${region}`,
        part: quota,
        name: view.estate.servingPoints.find(({ id }) => id === subject)?.name ?? `${accountId} ${region}`,
        message: `${used} ${quota}, where AWS allows ${limit} by default`,
        action: "delete what nothing uses, or ask for more in Service Quotas",
      })),
};
