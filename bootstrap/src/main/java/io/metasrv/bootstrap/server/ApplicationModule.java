package io.metasrv.bootstrap.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.metasrv.adapters.kafka.KafkaWalTopics;
import io.metasrv.application.metasrv.Metasrv;
import io.metasrv.application.metasrv.MetasrvAssembly;
import io.metasrv.application.metasrv.MetasrvPorts;
import io.metasrv.application.metasrv.MetasrvServices;
import io.metasrv.application.metasrv.SelfDescription;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.port.EventLog;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.NodeClients;
import io.metasrv.application.port.PeerClient;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.WalTopics;
import java.util.List;

/** The application, made by its own assembly from the ports the other modules provide. */
final class ApplicationModule extends AbstractModule {

  @Provides
  @Singleton
  Metasrv metasrv(
      ServerAddress address,
      StoreBackend backend,
      PeerClient peers,
      NodeClients nodes,
      WalTopics walTopics,
      Runtime runtime,
      Metrics metrics,
      EventLog events,
      SelfDescription self,
      MetasrvOptions options) {
    MetasrvPorts ports =
        new MetasrvPorts(
            backend.store(),
            backend.election(),
            backend.shared(),
            peers,
            nodes,
            walTopics,
            runtime,
            metrics,
            events,
            self);
    return MetasrvAssembly.assemble(address.text(), ports, options, List.of());
  }

  /** Connects to no broker unless the options name a remote log. */
  @Provides
  @Singleton
  WalTopics walTopics(MetasrvOptions options, Lifecycle lifecycle) {
    return switch (options.wal().provider()) {
      case RAFT_ENGINE -> WalTopics.NONE;
      case KAFKA -> {
        KafkaWalTopics topics = new KafkaWalTopics(options.wal().kafka());
        lifecycle.add("client of the remote write-ahead log", topics::close);
        yield topics;
      }
    };
  }

  @Provides
  @Singleton
  MetasrvServices services(Metasrv metasrv) {
    return metasrv.services();
  }
}
