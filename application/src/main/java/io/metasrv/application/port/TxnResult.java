package io.metasrv.application.port;

import java.util.List;

/**
 * What a transaction did.
 *
 * @param succeeded whether every compare held, so that the success ops ran
 * @param results one per op of the branch that ran, in order
 */
public record TxnResult(boolean succeeded, List<OpResult> results) {
  public TxnResult {
    results = List.copyOf(results);
  }
}
