package io.metasrv.adapters.etcd;

import io.metasrv.application.options.EtcdOptions;
import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import java.time.Duration;
import java.util.List;

/** Options for tests. */
final class Etcds {

  private Etcds() {}

  /** Plain text to these addresses, with a call timeout of ten seconds. */
  static StoreOptions options(String... addresses) {
    return options(Duration.ofSeconds(10), addresses);
  }

  static StoreOptions options(Duration callTimeout, String... addresses) {
    return StoreOptions.defaults()
        .withAddresses(List.of(addresses))
        .withTls(new TlsOptions(TlsMode.DISABLE, "", "", "", false))
        .withEtcd(EtcdOptions.defaults().withCallTimeout(callTimeout));
  }
}
