package io.metasrv.simulation.ddl;

import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import java.util.List;

/**
 * A statement and what has to be there before it.
 *
 * @param name for people; unique
 * @param preparation run one after the other, undisturbed
 * @param request the statement itself
 */
public record Statement(String name, List<Asked> preparation, Asked request) {

  public Statement {
    preparation = List.copyOf(preparation);
  }

  /** A request, which may name what exists by its id, as frontends do. */
  @FunctionalInterface
  public interface Asked {
    /**
     * The request.
     *
     * @param ids of what exists
     */
    DdlTaskRequest from(Ids ids);
  }

  @Override
  public String toString() {
    return name;
  }
}
