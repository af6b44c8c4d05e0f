package io.metasrv.domain.selector;

import io.metasrv.domain.Peer;
import java.util.List;

/**
 * What a selector chose and why.
 *
 * @param chosen the picks, in order; as many as were asked for
 * @param considered every node it was given, ascending by id
 */
public record Selection(List<Peer> chosen, List<Considered> considered) {

  public Selection {
    chosen = List.copyOf(chosen);
    considered = List.copyOf(considered);
  }

  /**
   * What a selector thought of one node.
   *
   * @param peer the node
   * @param verdict eligible or refused
   */
  public record Considered(Peer peer, Verdict verdict) {
    /** Whether it could be picked. */
    public boolean isEligible() {
      return verdict instanceof Verdict.Eligible;
    }
  }

  /** What was thought of a node. */
  public sealed interface Verdict {

    /**
     * It could be picked.
     *
     * @param weight its chance relative to the others; a node of weight 0 is never picked
     * @param reason where the weight comes from
     */
    record Eligible(double weight, String reason) implements Verdict {}

    /**
     * It could not.
     *
     * @param reason why not
     */
    record Refused(String reason) implements Verdict {}
  }
}
