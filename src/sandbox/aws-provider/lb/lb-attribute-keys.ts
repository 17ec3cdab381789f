/** Which attributes of `aws_lb` the API keeps under which key, by type of load balancer. */
const ofBoth = {
  enable_deletion_protection: "deletion_protection.enabled",
  enable_zonal_shift: "zonal_shift.config.enabled",
};

export const keysByType = {
  application: {
    ...ofBoth,
    client_keep_alive: "client_keep_alive.seconds",
    desync_mitigation_mode: "routing.http.desync_mitigation_mode",
    drop_invalid_header_fields: "routing.http.drop_invalid_header_fields.enabled",
    enable_http2: "routing.http2.enabled",
    enable_tls_version_and_cipher_suite_headers: "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
    enable_waf_fail_open: "waf.fail_open.enabled",
    enable_xff_client_port: "routing.http.xff_client_port.enabled",
    idle_timeout: "idle_timeout.timeout_seconds",
    preserve_host_header: "routing.http.preserve_host_header.enabled",
    xff_header_processing_mode: "routing.http.xff_header_processing.mode",
  },
  network: {
    ...ofBoth,
    dns_record_client_routing_policy: "dns_record.client_routing_policy",
    enable_cross_zone_load_balancing: "load_balancing.cross_zone.enabled",
    secondary_ips_auto_assigned_per_subnet: "secondary_ips.auto_assigned.per_subnet",
  },
} as const;
