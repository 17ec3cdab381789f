/** What we use of the client for Classic Load Balancers; a bundler leaves the rest out. */
export {
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingClient,
  SetLoadBalancerListenerSSLCertificateCommand,
} from "@aws-sdk/client-elastic-load-balancing";
