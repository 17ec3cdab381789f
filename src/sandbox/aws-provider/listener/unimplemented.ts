/** Members of `aws_lb_listener` that the real provider has and the stand-in refuses: declared, so that it can say so. */
import {
  bool,
  list,
  listBlock,
  map,
  number,
  optional,
  optionalComputed,
  required,
  singleBlock,
  string,
} from "../../../provider/schema";
import type { AttributeType, StringType } from "../../../provider/wire/block-type";

/** Listener attributes of DescribeListenerAttributes; all texts. */
const textAttributes = [
  "routing_http_request_x_amzn_mtls_clientcert_header_name",
  "routing_http_request_x_amzn_mtls_clientcert_issuer_header_name",
  "routing_http_request_x_amzn_mtls_clientcert_leaf_header_name",
  "routing_http_request_x_amzn_mtls_clientcert_serial_number_header_name",
  "routing_http_request_x_amzn_mtls_clientcert_subject_header_name",
  "routing_http_request_x_amzn_mtls_clientcert_validity_header_name",
  "routing_http_request_x_amzn_tls_cipher_suite_header_name",
  "routing_http_request_x_amzn_tls_version_header_name",
  "routing_http_response_access_control_allow_credentials_header_value",
  "routing_http_response_access_control_allow_headers_header_value",
  "routing_http_response_access_control_allow_methods_header_value",
  "routing_http_response_access_control_allow_origin_header_value",
  "routing_http_response_access_control_expose_headers_header_value",
  "routing_http_response_access_control_max_age_header_value",
  "routing_http_response_content_security_policy_header_value",
  "routing_http_response_strict_transport_security_header_value",
  "routing_http_response_x_content_type_options_header_value",
  "routing_http_response_x_frame_options_header_value",
] as const;

type TextAttributes = Record<(typeof textAttributes)[number], AttributeType<StringType, "optionalComputed">>;

export const refusedAttributes = {
  ...(Object.fromEntries(textAttributes.map((name) => [name, optionalComputed(string)])) as TextAttributes),
  routing_http_response_server_enabled: optionalComputed(bool),
  tcp_idle_timeout_seconds: optionalComputed(number),
};

export const refusedBlocks = {
  mutual_authentication: listBlock({
    maxItems: 1,
    attributes: {
      advertise_trust_store_ca_names: optionalComputed(string),
      ignore_client_certificate_expiry: optional(bool),
      mode: required(string),
      trust_store_arn: optional(string),
    },
  }),
  timeouts: singleBlock({ attributes: { create: optional(string), update: optional(string) } }),
};

/** The same in `default_action`. */
export const refusedActionBlocks = {
  authenticate_cognito: listBlock({
    maxItems: 1,
    attributes: {
      authentication_request_extra_params: optional(map(string)),
      on_unauthenticated_request: optionalComputed(string),
      scope: optional(string),
      session_cookie_name: optional(string),
      session_timeout: optional(number),
      user_pool_arn: required(string),
      user_pool_client_id: required(string),
      user_pool_domain: required(string),
    },
  }),
  authenticate_oidc: listBlock({
    maxItems: 1,
    attributes: {
      authentication_request_extra_params: optional(map(string)),
      authorization_endpoint: required(string),
      client_id: required(string),
      client_secret: required(string, { sensitive: true }),
      issuer: required(string),
      on_unauthenticated_request: optionalComputed(string),
      scope: optional(string),
      session_cookie_name: optional(string),
      session_timeout: optional(number),
      token_endpoint: required(string),
      user_info_endpoint: required(string),
    },
  }),
  jwt_validation: listBlock({
    maxItems: 1,
    attributes: { issuer: required(string), jwks_endpoint: required(string) },
    blocks: {
      additional_claim: listBlock({
        attributes: { format: required(string), name: required(string), values: required(list(string)) },
      }),
    },
  }),
};

type Nulls = Readonly<Record<keyof typeof refusedAttributes, null>>;

/** Their values in every state. */
export const refusedState = {
  ...(Object.fromEntries(Object.keys(refusedAttributes).map((name) => [name, null])) as Nulls),
  mutual_authentication: [],
  timeouts: null,
} as const;

export const refusedActionState = { authenticate_cognito: [], authenticate_oidc: [], jwt_validation: [] } as const;
