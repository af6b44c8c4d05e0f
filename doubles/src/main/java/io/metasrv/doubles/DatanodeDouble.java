package io.metasrv.doubles;

import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientOptions;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.nodes.Datanode;
import io.metasrv.nodes.DatanodeOptions;
import io.metasrv.nodes.InstructionFaults.Fault;
import io.metasrv.nodes.Moment;
import io.metasrv.nodes.NodeProfile;
import io.metasrv.nodes.RegionsOnRecord;
import io.metasrv.nodes.instruction.InstructionKind;
import io.metasrv.nodes.region.RegionRole;
import io.metasrv.nodes.region.RegionStorage;
import io.metasrv.protocol.grpc.ErrorTrailers;
import io.metasrv.protocol.v1.region.RegionGrpc;
import io.metasrv.protocol.v1.region.RegionRequest;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A datanode on the real wire. When it starts it reads from the store which regions lie on it and
 * opens them as followers, as a real one does.
 */
public final class DatanodeDouble extends NodeDouble<Datanode> {

  /** The next region requests fail with a code. */
  private record RequestFault(StatusCode code, int left) {}

  private final long id;
  private final List<String> metasrvs;
  private final DatanodeOptions options;
  private final RegionStorage storage;
  private final List<RegionRequest> requests = new CopyOnWriteArrayList<>();
  private final AtomicReference<Optional<RequestFault>> requestFault =
      new AtomicReference<>(Optional.empty());

  /**
   * @param id unsigned
   * @param metasrvs addresses to find the leader through
   * @param storage shared by all datanodes whose regions shall be movable
   */
  public DatanodeDouble(
      long id, List<String> metasrvs, DatanodeOptions options, RegionStorage storage) {
    super("datanode-" + Long.toUnsignedString(id));
    this.id = id;
    this.metasrvs = List.copyOf(metasrvs);
    this.options = options;
    this.storage = storage;
  }

  public long id() {
    return id;
  }

  /** Open regions and their roles. */
  public Map<RegionId, RegionRole> regions() {
    return call(
        (node, now) -> {
          Map<RegionId, RegionRole> roles = new TreeMap<>();
          node.regions().regions().forEach(region -> roles.put(region.id(), region.role()));
          return roles;
        });
  }

  /** Whether a write would be accepted now. */
  public boolean isWritable(RegionId region) {
    return call((node, now) -> node.regions().isWritable(region, now.monotonic()));
  }

  /**
   * Writes rows as a frontend would.
   *
   * @return the WAL entry, or empty if the region is not here or not writable
   */
  public Optional<Long> write(RegionId region, long rows) {
    return call((node, now) -> node.write(region, rows, now));
  }

  /** Whether it refuses requests because an instruction said so. */
  public boolean isSuspended() {
    return call((node, now) -> node.isSuspended());
  }

  /** The next instructions of a kind are not carried out and answered with an error. */
  public void failNext(InstructionKind kind, int times) {
    fault(kind, Fault.REFUSE, times);
  }

  /** The next instructions of a kind are neither carried out nor answered. */
  public void ignoreNext(InstructionKind kind, int times) {
    fault(kind, Fault.IGNORE, times);
  }

  /** The next instructions of a kind are carried out, but their replies get lost. */
  public void loseReplies(InstructionKind kind, int times) {
    fault(kind, Fault.LOSE_REPLY, times);
  }

  private void fault(InstructionKind kind, Fault fault, int times) {
    call(
        (node, now) -> {
          node.faults().next(kind, fault, times);
          return true;
        });
  }

  /** The next region requests fail with the code, and change nothing. */
  public void failNextRequests(StatusCode code, int times) {
    requestFault.set(times <= 0 ? Optional.empty() : Optional.of(new RequestFault(code, times)));
  }

  /** The region requests received, over all restarts. */
  public List<RegionRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  MetaClientOptions clientOptions() {
    return MetaClientOptions.datanode(metasrvs, id);
  }

  @Override
  Datanode create(MetaClient client, String address, Moment now) {
    List<RegionsOnRecord> onRecord =
        client.store().scan(Bytes.utf8(RegionsOnRecord.prefix(id))).stream()
            .map(pair -> RegionsOnRecord.read(pair.value().toUtf8()))
            .toList();
    return new Datanode(
        NodeProfile.of(id, address, now.wall()),
        options,
        storage,
        onRecord,
        observations().observer(),
        now);
  }

  @Override
  List<BindableService> services() {
    return List.of(new RegionService());
  }

  private void failIfAsked() {
    Optional<RequestFault> fault =
        requestFault.getAndUpdate(
            planned ->
                planned
                    .filter(plan -> plan.left() > 1)
                    .map(plan -> new RequestFault(plan.code(), plan.left() - 1)));
    if (fault.isPresent()) {
      throw new ServiceException(fault.get().code(), "failed on request of the test");
    }
  }

  private final class RegionService extends RegionGrpc.RegionImplBase {
    @Override
    public void handle(RegionRequest request, StreamObserver<RegionResponse> answer) {
      requests.add(request);
      try {
        failIfAsked();
        RegionResponse response = call((node, now) -> node.handle(request, now));
        answer.onNext(response);
        answer.onCompleted();
      } catch (MetasrvException refused) {
        answer.onError(ErrorTrailers.toStatus(refused));
      }
    }
  }
}
