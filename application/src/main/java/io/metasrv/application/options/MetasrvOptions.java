package io.metasrv.application.options;

import java.time.Duration;

/**
 * All options of a metasrv (sheet 02 §18.2). Immutable; a test or an embedding program starts from
 * {@link #defaults(int)} and changes what it needs.
 *
 * @param dataHome {@code data_home}: directory of logs and of the embedded store
 * @param store where metadata are kept
 * @param selector placement of new regions
 * @param failover moving regions away from dead nodes
 * @param heartbeatInterval base interval H of heartbeats, from which leases are derived (sheet 02
 *     §23)
 * @param nodeMaxIdleTime after that long without a heartbeat a node's info is forgotten
 * @param flushStatsFactor datanode heartbeats gathered before statistics are written; at least 1
 * @param grpc the port of nodes and clients
 * @param http the port of operators
 * @param procedure procedure manager
 * @param failureDetector when a node counts as dead
 * @param datanodeClient calls to datanodes
 * @param peerClient our own: calls to flownodes, frontends and other metasrvs
 * @param wal write-ahead log of datanodes
 * @param eventRecorder history of events
 * @param statsPersistence history of statistics
 * @param gc collection of unused files
 * @param logging log of this process
 * @param shutdown our own: how the process ends
 * @param ignored options without effect here
 */
