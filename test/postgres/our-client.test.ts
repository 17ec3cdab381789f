import "../support/two-replicas";
import "../integration/proxy/our-client.test";
