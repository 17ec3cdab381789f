import { certificateRemaining, failuresOfHour, renewalsOfHour, renewalsOfEightHours } from "../alerts/recording-rules";
import { metricFamilies } from "../service-levels/metric-families";
import { noneIsGood, orNone, type Dashboard } from "./dashboard";

const { burnRate, deployments, endpointValid, ledgerUp, openRenewals, revocations } = metricFamilies;
const chosen = 'owner=~"$owner", tier=~"$tier"';

/** What is wrong right now, and which page helps? */
export const onCall: Dashboard = {
  uid: "on-call",
  title: "Certificates: on call",
  description: "What fires, what fails, what is half-way, and which runbook to open.",
  from: "6h",
  refresh: "1m",
  rows: [
    {
      height: 4,
      panels: [
        {
          title: "Pages",
          description: "Alerts that fire and wake somebody.",
          kind: "stat",
          width: 4,
          queries: [{ expression: orNone('count(ALERTS{alertstate="firing", severity="page"})', ledgerUp.name) }],
          steps: noneIsGood("red"),
        },
        {
          title: "Renewals under way",
          description:
            "By the ledger, from their begin to their end; unended: their run is silent, and nobody has taken them up.",
          kind: "stat",
          width: 4,
          queries: [{ expression: `max by (state) (${openRenewals.name})`, legend: "{{state}}" }],
        },
        {
          title: "Renewals that failed, 8 h",
          description: "Each try counts.",
          kind: "stat",
          width: 4,
          queries: [
            { expression: orNone(`ceil(sum(${renewalsOfEightHours.name}{outcome=~"failed|unknown"}))`, ledgerUp.name) },
          ],
          steps: noneIsGood("orange"),
          runbook: "renewal-failing",
        },
        {
          title: "Deployments half-way, 24 h",
          description: "Certificates that reached some of their listeners and not others.",
          kind: "stat",
          width: 4,
          queries: [
            { expression: orNone(`ceil(sum(increase(${deployments.name}{outcome="partial"}[1d])))`, ledgerUp.name) },
          ],
          steps: noneIsGood("red"),
          runbook: "partial-deployment",
        },
        {
          title: "Revocations, 7 d",
          description: "By the ledger.",
          kind: "stat",
          width: 4,
          queries: [{ expression: orNone(`ceil(sum(increase(${revocations.name}[7d])))`, ledgerUp.name) }],
          steps: noneIsGood("yellow"),
          runbook: "key-compromise",
        },
        {
          title: "Plans that wait for somebody",
          description: "Stacks whose plan needs an approval or is forbidden.",
          kind: "stat",
          width: 4,
          queries: [
            {
              expression: orNone(
                "count(max by (stack) (drift_check_stack_exit_code) >= 3)",
                "drift_check_stack_exit_code",
              ),
            },
          ],
          steps: noneIsGood("yellow"),
          runbook: "drift-needs-approval",
        },
      ],
    },
    {
      height: 9,
      panels: [
        {
          title: "Alerts that fire",
          description: "The runbook of each is in docs/runbooks/README.md.",
          kind: "table",
          width: 12,
          queries: [{ expression: 'ALERTS{alertstate="firing"}' }],
        },
        {
          title: "Map of endpoints without a valid certificate",
          description:
            "Every endpoint that is or was not valid in the time shown: 0 is not valid. One endpoint red and its neighbours green is a deployment that ended half-way.",
          kind: "history",
          width: 12,
          queries: [
            {
              expression: `min by (endpoint) (${endpointValid.name}{${chosen}}) and on (endpoint) min by (endpoint) (min_over_time(${endpointValid.name}{${chosen}}[1d])) == 0`,
              legend: "{{endpoint}}",
            },
          ],
          steps: [{ colour: "red" }, { from: 1, colour: "green" }],
          runbook: "partial-deployment",
        },
      ],
    },
    {
      height: 8,
      panels: [
        {
          title: "Renewals in an hour, by what came of them",
          description: "Each try counts, by its issuer.",
          kind: "timeseries",
          width: 8,
          queries: [
            { expression: `sum by (outcome, issuer) (${renewalsOfHour.name})`, legend: "{{outcome}} {{issuer}}" },
          ],
          runbook: "renewal-failing",
        },
        {
          title: "Failures in an hour, by cause",
          description:
            "ca: the CA's own; ca_rate_limit: it refuses for a limit; dns: a challenge; proxy: Edge DNS or our proxy; secrets: a right is missing.",
          kind: "timeseries",
          width: 8,
          queries: [{ expression: `sum by (cause, code) (${failuresOfHour.name})`, legend: "{{cause}} {{code}}" }],
        },
        {
          title: "Burn rates over an hour",
          description: "1 spends the error budget in 30 days; at 14.4 a page goes out.",
          kind: "timeseries",
          width: 8,
          queries: [{ expression: `max by (sli) (${burnRate.name}{window="1h"})`, legend: "{{sli}}" }],
        },
      ],
    },
    {
      height: 8,
      panels: [
        {
          title: "Stacks",
          description: "What each came to: 0 in order, 1 failed, 2 a safe change waits, 3 needs approval, 4 forbidden.",
          kind: "history",
          width: 12,
          queries: [{ expression: "max by (stack) (drift_check_stack_exit_code)", legend: "{{stack}}" }],
          steps: [
            { colour: "green" },
            { from: 1, colour: "red" },
            { from: 2, colour: "blue" },
            { from: 3, colour: "yellow" },
            { from: 4, colour: "orange" },
          ],
          runbook: "drift-check-failing",
        },
        {
          title: "What ends within two weeks",
          description: "In use, the first to end at the top.",
          kind: "table",
          width: 12,
          unit: "dtdurations",
          queries: [{ expression: `sort(${certificateRemaining.name}{${chosen}} < 14 * 86400)` }],
          runbook: "certificate-expiring-soon",
        },
      ],
    },
  ],
};
