/** Blocks of `aws_cloudwatch_event_target` for targets that the sandbox does not have: declared, so that it can say so. */
import {
  bool,
  list,
  listBlock,
  map,
  number,
  optional,
  required,
  set,
  setBlock,
  string,
} from "../../../provider/schema";

const ecsTarget = listBlock({
  maxItems: 1,
  attributes: {
    enable_ecs_managed_tags: optional(bool),
    enable_execute_command: optional(bool),
    group: optional(string),
    launch_type: optional(string),
    platform_version: optional(string),
    propagate_tags: optional(string),
    tags: optional(map(string)),
    task_count: optional(number),
    task_definition_arn: required(string),
  },
  blocks: {
    capacity_provider_strategy: setBlock({
      attributes: { base: optional(number), capacity_provider: required(string), weight: optional(number) },
    }),
    network_configuration: listBlock({
      maxItems: 1,
      attributes: {
        assign_public_ip: optional(bool),
        security_groups: optional(set(string)),
        subnets: required(set(string)),
      },
    }),
    ordered_placement_strategy: listBlock({ attributes: { field: optional(string), type: required(string) } }),
    placement_constraint: setBlock({ attributes: { expression: optional(string), type: required(string) } }),
  },
});

export const refusedBlocks = {
  appsync_target: listBlock({ maxItems: 1, attributes: { graphql_operation: optional(string) } }),
  batch_target: listBlock({
    maxItems: 1,
    attributes: {
      array_size: optional(number),
      job_attempts: optional(number),
      job_definition: required(string),
      job_name: required(string),
    },
  }),
  dead_letter_config: listBlock({ maxItems: 1, attributes: { arn: optional(string) } }),
  ecs_target: ecsTarget,
  http_target: listBlock({
    maxItems: 1,
    attributes: {
      header_parameters: optional(map(string)),
      path_parameter_values: optional(list(string)),
      query_string_parameters: optional(map(string)),
    },
  }),
  input_transformer: listBlock({
    maxItems: 1,
    attributes: { input_paths: optional(map(string)), input_template: required(string) },
  }),
  kinesis_target: listBlock({ maxItems: 1, attributes: { partition_key_path: optional(string) } }),
  redshift_target: listBlock({
    maxItems: 1,
    attributes: {
      database: required(string),
      db_user: optional(string),
      secrets_manager_arn: optional(string),
      sql: optional(string),
      statement_name: optional(string),
      with_event: optional(bool),
    },
  }),
  retry_policy: listBlock({
    maxItems: 1,
    attributes: {
      maximum_event_age_in_seconds: optional(number),
      maximum_retry_attempts: optional(number),
    },
  }),
  run_command_targets: listBlock({
    maxItems: 5,
    attributes: { key: required(string), values: required(list(string)) },
  }),
  sagemaker_pipeline_target: listBlock({
    maxItems: 1,
    attributes: {},
    blocks: {
      pipeline_parameter_list: setBlock({ attributes: { name: required(string), value: required(string) } }),
    },
  }),
  sqs_target: listBlock({ maxItems: 1, attributes: { message_group_id: optional(string) } }),
};

/** Their values in every state. */
export const refusedState = {
  appsync_target: [],
  batch_target: [],
  dead_letter_config: [],
  ecs_target: [],
  http_target: [],
  input_transformer: [],
  kinesis_target: [],
  redshift_target: [],
  retry_policy: [],
  run_command_targets: [],
  sagemaker_pipeline_target: [],
  sqs_target: [],
} as const;
