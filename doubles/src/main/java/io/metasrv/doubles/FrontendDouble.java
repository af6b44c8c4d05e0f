package io.metasrv.doubles;

import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientOptions;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.nodes.Frontend;
import io.metasrv.nodes.Moment;
import io.metasrv.nodes.NodeProfile;
import io.metasrv.nodes.instruction.CacheIdent;
import io.metasrv.protocol.grpc.ErrorTrailers;
import io.metasrv.protocol.v1.AffectedRows;
import io.metasrv.protocol.v1.GreptimeDatabaseGrpc;
import io.metasrv.protocol.v1.GreptimeRequest;
import io.metasrv.protocol.v1.GreptimeResponse;
import io.metasrv.protocol.v1.ResponseHeader;
import io.metasrv.protocol.v1.RowInsertRequest;
import io.metasrv.protocol.v1.Status;
import io.metasrv.protocol.v1.frontend.FrontendGrpc;
import io.metasrv.protocol.v1.frontend.KillProcessRequest;
import io.metasrv.protocol.v1.frontend.KillProcessResponse;
import io.metasrv.protocol.v1.frontend.ListProcessRequest;
import io.metasrv.protocol.v1.frontend.ListProcessResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A frontend on the real wire. It takes row inserts and remembers them. */
public final class FrontendDouble extends NodeDouble<Frontend> {

  private final List<String> metasrvs;
  private final List<GreptimeRequest> requests = new CopyOnWriteArrayList<>();

  /**
   * @param metasrvs addresses to find the leader through
   */
  public FrontendDouble(List<String> metasrvs) {
    super("frontend");
    this.metasrvs = List.copyOf(metasrvs);
  }

  /** The cache entries this process was told to drop. */
  public List<CacheIdent> invalidated() {
    return call((node, now) -> node.invalidated());
  }

  /** The database requests received, over all restarts. */
  public List<GreptimeRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  MetaClientOptions clientOptions() {
    return MetaClientOptions.frontend(metasrvs);
  }

  /** Pulls the plugins' options first, as a real one does; this one has no plugins. */
  @Override
  Frontend create(MetaClient client, String address, Moment now) {
    String options = client.pullConfig();
    if (!options.isEmpty()) {
      observations().problem("Options of plugins are not understood: " + options);
    }
    return new Frontend(NodeProfile.of(0, address, now.wall()), observations().observer(), now);
  }

  @Override
  List<BindableService> services() {
    return List.of(new DatabaseService(), new ProcessService());
  }

  private final class DatabaseService extends GreptimeDatabaseGrpc.GreptimeDatabaseImplBase {
    @Override
    public void handle(GreptimeRequest request, StreamObserver<GreptimeResponse> answer) {
      requests.add(request);
      if (!request.hasRowInserts()) {
        answer.onError(
            ErrorTrailers.toStatus(
                ServiceException.unsupported(
                    "This frontend double takes row inserts only, not "
                        + request.getRequestCase())));
        return;
      }
      int rows =
          request.getRowInserts().getInsertsList().stream()
              .map(RowInsertRequest::getRows)
              .mapToInt(inserted -> inserted.getRowsCount())
              .sum();
      answer.onNext(
          GreptimeResponse.newBuilder()
              .setHeader(
                  ResponseHeader.newBuilder()
                      .setStatus(Status.newBuilder().setStatusCode(StatusCode.SUCCESS.number())))
              .setAffectedRows(AffectedRows.newBuilder().setValue(rows))
              .build());
      answer.onCompleted();
    }
  }

  /** It runs no queries, so there are no processes to list or to kill. */
  private static final class ProcessService extends FrontendGrpc.FrontendImplBase {
    @Override
    public void listProcess(
        ListProcessRequest request, StreamObserver<ListProcessResponse> answer) {
      answer.onNext(ListProcessResponse.getDefaultInstance());
      answer.onCompleted();
    }

    @Override
    public void killProcess(
        KillProcessRequest request, StreamObserver<KillProcessResponse> answer) {
      answer.onNext(KillProcessResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }
}
