/** What we use of the client for application and network load balancers; a bundler leaves the rest out. */
export {
  AddListenerCertificatesCommand,
  AddTagsCommand,
  CreateListenerCommand,
  DeleteListenerCommand,
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  RemoveListenerCertificatesCommand,
  RemoveTagsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