public record MetasrvOptions(
    String dataHome,
    StoreOptions store,
    SelectorType selector,
    FailoverOptions failover,
    Duration heartbeatInterval,
    Duration nodeMaxIdleTime,
    int flushStatsFactor,
    GrpcOptions grpc,
    HttpOptions http,
    ProcedureOptions procedure,
    FailureDetectorOptions failureDetector,
    NodeClientOptions datanodeClient,
    NodeClientOptions peerClient,
    WalOptions wal,
    EventRecorderOptions eventRecorder,
    StatsPersistenceOptions statsPersistence,
    GcOptions gc,
    LoggingOptions logging,
    ShutdownOptions shutdown,
    IgnoredOptions ignored) {

  /**
   * The reference's defaults.
   *
   * @param processors of the machine; only options without effect depend on it
   */
  public static MetasrvOptions defaults(int processors) {
    return new MetasrvOptions(
        "./greptimedb_data",
        StoreOptions.defaults(),
        SelectorType.ROUND_ROBIN,
        FailoverOptions.defaults(),
        Duration.ofSeconds(3),
        Duration.ofHours(24),
        3,
        GrpcOptions.defaults(),
        HttpOptions.defaults(),
        ProcedureOptions.defaults(),
        FailureDetectorOptions.defaults(),
        NodeClientOptions.defaults(),
        NodeClientOptions.defaults(),
        WalOptions.defaults(),
        EventRecorderOptions.defaults(),
        StatsPersistenceOptions.defaults(),
        GcOptions.defaults(),
        LoggingOptions.defaults(),
        ShutdownOptions.defaults(),
        IgnoredOptions.defaults(processors));
  }

  /** {@link #defaults(int)} for one processor: the same on every machine, as tests want it. */
  public static MetasrvOptions defaults() {
    return defaults(1);
  }

  /** The same with another value of {@code dataHome}. */
  public MetasrvOptions withDataHome(String newDataHome) {
    return new MetasrvOptions(
        newDataHome,
        store,
        selector,
        failover,
        heartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        http,
        procedure,
        failureDetector,
        datanodeClient,
        peerClient,
        wal,
        eventRecorder,
        statsPersistence,
        gc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code store}. */
  public MetasrvOptions withStore(StoreOptions newStore) {
    return new MetasrvOptions(
        dataHome,
        newStore,
        selector,
        failover,
        heartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        http,
        procedure,
        failureDetector,
        datanodeClient,
        peerClient,
        wal,
        eventRecorder,
        statsPersistence,
        gc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code selector}. */
  public MetasrvOptions withSelector(SelectorType newSelector) {
    return new MetasrvOptions(
        dataHome,
        store,
        newSelector,
        failover,
        heartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        http,
        procedure,
        failureDetector,
        datanodeClient,
        peerClient,
        wal,
        eventRecorder,
        statsPersistence,
        gc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code failover}. */
  public MetasrvOptions withFailover(FailoverOptions newFailover) {
    return new MetasrvOptions(
        dataHome,
        store,
        selector,
        newFailover,
        heartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        http,
        procedure,
        failureDetector,
        datanodeClient,
        peerClient,
        wal,
        eventRecorder,
        statsPersistence,
        gc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code heartbeatInterval}. */
  public MetasrvOptions withHeartbeatInterval(Duration newHeartbeatInterval) {
    return new MetasrvOptions(
        dataHome,
        store,
        selector,
        failover,
        newHeartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        http,
        procedure,
        failureDetector,
        datanodeClient,
        peerClient,
        wal,
        eventRecorder,
        statsPersistence,
        gc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code nodeMaxIdleTime}. */
  public MetasrvOptions withNodeMaxIdleTime(Duration newNodeMaxIdleTime) {
    return new MetasrvOptions(
        dataHome,
        store,
        selector,
        failover,
        heartbeatInterval,
        newNodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        http,
        procedure,
        failureDetector,
        datanodeClient,
        peerClient,
        wal,
        eventRecorder,
        statsPersistence,
        gc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code flushStatsFactor}. */
  public MetasrvOptions withFlushStatsFactor(int newFlushStatsFactor) {
    return new MetasrvOptions(
        dataHome,
        store,
        selector,
        failover,
        heartbeatInterval,
        nodeMaxIdleTime,
        newFlushStatsFactor,
        grpc,
        http,
        procedure,
        failureDetector,
        datanodeClient,
        peerClient,
        wal,
        eventRecorder,
        statsPersistence,
        gc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code grpc}. */
  public MetasrvOptions withGrpc(GrpcOptions newGrpc) {
    return new MetasrvOptions(
        dataHome,
        store,
        selector,
        failover,
        heartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        newGrpc,
        http,
        procedure,
        failureDetector,
        datanodeClient,
        peerClient,
        wal,
        eventRecorder,
        statsPersistence,
        gc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code http}. */
  public MetasrvOptions withHttp(HttpOptions newHttp) {
    return new MetasrvOptions(
        dataHome,
        store,
        selector,
        failover,
        heartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        newHttp,
        procedure,
        failureDetector,
        datanodeClient,
        peerClient,
        wal,
        eventRecorder,
        statsPersistence,
        gc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code procedure}. */
  public MetasrvOptions withProcedure(ProcedureOptions newProcedure) {
    return new MetasrvOptions(
        dataHome,
        store,
        selector,
        failover,
        heartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        http,
        newProcedure,
        failureDetector,
        datanodeClient,
        peerClient,
        wal,
        eventRecorder,
        statsPersistence,
        gc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code failureDetector}. */
  public MetasrvOptions withFailureDetector(FailureDetectorOptions newFailureDetector) {
    return new MetasrvOptions(
        dataHome,
        store,
        selector,
        failover,
        heartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        http,
        procedure,
        newFailureDetector,
        datanodeClient,
        peerClient,
        wal,
        eventRecorder,
        statsPersistence,
        gc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code datanodeClient}. */
  public MetasrvOptions withDatanodeClient(NodeClientOptions newDatanodeClient) {
    return new MetasrvOptions(
        dataHome,
        store,
        selector,
        failover,
        heartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        http,
        procedure,
        failureDetector,
        newDatanodeClient,
        peerClient,
        wal,
        eventRecorder,
        statsPersistence,
        gc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code peerClient}. */
  public MetasrvOptions withPeerClient(NodeClientOptions newPeerClient) {
    return new MetasrvOptions(
        dataHome,
        store,
        selector,
        failover,
        heartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        http,
        procedure,
        failureDetector,
        datanodeClient,
        newPeerClient,
        wal,
        eventRecorder,
        statsPersistence,
        gc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code wal}. */
  public MetasrvOptions withWal(WalOptions newWal) {
    return new MetasrvOptions(
        dataHome,
        store,
        selector,
        failover,
        heartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        http,
        procedure,
        failureDetector,
        datanodeClient,
        peerClient,
        newWal,
        eventRecorder,
        statsPersistence,
        gc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code eventRecorder}. */
  public MetasrvOptions withEventRecorder(EventRecorderOptions newEventRecorder) {
    return new MetasrvOptions(
        dataHome,
        store,
        selector,
        failover,
        heartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        http,
        procedure,
        failureDetector,
        datanodeClient,
        peerClient,
        wal,
        newEventRecorder,
        statsPersistence,
        gc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code statsPersistence}. */
  public MetasrvOptions withStatsPersistence(StatsPersistenceOptions newStatsPersistence) {
    return new MetasrvOptions(
        dataHome,
        store,
        selector,
        failover,
        heartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        http,
        procedure,
        failureDetector,
        datanodeClient,
        peerClient,
        wal,
        eventRecorder,
        newStatsPersistence,
        gc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code gc}. */
  public MetasrvOptions withGc(GcOptions newGc) {
    return new MetasrvOptions(
        dataHome,
        store,
        selector,
        failover,
        heartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        http,
        procedure,
        failureDetector,
        datanodeClient,
        peerClient,
        wal,
        eventRecorder,
        statsPersistence,
        newGc,
        logging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code logging}. */
  public MetasrvOptions withLogging(LoggingOptions newLogging) {
    return new MetasrvOptions(
        dataHome,
        store,
        selector,
        failover,
        heartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        http,
        procedure,
        failureDetector,
        datanodeClient,
        peerClient,
        wal,
        eventRecorder,
        statsPersistence,
        gc,
        newLogging,
        shutdown,
        ignored);
  }

  /** The same with another value of {@code shutdown}. */
  public MetasrvOptions withShutdown(ShutdownOptions newShutdown) {
    return new MetasrvOptions(
        dataHome,
        store,
        selector,
        failover,
        heartbeatInterval,
        nodeMaxIdleTime,
        flushStatsFactor,
        grpc,
        http,
        procedure,
        failureDetector,
        datanodeClient,
        peerClient,
        wal,
        eventRecorder,
        statsPersistence,
        gc,
        logging,
        newShutdown,
        ignored);
  }
}
