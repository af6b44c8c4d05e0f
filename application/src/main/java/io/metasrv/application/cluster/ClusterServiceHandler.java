package io.metasrv.application.cluster;

import com.google.protobuf.ByteString;
import io.metasrv.application.metasrv.Leadership;
import io.metasrv.application.metasrv.SelfDescription;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.Election;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.service.ClusterService;
import io.metasrv.application.wire.MetasrvNodes;
import io.metasrv.application.wire.ResponseHeaders;
import io.metasrv.application.wire.StoreMessages;
import io.metasrv.domain.Bytes;
import io.metasrv.protocol.v1.meta.BatchGetRequest;
import io.metasrv.protocol.v1.meta.BatchGetResponse;
import io.metasrv.protocol.v1.meta.MetasrvPeersRequest;
import io.metasrv.protocol.v1.meta.MetasrvPeersResponse;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;
import java.util.List;

/**
 * Service Cluster. A node that does not lead says so in band. Empty keys are taken, as the
 * reference's memory takes them: as a start they lie below every key, and they hold no value.
 */
public final class ClusterServiceHandler implements ClusterService {

  private static final ByteString LOWEST_KEY = ByteString.copyFrom(new byte[] {0});

  private static final RangeResponse NO_RANGE =
      RangeResponse.newBuilder().setHeader(ResponseHeaders.notLeader()).build();
  private static final BatchGetResponse NO_KEYS =
      BatchGetResponse.newBuilder().setHeader(ResponseHeaders.notLeader()).build();
  private static final MetasrvPeersResponse NO_PEERS =
      MetasrvPeersResponse.newBuilder().setHeader(ResponseHeaders.notLeader()).build();

  private final LeaderMemory memory;
  private final Leadership leadership;
  private final Election election;
  private final SelfDescription self;

  public ClusterServiceHandler(
      LeaderMemory memory, Leadership leadership, Election election, SelfDescription self) {
    this.memory = memory;
    this.leadership = leadership;
    this.election = election;
    this.self = self;
  }

  @Override
  public RangeResponse range(RangeRequest request) {
    return memory.current().map(own -> range(own, request)).orElse(NO_RANGE);
  }

  private static RangeResponse range(KeyValueStore memory, RangeRequest request) {
    if (request.getKey().isEmpty() && request.getRangeEnd().isEmpty()) {
      return RangeResponse.newBuilder().setHeader(ResponseHeaders.success()).build();
    }
    ByteString start = request.getKey().isEmpty() ? LOWEST_KEY : request.getKey();
    return StoreMessages.toWire(
        memory.range(
            StoreMessages.range(start, request.getRangeEnd()), StoreMessages.options(request)));
  }

  @Override
  public BatchGetResponse batchGet(BatchGetRequest request) {
    List<Bytes> keys =
        StoreMessages.keys(request.getKeysList()).stream().filter(key -> !key.isEmpty()).toList();
    return memory
        .current()
        .map(own -> StoreMessages.batchGetResponse(own.batchGet(keys)))
        .orElse(NO_KEYS);
  }

  @Override
  public MetasrvPeersResponse metasrvPeers(MetasrvPeersRequest request) {
    if (leadership.currentTerm().isEmpty()) {
      return NO_PEERS;
    }
    List<Candidate> others =
        election.candidates().stream()
            .filter(candidate -> !candidate.address().equals(leadership.serverAddress()))
            .toList();
    // Asked again: the candidates may have taken their time to come.
    if (leadership.currentTerm().isEmpty()) {
      return NO_PEERS;
    }
    return MetasrvPeersResponse.newBuilder()
        .setHeader(ResponseHeaders.success())
        .setLeader(MetasrvNodes.toWire(self.describe()))
        .addAllFollowers(others.stream().map(MetasrvNodes::toWire).toList())
        .build();
  }
}
