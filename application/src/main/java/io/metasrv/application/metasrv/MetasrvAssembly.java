package io.metasrv.application.metasrv;

import io.metasrv.application.admin.AdminServiceHandler;
import io.metasrv.application.admin.ProcedureAdminHandler;
import io.metasrv.application.catalogue.CatalogueHandler;
import io.metasrv.application.cluster.ClusterServiceHandler;
import io.metasrv.application.cluster.LeaderMemory;
import io.metasrv.application.cluster.LeaderMemoryReader;
import io.metasrv.application.config.ConfigServiceHandler;
import io.metasrv.application.ddl.DdlContexts;
import io.metasrv.application.ddl.DdlManager;
import io.metasrv.application.heartbeat.HeartbeatEndpoint;
import io.metasrv.application.heartbeat.HeartbeatExtensions;
import io.metasrv.application.heartbeat.HeartbeatOptions;
import io.metasrv.application.heartbeat.HeartbeatTerms;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.options.OptionsCheck;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.procedure.ProcedureServiceHandler;
import io.metasrv.application.procedure.ProcedureTerms;
import io.metasrv.application.service.HeartbeatService;
import io.metasrv.application.store.ChrootStore;
import io.metasrv.application.store.LeaderCache;
import io.metasrv.application.store.LeaderCacheLoad;
import io.metasrv.application.store.MeasuredStore;
import io.metasrv.application.store.TermStore;
import io.metasrv.application.storeservice.LeaderWrites;
import io.metasrv.application.storeservice.StoreServiceHandler;
import io.metasrv.application.wal.WalTopicTerms;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one wiring: makes every object of the application from ports and options, in plain Java.
 * Production, tests, the simulator and programs that embed the system all go through it. Does no
 * work besides.
 */
public final class MetasrvAssembly {

  private static final Logger LOG = LoggerFactory.getLogger(MetasrvAssembly.class);

  private MetasrvAssembly() {}

  /**
   * Makes a metasrv without extensions.
   *
   * @see #assemble(String, MetasrvPorts, MetasrvOptions, HeartbeatExtensions, List)
   */
  public static Metasrv assemble(
      String address,
      MetasrvPorts ports,
      MetasrvOptions options,
      List<TermComponentFactory> plugins) {
    return assemble(address, ports, options, HeartbeatExtensions.NONE, plugins);
  }

  /**
   * Makes a metasrv.
   *
   * @param address the advertised {@code host:port}; not empty, and no other node's
   * @param extensions what is put into the chain of heartbeat handlers
   * @param plugins further components of each term, started after the system's own
   * @throws ServiceException (InvalidArguments) if the options break an argument the system rests
   *     on
   */
  public static Metasrv assemble(
      String address,
      MetasrvPorts ports,
      MetasrvOptions options,
      HeartbeatExtensions extensions,
      List<TermComponentFactory> plugins) {
    check(address, options);
    KeyValueStore measured = new MeasuredStore(ports.store(), ports.runtime(), ports.metrics());
    KeyValueStore store = ChrootStore.under(Bytes.utf8(options.store().keyPrefix()), measured);
    HeartbeatTerms heartbeats = new HeartbeatTerms(HeartbeatOptions.of(options), extensions);
    WalTopicTerms topics = new WalTopicTerms(options.wal(), ports.walTopics());
    DdlContexts contexts = new DdlContexts(options, heartbeats, topics, ports.nodes());
    DdlManager ddl = new DdlManager(contexts, address);
    ProcedureTerms procedures = new ProcedureTerms(options.procedure(), List.of(ddl));
    LeadershipKeeper keeper =
        new LeadershipKeeper(
            ports.election(),
            address,
            ports.runtime(),
            ports.metrics(),
            ports.events(),
            term -> context(term, store, ports, address),
            components(heartbeats, topics, procedures, plugins));
    CandidateAnnouncer announcer =
        new CandidateAnnouncer(
            ports.election(),
            address,
            ports.self(),
            ports.runtime(),
            ports.metrics(),
            ports.events());
    HeartbeatEndpoint endpoint = new HeartbeatEndpoint(keeper, heartbeats, ports.metrics());
    return new Metasrv(
        store,
        keeper,
        announcer,
        endpoint,
        ports.sharedStore(),
        services(
            keeper,
            endpoint,
            store,
            ports,
            heartbeats,
            procedures,
            ddl,
            new LeaderWrites(keeper, ports.peers(), ports.metrics(), contexts::written)));
  }

  /** In the order of their start: what others read first, then what is told to others. */
  private static List<TermComponentFactory> components(
      HeartbeatTerms heartbeats,
      WalTopicTerms topics,
      ProcedureTerms procedures,
      List<TermComponentFactory> plugins) {
    List<TermComponentFactory> components = new ArrayList<>();
    components.add(context -> new LeaderCacheLoad(context.cachedStore()));
    components.add(heartbeats);
    components.add(topics);
    components.add(procedures);
    components.addAll(plugins);
    return components;
  }

  private static void check(String address, MetasrvOptions options) {
    List<String> errors = new ArrayList<>(OptionsCheck.errors(options));
    if (address.isEmpty()) {
      errors.add("the advertised address is empty: set grpc.server_addr");
    }
    if (!errors.isEmpty()) {
      throw ServiceException.invalidArguments(String.join("; ", errors));
    }
    OptionsCheck.warnings(options).forEach(warning -> LOG.warn("Unwise options: {}", warning));
  }

  private static TermContext context(
      Term term, KeyValueStore store, MetasrvPorts ports, String address) {
    TermStore fenced = new TermStore(term, store);
    LeaderCache cached = new LeaderCache(fenced, ports.runtime(), ports.metrics());
    return new TermContext(
        term, fenced, cached, ports.runtime(), ports.metrics(), ports.events(), address);
  }

  private static MetasrvServices services(
      Leadership leadership,
      HeartbeatService heartbeat,
      KeyValueStore store,
      MetasrvPorts ports,
      HeartbeatTerms heartbeats,
      ProcedureTerms procedures,
      DdlManager ddl,
      LeaderWrites writes) {
    LeaderMemory memory = heartbeats.memory();
    LeaderMemoryReader reader =
        new LeaderMemoryReader(memory, leadership, ports.peers(), ports.runtime());
    LongPredicate aliveDatanodes =
        id -> heartbeats.current().flatMap(term -> term.discovery().aliveDatanode(id)).isPresent();
    return new MetasrvServices(
        heartbeat,
        new StoreServiceHandler(store, writes, ports.runtime(), ports.metrics()),
        new ClusterServiceHandler(memory, leadership, ports.election(), ports.self()),
        new ConfigServiceHandler(),
        new ProcedureServiceHandler(
            leadership, store, aliveDatanodes, procedures::current, ddl::current),
        new AdminServiceHandler(
            leadership,
            ports.sharedStore(),
            store,
            writes,
            reader,
            ports.events(),
            ports.runtime()),
        new ProcedureAdminHandler(leadership, procedures::current),
        new CatalogueHandler(store));
  }
}
