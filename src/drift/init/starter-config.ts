/** A drift-check.yaml to start from: right as it stands for stacks that cdktf synthesizes by `npm run synth`. */
export const starterConfig = `# What drift-check works with. Everything may be left out; docs/reference/drift-check.md has it all.

cdktf:
  folder: cdktf.out
  synthesize: npm run synth # run first, in the shell

# Plain terraform folders, beside the stacks of cdktf.
# stacks:
#   - name: dns
#     folder: infra/dns

limits:
  renewals: 10 # certificates that one plan may renew unattended
  planAgeMinutes: 60

# What may change with a renewal, beside outputs.
# follow:
#   - type: aws_ssm_parameter
#     attributes: [value, version]

# When nothing is applied without an approval.
# freezes:
#   - from: 2026-12-20
#     until: 2027-01-04
#     reason: the end of the year

# Where the listeners are, if the runner does not reach them by their names; false: they are not looked at.
# verify:
#   handshakes: true
#   connectTo: ["www.example.gov:443:10.0.0.5:8443"]

# Who is told. Addresses of webhooks are secrets: say where they are, not what they are.
# notify:
#   - webhook:
#       url: { secretsManager: "arn:aws:secretsmanager:us-east-1:111122223333:secret:drift-check/slack" }
#       format: slack
#     on: [failed, forbidden, needs-approval, resolved]
#   - sns: { topicArn: "arn:aws:sns:us-east-1:111122223333:on-call" }
`;
