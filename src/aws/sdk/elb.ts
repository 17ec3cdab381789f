/** What we use of the client for Classic Load Balancers; a bundler leaves the rest out. */
export {
  AddTagsCommand,
  ApplySecurityGroupsToLoadBalancerCommand,
  ConfigureHealthCheckCommand,
  CreateLoadBalancerCommand,
  CreateLoadBalancerListenersCommand,
  DeleteLoadBalancerCommand,
  DeleteLoadBalancerListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingClient,
  ModifyLoadBalancerAttributesCommand,
  RemoveTagsCommand,
  SetLoadBalancerListenerSSLCertificateCommand,
} from "@aws-sdk/client-elastic-load-balancing";
