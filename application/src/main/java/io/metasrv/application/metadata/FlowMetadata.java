package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import io.metasrv.domain.flow.FlowInfo;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Flows (sheet 03 §7). Stateless, thread-safe. */
public final class FlowMetadata {

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public FlowMetadata(KeyValueStore store) {
    this.store = store;
  }

  /** The id of the flow. */
  public Optional<Long> idOf(String catalog, String flow) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** The flow. */
  public Optional<Stored<FlowInfo>> get(long flowId) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Names and ids of the flows of the catalog, ascending by name. */
  public SequencedMap<String, Long> names(String catalog) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Where the partitions of the flow run, addresses up to date. */
  public SequencedMap<Long, Peer> routes(long flowId) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** What reads the table, addresses up to date. */
  public List<SourceFlow> flowsOf(TableId sourceTable) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** What runs on the flownode. */
  public List<FlowPartition> flowsOn(long flownode) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Creates a flow. @throws ServiceException FlowAlreadyExists */
  public void create(long flowId, FlowInfo info, SequencedMap<Long, Peer> routes) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Replaces a flow by one of the same name and id. */
  public void replace(
      long flowId, Stored<FlowInfo> current, FlowInfo changed, SequencedMap<Long, Peer> routes) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Changes only the info of a flow, for example its comment. */
  public void updateInfo(long flowId, Stored<FlowInfo> current, FlowInfo changed) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Removes a flow. */
  public void destroy(long flowId, FlowInfo info) {
    throw new UnsupportedOperationException("not written yet");
  }
}
