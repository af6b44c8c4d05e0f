package io.metasrv.doubles;

import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientOptions;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.nodes.Flownode;
import io.metasrv.nodes.Moment;
import io.metasrv.nodes.NodeProfile;
import io.metasrv.nodes.instruction.CacheIdent;
import io.metasrv.protocol.grpc.ErrorTrailers;
import io.metasrv.protocol.v1.ResponseHeader;
import io.metasrv.protocol.v1.Status;
import io.metasrv.protocol.v1.flow.DirtyWindowRequests;
import io.metasrv.protocol.v1.flow.FlowGrpc;
import io.metasrv.protocol.v1.flow.FlowRequest;
import io.metasrv.protocol.v1.flow.FlowResponse;
import io.metasrv.protocol.v1.flow.InsertRequests;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** A flownode on the real wire. */
public final class FlownodeDouble extends NodeDouble<Flownode> {

  private final long id;
  private final List<String> metasrvs;
  private final List<FlowRequest> requests = new CopyOnWriteArrayList<>();
  private final Deque<StatusCode> refusals = new ConcurrentLinkedDeque<>();

  /**
   * @param id unsigned
   * @param metasrvs addresses to find the leader through
   */
  public FlownodeDouble(long id, List<String> metasrvs) {
    super("flownode-" + Long.toUnsignedString(id));
    this.id = id;
    this.metasrvs = List.copyOf(metasrvs);
  }

  public long id() {
    return id;
  }

  /** The ids of its flows, ascending. */
  public List<Long> flows() {
    return call((node, now) -> node.flows());
  }

  /** The cache entries this process was told to drop. */
  public List<CacheIdent> invalidated() {
    return call((node, now) -> node.invalidated());
  }

  /** The flow requests received, over all restarts. */
  public List<FlowRequest> requests() {
    return List.copyOf(requests);
  }

  /** The next flow request is refused with the code, and changes nothing. */
  public void refuseNext(StatusCode code) {
    refusals.add(code);
  }

  @Override
  MetaClientOptions clientOptions() {
    return MetaClientOptions.flownode(metasrvs, id);
  }

  @Override
  Flownode create(MetaClient client, String address, Moment now) {
    return new Flownode(NodeProfile.of(id, address, now.wall()), observations().observer(), now);
  }

  @Override
  List<BindableService> services() {
    return List.of(new FlowService());
  }

  private final class FlowService extends FlowGrpc.FlowImplBase {
    @Override
    public void handleCreateRemove(FlowRequest request, StreamObserver<FlowResponse> answer) {
      requests.add(request);
      try {
        refuseIfAsked();
        FlowResponse response = call((node, now) -> node.handle(request, now));
        answer.onNext(response);
        answer.onCompleted();
      } catch (MetasrvException refused) {
        answer.onError(
            ErrorTrailers.toFlownodeStatus(refused.code(), String.valueOf(refused.getMessage())));
      }
    }

    private void refuseIfAsked() {
      StatusCode refusal = refusals.poll();
      if (refusal != null) {
        throw new ServiceException(refusal, "refused on request of the test");
      }
    }

    @Override
    public void handleMirrorRequest(InsertRequests request, StreamObserver<FlowResponse> answer) {
      accept(answer);
    }

    @Override
    public void handleMarkDirtyTimeWindow(
        DirtyWindowRequests request, StreamObserver<FlowResponse> answer) {
      accept(answer);
    }

    /** The double computes no flow; mirrored rows and dirty windows change nothing. */
    private void accept(StreamObserver<FlowResponse> answer) {
      answer.onNext(
          FlowResponse.newBuilder()
              .setHeader(
                  ResponseHeader.newBuilder()
                      .setStatus(Status.newBuilder().setStatusCode(StatusCode.SUCCESS.number())))
              .build());
      answer.onCompleted();
    }
  }
}
