package io.metasrv.adapters.jdbc;

import io.metasrv.application.election.ElectionKeys;
import io.metasrv.domain.Bytes;

/**
 * The keys of an election's rows.
 *
 * @param election the reference's row: who leads, and until when
 * @param term our own row beside it, under the prefix of our own keys
 * @param candidateRoot what a candidate's address is appended to
 */
record ElectionRowKeys(Bytes election, Bytes term, Bytes candidateRoot) {

  /** Under our own prefix, which no scan of the reference touches. */
  private static final String TERM = "__metasrv/election/term";

  static ElectionRowKeys under(String keyPrefix) {
    return new ElectionRowKeys(
        Bytes.utf8(keyPrefix + ElectionKeys.ELECTION),
        Bytes.utf8(keyPrefix + TERM),
        Bytes.utf8(keyPrefix + ElectionKeys.CANDIDATE_ROOT));
  }
}
