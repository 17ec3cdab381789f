import "../support/two-replicas";
import "../integration/proxy/recorded-clients.test";
