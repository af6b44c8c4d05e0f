package io.metasrv.application.peer;

import io.metasrv.domain.Peer;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.selector.SelectionRequest;
import java.util.List;
import java.util.SortedMap;

/**
 * Gives new tables and flows their nodes (sheet 04 §17.5). Reserves nothing: asking again gives
 * other nodes. Thread-safe.
 */
public final class PeerAllocator {

  /** Region numbers have 24 bits for the sequence (sheet 04 §1.1). */
  public static final int MAX_REGIONS = (1 << 24) - 1;

  private final NodeSelection datanodes;
  private final NodeSelection flownodes;

  /**
   * @param datanodes by the configured rule
   * @param flownodes in turn, whatever is configured
   */
  public PeerAllocator(NodeSelection datanodes, NodeSelection flownodes) {
    this.datanodes = datanodes;
    this.flownodes = flownodes;
  }

  /**
   * A datanode for each region of a table, in order; a node may come more than once.
   *
   * @param extensions from the statement's context, for selectors from outside
   * @throws ServiceException (InvalidArguments) for more than {@link #MAX_REGIONS}
   * @throws io.metasrv.domain.error.NotEnoughNodesException if none is eligible
   */
  public List<Peer> forTable(int regions, SortedMap<String, String> extensions) {
    if (regions > MAX_REGIONS) {
      throw ServiceException.invalidArguments(
          "Too many partitions: " + regions + " are asked for, a table has at most " + MAX_REGIONS);
    }
    if (regions == 0) {
      return List.of();
    }
    return datanodes
        .select(SelectionRequest.datanodes(regions).withExtensions(extensions))
        .chosen();
  }

  /**
   * A flownode for each partition of a flow, in order; a node may come more than once.
   *
   * @throws io.metasrv.domain.error.NotEnoughNodesException if none is alive
   */
  public List<Peer> forFlow(int partitions) {
    return partitions == 0
        ? List.of()
        : flownodes.select(SelectionRequest.flownodes(partitions)).chosen();
  }
}
