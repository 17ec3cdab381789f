import { certificateRemaining } from "../alerts/recording-rules";
import { metricFamilies } from "../service-levels/metric-families";
import { noneIsGood, orNone, type Dashboard } from "./dashboard";

const { endpointValid, errorBudgetRemaining, ledgerUp, policyDenials, sliRatio, sloTarget, waivers } = metricFamilies;
const chosen = 'owner=~"$owner", tier=~"$tier"';
const remaining = `${certificateRemaining.name}{${chosen}}`;
const valid = `min by (endpoint, owner, tier) (${endpointValid.name}{${chosen}})`;

/** Are certificates in order, and will they be? For people who do not mend them. */
export const executive: Dashboard = {
  uid: "executive",
  title: "Certificates: overview",
  description: "Whether certificates are in order, what ends soon, and what the month's error budgets have left.",
  from: "30d",
  refresh: "5m",
  rows: [
    {
      height: 5,
      panels: [
        {
          title: "Endpoints with a valid certificate",
          description:
            "Of the endpoints that the latest look reached, by the names that clients ask for. Target: 99.9 %.",
          kind: "stat",
          width: 5,
          unit: "percentunit",
          queries: [{ expression: `avg(${valid})` }],
          steps: [{ colour: "red" }, { from: 0.99, colour: "orange" }, { from: 0.999, colour: "green" }],
          runbook: "endpoint-not-valid",
        },
        {
          title: "Certificates that end within 7 days",
          description: "In use, and not yet ended. Short-lived certificates are among them all their life.",
          kind: "stat",
          width: 5,
          queries: [{ expression: orNone(`count(${remaining} > 0 and ${remaining} < 7 * 86400)`, remaining) }],
          steps: noneIsGood("orange"),
          runbook: "certificate-expiring-soon",
        },
        {
          title: "Expired certificates",
          description: "In use, and turned away by clients.",
          kind: "stat",
          width: 4,
          queries: [{ expression: orNone(`count(${remaining} <= 0)`, remaining) }],
          steps: noneIsGood("red"),
          runbook: "expiry-outage",
        },
        {
          title: "Incidents this week",
          description: "Causes of which at least one alert paged somebody, in seven days.",
          kind: "stat",
          width: 5,
          queries: [
            {
              expression: orNone(
                'count(count by (cause) (count_over_time(ALERTS{alertstate="firing", severity="page"}[7d])))',
                ledgerUp.name,
              ),
            },
          ],
          steps: noneIsGood("orange"),
        },
        {
          title: "Policy violations this week",
          description: "What the policy denied in seven days, and was not done.",
          kind: "stat",
          width: 5,
          queries: [{ expression: orNone(`ceil(sum(increase(${policyDenials.name}[7d])))`, ledgerUp.name) }],
          steps: noneIsGood("yellow"),
        },
      ],
    },
    {
      height: 9,
      panels: [
        {
          title: "Error budgets: what is left of 30 days",
          description:
            "1 is untouched, 0 is spent, less is overspent. docs/reference/service-levels.md says what counts.",
          kind: "bars",
          width: 12,
          unit: "percentunit",
          queries: [{ expression: `min by (sli) (${errorBudgetRemaining.name})`, legend: "{{sli}}" }],
          steps: [{ colour: "red" }, { from: 0, colour: "orange" }, { from: 0.25, colour: "green" }],
        },
        {
          title: "Service levels over 30 days, and their targets",
          description: "The good share of what counted.",
          kind: "bars",
          width: 12,
          unit: "percentunit",
          queries: [
            { expression: `min by (sli) (${sliRatio.name}{window="30d"})`, legend: "{{sli}}" },
            { expression: `min by (sli) (${sloTarget.name})`, legend: "{{sli}}: target" },
          ],
        },
      ],
    },
    {
      height: 10,
      panels: [
        {
          title: "What ends next",
          description: "The 20 certificates with the least time left.",
          kind: "table",
          width: 14,
          unit: "dtdurations",
          queries: [{ expression: `sort(bottomk(20, ${remaining}))` }],
          runbook: "certificate-expiring-soon",
        },
        {
          title: "Waivers in force",
          description: "What is allowed although the policy denies it, by rule and owner.",
          kind: "table",
          width: 10,
          queries: [{ expression: `sort_desc(max by (rule, owner) (${waivers.name}{owner=~"$owner"}))` }],
        },
      ],
    },
    {
      height: 8,
      panels: [
        {
          title: "Endpoints with a valid certificate, over time",
          description: "By owner; a line that is not at 100 % is an outage that somebody may have noticed.",
          kind: "timeseries",
          width: 14,
          unit: "percentunit",
          queries: [{ expression: `avg by (owner) (${valid})`, legend: "{{owner}}" }],
        },
        {
          title: "Denials by rule, a day",
          description: "What the policy denied, by rule.",
          kind: "timeseries",
          width: 10,
          queries: [{ expression: `sum by (rule) (increase(${policyDenials.name}[1d]))`, legend: "{{rule}}" }],
        },
      ],
    },
  ],
};
